import { decodeBytes } from '../charset/index.ts';
import { parseDom } from '../html/dom.ts';
import { type HeadFacts, readHead } from '../html/page-head.ts';
import { modelPage, type PageModel } from './page-model.ts';
import { type Segments, segment } from './segment.ts';
import { readHints, type StoryHints } from './story-hints.ts';

/** A page taken apart, as the body finder and its trainer see it. */
export interface OpenPage {
  readonly segments: Segments;
  readonly head: HeadFacts;
  readonly model: PageModel;
  readonly hints: StoryHints;
}

export function openHtml(bytes: Uint8Array, contentType: string | undefined, url: string): OpenPage {
  const segments = segment(parseDom(decodeBytes(bytes, contentType).text).document);
  const head = readHead(segments.head, url);
  const hints = readHints(segments, head);
  return { segments, head, model: modelPage(segments, hints.title.index), hints };
}
