import type { HeadFacts } from '../html/page-head.ts';
import { headingTags } from '../html/tags.ts';
import { lineKind } from './line-kind.ts';
import type { Block, Segments } from './segment.ts';

/** What the page says outside of its body that helps to tell the body's blocks. */
export interface StoryHints {
  /** `lettersOf` of the page's titles and of their parts without the site's name. */
  readonly titles: readonly string[];
  readonly hasStory: boolean;
  /** JSON-LD's `articleBody` as printed there, or ''. */
  readonly story: string;
  /** 1 when the block's beginning stands in JSON-LD's `articleBody`, 0 when not, -1 when the page has none or the block is too short. */
  inStory(block: number): number;
  /** See line-kind.ts: what a short line evidently is. 0 for links that are no headings, which need no second look. */
  lineKind(block: number): number;
  /** How well each short block repeats the page's title (0 to 2), and the block that most likely is the headline, or -1. */
  readonly title: { readonly match: Float32Array; readonly index: number };
  isDescription(text: string): boolean;
}

const beyondAscii = /[^\0-\x7f]/;
const storyLengthMin = 200;

/** Letters and digits of a text in lower case: what stays when two prints of one text differ in blanks and signs. */
export function lettersOf(text: string, lengthMax: number): string {
  const lower = text.slice(0, lengthMax).toLowerCase();
  // Classes of all of Unicode cost much more than those of ASCII.
  return beyondAscii.test(lower) ? lower.replace(/[^\p{L}\p{N}]+/gu, '') : lower.replace(/[^a-z0-9]+/g, '');
}

/** First character of `lettersOf(text)`, without making the rest. */
function firstLetter(text: string): string {
  for (let at = 0; at < text.length && at < 40; at += 1) {
    const code = text.charCodeAt(at);
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) return text.charAt(at);
    if (code >= 65 && code <= 90) return String.fromCharCode(code + 32);
    if (code > 127 && /[\p{L}\p{N}]/u.test(text.charAt(at))) return text.charAt(at).toLowerCase();
  }
  return '';
}

export function readHints(segments: Segments, head: HeadFacts): StoryHints {
  const { blocks } = segments;
  const story = storyText(segments.head.jsonLd);
  const hasStory = story.length >= storyLengthMin;
  let letters: string | undefined;
  const titles = titlesOf(segments.head.title, head);
  const description = lettersOf(head.metas.get('og:description') ?? head.metas.get('description') ?? '', 160);
  return {
    titles,
    title: titleBlock(segments, titles),
    hasStory,
    story,
    inStory(index) {
      const text = blocks[index]?.text ?? '';
      if (!hasStory || text.length < 8) return -1;
      letters ??= lettersOf(story, story.length);
      const key = lettersOf(text, 60);
      return key.length < 8 ? -1 : letters.includes(key.slice(0, 40)) ? 1 : 0;
    },
    lineKind(index) {
      const block = blocks[index];
      if (block === undefined || block.text.length >= 300) return 0;
      // Of headings that are links the kind matters for what follows.
      const isLink =
        block.linkChars > 0.8 * block.text.length && !headingTags.has(segments.containers[block.container]?.tag ?? '');
      return isLink ? 0 : lineKind(block.text);
    },
    isDescription: (text) =>
      description.length >= 30 &&
      text.length < 600 &&
      firstLetter(text) === description.charAt(0) &&
      lettersOf(text, 160).startsWith(description.slice(0, 60)),
  };
}

function titlesOf(title: string, head: HeadFacts): string[] {
  const out = new Set<string>();
  for (const text of [title, head.metas.get('og:title') ?? '', head.metas.get('twitter:title') ?? '']) {
    if (text === '') continue;
    out.add(lettersOf(text, 300));
    for (const part of text.slice(0, 300).split(/\s[-–—|»«:·]\s|[|_»«]|--/)) {
      const key = lettersOf(part, 300);
      if (key.length >= 8) out.add(key);
    }
  }
  out.delete('');
  return [...out];
}

/** The longest `articleBody` in the page's JSON-LD. Read straight from the text: the JSON around it is often broken. */
export function storyText(scripts: readonly string[]): string {
  let longest = '';
  for (const script of scripts) {
    for (let at = script.indexOf('"articleBody"'); at >= 0; at = script.indexOf('"articleBody"', at + 13)) {
      const start = script.indexOf('"', at + 13);
      if (start < 0 || start - at > 40) continue;
      let end = start + 1;
      while (end < script.length && script.charCodeAt(end) !== 34) end += script.charCodeAt(end) === 92 ? 2 : 1;
      if (end - start <= longest.length) continue;
      longest = unescapeJson(script.slice(start, end + 1));
    }
  }
  return longest;
}

function unescapeJson(literal: string): string {
  try {
    const value: unknown = JSON.parse(literal.replace(/[\n\r\t]/g, ' '));
    return typeof value === 'string' ? value.toWellFormed() : '';
  } catch {
    return '';
  }
}

/** How well each short block repeats the title, 0 to 2, and the block that most likely is the headline. */
function titleBlock(
  { blocks, containers }: Segments,
  titles: readonly string[],
): { match: Float32Array; index: number } {
  const match = new Float32Array(blocks.length);
  // Most blocks already start otherwise than every title.
  const firsts = new Set(titles.map((title) => title.charAt(0)));
  let index = -1;
  let best = 0;
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at] as Block;
    const tag = containers[block.container]?.tag ?? '';
    const heading = tag === 'h1' || tag === 'h2';
    if (block.text.length > 250) continue;
    if (block.text.length < 4 || (!heading && !firsts.has(firstLetter(block.text)))) continue;
    const key = lettersOf(block.text, 250);
    if (key.length < 4) continue;
    let value = 0;
    for (const title of titles) {
      if (title === key) value = 2;
      else if (value < 1 && key.length >= 8 && title.startsWith(key))
        value = Math.max(value, Math.min(1.5, 0.5 + key.length / title.length));
    }
    match[at] = value;
    const score =
      value * 2 +
      (tag === 'h1' ? 1.5 : heading ? 0.5 : 0) -
      ((block.linkChars > block.text.length / 2 ? 1.5 : 0) as number);
    if (score > best) {
      best = score;
      index = at;
    }
  }
  return { match, index };
}
