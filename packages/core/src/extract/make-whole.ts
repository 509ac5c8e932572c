import { headingTags } from '../html/tags.ts';
import { isElement } from '../html/text.ts';
import type { PageModel } from './page-model.ts';
import type { Container } from './segment.ts';
import type { StoryHints } from './story-hints.ts';
import { isUpperCase } from './text-stats.ts';

/**
 * What the block model cannot see, as it looks at one block at a time: a story is of one piece. Changes `keep`.
 * @param probs probability of each block to be part of the story.
 */
export function makeWhole(model: PageModel, hints: StoryHints, probs: Float32Array, keep: Uint8Array): void {
  dropTeasers(model, hints, keep);
  keepTables(model, keep);
  keepPosts(model, keep);
  fillGaps(model, hints, probs, keep);
  keepSubheads(model, hints, keep);
  dropTrailingHeadings(model, keep);
}

/** Words of the body before each block; one longer than the blocks. */
function wordsKept({ stats }: PageModel, keep: Uint8Array): Float64Array {
  const before = new Float64Array(keep.length + 1);
  for (let index = 0; index < keep.length; index += 1) {
    before[index + 1] = (before[index] ?? 0) + (keep[index] === 1 ? (stats[index]?.words ?? 0) : 0);
  }
  return before;
}

const within = (sums: Float64Array, start: number, end: number): number => (sums[end] ?? 0) - (sums[start] ?? 0);

const teasersMin = 4;
const teaserWordsMin = 8;
/** The story beside the teasers: where next to all text is in the units, the units are the story. */
const storyWordsMin = 60;
const storyShareMin = 0.08;

/**
 * Four or more elements of one kind behind the headline, each with a link of its own and several with prose, are the
 * beginnings of other stories, however much each of them reads like one.
 */
function dropTeasers(model: PageModel, { title }: StoryHints, keep: Uint8Array): void {
  const { containers } = model.segments;
  const kept = wordsKept(model, keep);
  let leading: Uint8Array | undefined;
  const units = new Map<string, Container[]>();
  for (const container of containers) {
    if (container.start <= title.index || within(kept, container.start, container.end) < teaserWordsMin) continue;
    const kind = kindOf(container);
    if (kind === undefined) continue;
    const list = units.get(kind);
    if (list) list.push(container);
    else units.set(kind, [container]);
  }
  for (const list of units.values()) {
    if (list.length < teasersMin) continue;
    leading ??= blocksLeadingAway(model);
    const places = leading;
    if (!list.every(({ start, end }) => places.slice(start, end).includes(1))) continue;
    const words = list.reduce((sum, { start, end }) => sum + within(kept, start, end), 0);
    const story = (kept[keep.length] ?? 0) - words;
    if (story < storyWordsMin || story < storyShareMin * words) continue;
    for (const { start, end } of list) keep.fill(0, start, end);
  }
}

/** Blocks that are nothing but a link to another page; the links of a table of contents lead about this one. */
function blocksLeadingAway({ segments, linkDensity }: PageModel): Uint8Array {
  const out = new Uint8Array(segments.blocks.length);
  for (const { element, block } of segments.anchors) {
    if ((linkDensity[block] ?? 0) > 0.8 && !element.attribs.href?.startsWith('#')) out[block] = 1;
  }
  return out;
}

const plainTags = new Set([
  'p',
  'ul',
  'ol',
  'dl',
  'table',
  'tbody',
  'tr',
  'td',
  'blockquote',
  'pre',
  'center',
  'figure',
]);

/** What makes siblings alike: parent, tag and the first class with its numbers left out. */
function kindOf({ element, tag, parent }: Container): string | undefined {
  if (plainTags.has(tag) || headingTags.has(tag) || !isElement(element)) return undefined;
  const name = element.attribs.class?.trim().split(/\s/, 1)[0]?.replace(/\d+/g, '') ?? '';
  return name === '' && tag !== 'article' && tag !== 'li' ? undefined : `${parent} ${tag} ${name}`;
}

const rowsMin = 2;
const cellsMin = 4;

/** A table of data amid the story's text (standings, figures) belongs to it as a whole, numbers and names alike. */
function keepTables(model: PageModel, keep: Uint8Array): void {
  const { segments, sums } = model;
  const { containers } = segments;
  let kept: Float64Array | undefined;
  containers.forEach((table, at) => {
    if (table.tag !== 'table' || table.hidden) return;
    const own = sums[at];
    const around = containers[table.parent];
    if (!own || !around || own.count < cellsMin || own.paragraphs > 0 || own.linkWords > own.words / 2) return;
    kept ??= wordsKept(model, keep);
    if (within(kept, around.start, table.start) === 0 || within(kept, table.end, around.end) === 0) return;
    let rows = 0;
    for (let below = at + 1; below < containers.length; below += 1) {
      const container = containers[below];
      if (!container || container.depth <= table.depth) break;
      if (container.tag === 'tr') rows += 1;
    }
    if (rows >= rowsMin) keep.fill(1, table.start, table.end);
  });
}

const postPattern =
  /(?:^|\s)(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|text-post-media)(?:\s|$)/;

/** A post that a story quotes between its paragraphs, in the markup that its network gives out for that. */
function keepPosts(model: PageModel, keep: Uint8Array): void {
  const { containers } = model.segments;
  let kept: Float64Array | undefined;
  for (const post of containers) {
    if (post.tag !== 'blockquote' || post.hidden || !isElement(post.element)) continue;
    if (!postPattern.test(post.element.attribs.class ?? '')) continue;
    // Around the post itself there often is an element of its own.
    const around = containers[containers[post.parent]?.parent ?? -1];
    if (!around) continue;
    kept ??= wordsKept(model, keep);
    if (within(kept, around.start, post.start) > 0 && within(kept, post.end, around.end) > 0)
      keep.fill(1, post.start, post.end);
  }
}

/** A few short lines between two blocks of the story are subheads, items of a list, cells of a table. */
const gapBlocksMax = 6;
const gapWordsMax = 60;
/** Below this the model is sure that a line is something else: an advertisement's label, a link to another story. */
const gapProbabilityMin = 0.13;

function fillGaps(model: PageModel, hints: StoryHints, probs: Float32Array, keep: Uint8Array): void {
  const { stats } = model;
  let last = -1;
  for (let index = 0; index < keep.length; index += 1) {
    if (keep[index] !== 1) continue;
    if (last >= 0 && index - last > 1 && index - last <= gapBlocksMax + 1) {
      let words = 0;
      let lowest = 1;
      for (let at = last + 1; at < index; at += 1) {
        words += stats[at]?.words ?? 0;
        lowest = Math.min(lowest, (probs[at] ?? 0) - doubtOf(model, hints, at));
      }
      if (words <= gapWordsMax && lowest >= gapProbabilityMin) keep.fill(1, last + 1, index);
    }
    last = index;
  }
}

/** What a line's probability must have more to be filled in with the text around it. */
function doubtOf({ segments, stats, linkDensity }: PageModel, hints: StoryHints, index: number): number {
  const block = segments.blocks[index];
  const own = stats[index];
  const container = segments.containers[block?.container ?? -1];
  // A picture's caption has more words than a subhead.
  if (!block || !own || !container || own.words <= 4) return 0;
  // Editors who set links to other stories between paragraphs set them in capitals; no paragraph is like that.
  if ((linkDensity[index] ?? 0) > 0.8 && own.letters > own.denseChars && isUpperCase(block.text)) return 1;
  const isCaption =
    container.tag === 'figcaption' || (container.bits & pictureBit) !== 0 || hints.lineKind(index) === pictureCredit;
  return isCaption ? 0.17 : 0;
}

/** See class-words.ts and line-kind.ts. */
const pictureBit = 1 << 9;
const pictureCredit = 3;

/**
 * A heading element between two paragraphs of the story is its subhead, unless it is a link or says what it is. What
 * stands between (an advertisement, a box) does not matter when heading and paragraphs are children of one element.
 */
function keepSubheads({ segments, linkDensity, stats }: PageModel, hints: StoryHints, keep: Uint8Array): void {
  const { blocks, containers } = segments;
  const parentOf = (index: number) => containers[blocks[index]?.container ?? -1]?.parent ?? -1;
  let last = keep.indexOf(1);
  for (let index = last + 1; last >= 0 && index + 1 < keep.length; index += 1) {
    if (keep[index] === 1) {
      last = index;
      continue;
    }
    const own = containers[blocks[index]?.container ?? -1];
    if (!own || !headingTags.has(own.tag) || own.hidden) continue;
    const next =
      keep[index + 1] === 1 ? index + 1 : (stats[index + 1]?.words ?? 0) < 4 && keep[index + 2] === 1 ? index + 2 : -1;
    if (next < 0 || parentOf(next) !== own.parent || parentOf(last) !== own.parent) continue;
    if ((linkDensity[index] ?? 0) > 0.3 || hints.lineKind(index) !== 0) continue;
    if ((stats[index]?.words ?? 0) > 25 || (hints.title.match[index] ?? 0) > 0) continue;
    keep[index] = 1;
    last = index;
  }
}

/** A heading belongs to the body only with text after it. */
function dropTrailingHeadings({ segments, paragraph }: PageModel, keep: Uint8Array): void {
  const { blocks, containers } = segments;
  for (let index = keep.length - 1; index >= 0; index -= 1) {
    if (keep[index] !== 1) continue;
    // Whole sentences are text, whatever size their author gave them.
    if (paragraph[index] === 1) return;
    if (!headingTags.has(containers[blocks[index]?.container ?? -1]?.tag ?? '')) return;
    keep[index] = 0;
  }
}
