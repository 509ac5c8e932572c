import { normalizeText } from '../hanzi/index.ts';
import { parseDom } from '../html/dom.ts';
import { segment } from './segment.ts';
import { textStats } from './text-stats.ts';

/** A story that stands only in the page's structured data: pages that are drawn by a script have no other text. */
export interface ToldStory {
  readonly body: string;
  readonly html: string;
  readonly words: number;
}

/** Shorter ones are descriptions. */
const lengthMin = 200;

/**
 * @param story JSON-LD's `articleBody`, plain or with markup.
 * @param bodyLength characters of the body that was found among the page's blocks; the told story must be far longer.
 */
export function toldStory(story: string, bodyLength: number): ToldStory | undefined {
  if (story.length < lengthMin || bodyLength > 0.4 * story.length) return undefined;
  const markup = /<\/?[a-z][^>]{0,200}>|&[a-z]{2,8};|&#\d{2,5};/i.test(story) ? story : escapeText(story);
  const html = markup.replace(/\r?\n\s*|\u2028|\u2029/g, '<br><br>');
  const paragraphs = segment(parseDom(html).document)
    .blocks.map(({ text }) => normalizeText(text))
    .filter((text) => text !== '');
  const body = paragraphs.join('\n\n');
  if (bodyLength > 0.4 * body.length) return undefined;
  return {
    body,
    html: paragraphs.map((text) => `<p>${escapeText(text)}</p>`).join(''),
    words: textStats(body).words,
  };
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
