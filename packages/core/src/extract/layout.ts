import { fnvStep, fnvText } from '../fnv.ts';
import { attributeBitsOf } from '../html/page-element.ts';
import { attributeBit, headingTags } from '../html/tags.ts';
import { isElement } from '../html/text.ts';
import { classBitCount } from './class-words.ts';
import type { PageModel } from './page-model.ts';
import type { Block, Container, Segments } from './segment.ts';
import type { TextStats } from './text-stats.ts';

/** How the blocks of a page lie to each other: frames, groups, runs, distances. */

/** Elements whose distance above a block matters, in the order of their features. */
export const frameTags: readonly string[] = [
  'article',
  'main',
  'aside',
  'figure',
  'form',
  'table',
  'list',
  'blockquote',
  'li',
  'p',
  'figcaption',
  'section',
  'td',
  'div',
];
const tagSlots: ReadonlyMap<string, number> = new Map([
  ...frameTags.map((tag, slot): [string, number] => [tag, slot]),
  ['ul', frameTags.indexOf('list')],
  ['ol', frameTags.indexOf('list')],
  ['dl', frameTags.indexOf('list')],
  ['th', frameTags.indexOf('td')],
]);
export const far = 15;
export const slotCount = classBitCount + frameTags.length;

/** Nearest container above (or at) each that holds more than one block. */
export function framesOf(containers: readonly Container[]): { of(container: number): number } {
  const known = new Int32Array(containers.length).fill(-1);
  return {
    of(container) {
      let at = container;
      const found = known[container] ?? -1;
      if (found >= 0) return found;
      for (;;) {
        const here = containers[at];
        if (!here || here.parent < 0 || here.end - here.start > 1) break;
        at = here.parent;
      }
      if (container >= 0) known[container] = at;
      return at;
    },
  };
}

/** Two levels further up. */
export function topFrame(containers: readonly Container[], container: number): number {
  const up = containers[container]?.parent ?? -1;
  return containers[up]?.parent ?? up;
}

/**
 * Writes into `rows`, from `start` on: levels up from `container` to the nearest element with each class word and each
 * tag; `far` for none.
 */
export function putDistances(
  rows: Float32Array,
  start: number,
  containers: readonly Container[],
  container: number,
): void {
  rows.fill(far, start, start + slotCount);
  let at = container;
  for (let level = 0; level < far; level += 1) {
    const here = containers[at];
    if (!here) return;
    for (let bits = here.bits; bits !== 0; bits &= bits - 1) {
      const slot = start + 31 - Math.clz32(bits & -bits);
      if (rows[slot] === far) rows[slot] = level;
    }
    const tag = tagSlots.get(here.tag);
    if (tag !== undefined && rows[start + classBitCount + tag] === far) rows[start + classBitCount + tag] = level;
    at = here.parent;
  }
}

export interface Groups {
  readonly of: Int32Array;
  readonly words: Float64Array;
  readonly linkWords: Float64Array;
  readonly count: Int32Array;
  readonly paragraphs: Int32Array;
  /** Blocks of the same group in an unbroken row around each block. */
  readonly adjacent: Int32Array;
}

/** Blocks whose element and its parent have the same tags and classes: the paragraphs of a story are one group. */
export function groupBlocks({ segments, stats, linkDensity, paragraph }: PageModel): Groups {
  const { blocks, containers } = segments;
  const names = new Int32Array(containers.length);
  const nameOf = (at: number): number => {
    if (at < 0) return 0;
    let hash = names[at] as number;
    if (hash === 0) {
      hash = nameHash(containers[at] as Container);
      names[at] = hash;
    }
    return hash;
  };
  const groups = new Map<number, number>();
  const groupOfContainer = new Int32Array(containers.length).fill(-1);
  const count = blocks.length;
  const of = new Int32Array(count);
  const words = new Float64Array(count);
  const linkWords = new Float64Array(count);
  const counts = new Int32Array(count);
  const paragraphs = new Int32Array(count);
  for (let index = 0; index < count; index += 1) {
    const at = (blocks[index] as Block).container;
    let group = groupOfContainer[at] as number;
    if (group < 0) {
      const key = (Math.imul(nameOf((containers[at] as Container).parent), 0x01000193) ^ nameOf(at)) & 0x3fffffff;
      const known = groups.get(key);
      group = known ?? groups.size;
      if (known === undefined) groups.set(key, group);
      groupOfContainer[at] = group;
    }
    const own = (stats[index] as TextStats).words;
    of[index] = group;
    words[group] = (words[group] as number) + own;
    linkWords[group] = (linkWords[group] as number) + own * (linkDensity[index] as number);
    counts[group] = (counts[group] as number) + 1;
    paragraphs[group] = (paragraphs[group] as number) + (paragraph[index] as number);
  }
  const adjacent = new Int32Array(count);
  for (let start = 0; start < count; ) {
    let end = start + 1;
    while (end < count && of[end] === of[start]) end += 1;
    for (let index = start; index < end; index += 1) adjacent[index] = end - start;
    start = end;
  }
  return { of, words, linkWords, count: counts, paragraphs, adjacent };
}

/** A number for tag and class list. Two that share one by chance, once in a thousand million, make one group of two. */
function nameHash({ element, tag }: Container): number {
  const hasClass = isElement(element) && (attributeBitsOf(element) & attributeBit.class) !== 0;
  const name = hasClass ? (element.attribs.class ?? '') : '';
  return fnvText(name, fnvStep(fnvText(tag), 32)) | 1;
}

/** Words of the run of text around each block: lines parted by `br` are one, and its size says more than that of a line. */
export function runWords({ blocks }: Segments, stats: readonly TextStats[]): Float64Array {
  const words = new Float64Array(blocks.length);
  for (let start = 0; start < blocks.length; ) {
    let end = start + 1;
    let sum = (stats[start] as TextStats).words;
    while (end < blocks.length && (blocks[end] as Block).breaksBefore > 0) {
      sum += (stats[end] as TextStats).words;
      end += 1;
    }
    for (let index = start; index < end; index += 1) words[index] = sum;
    start = end;
  }
  return words;
}

export function neighbourhood({ segments, stats, linkDensity, paragraph }: PageModel) {
  const count = segments.blocks.length;
  const proseSums = new Float64Array(count + 1);
  const linkSums = new Float64Array(count + 1);
  const paragraphSums = new Float64Array(count + 1);
  const toParagraphAfter = new Float32Array(count);
  for (let index = 0; index < count; index += 1) {
    const words = stats[index]?.words ?? 0;
    const density = linkDensity[index] ?? 0;
    const isParagraph = paragraph[index] === 1;
    proseSums[index + 1] = (proseSums[index] ?? 0) + (isParagraph ? words : 0);
    linkSums[index + 1] = (linkSums[index] ?? 0) + words * density;
    paragraphSums[index + 1] = (paragraphSums[index] ?? 0) + (isParagraph ? 1 : 0);
  }
  let last = count + 99;
  for (let index = count - 1; index >= 0; index -= 1) {
    toParagraphAfter[index] = Math.min(50, last - index);
    if (paragraph[index] === 1) last = index;
  }
  const between = (sums: Float64Array) => (start: number, end: number) =>
    (sums[Math.min(count, Math.max(0, end))] ?? 0) - (sums[Math.max(0, start)] ?? 0);
  return {
    prose: between(proseSums),
    linkWords: between(linkSums),
    paragraphs: between(paragraphSums),
    toParagraphAfter,
  };
}

/** Images since the block before. */
export function imagesBefore({ blocks, images }: Segments): Uint8Array {
  const out = new Uint8Array(blocks.length);
  for (const { block } of images) if (block < out.length) out[block] = Math.min(9, (out[block] as number) + 1);
  return out;
}

/** Levels up from a container to its first common ancestor with `target`, and from there down to `target`. */
export function chainTo(
  containers: readonly Container[],
  target: number,
): { up(from: number): number; down(from: number): number } {
  const ups = new Int16Array(containers.length).fill(-1);
  const downs = new Int16Array(containers.length).fill(-1);
  for (let at = target, level = 0; at >= 0; at = containers[at]?.parent ?? -1, level += 1) {
    ups[at] = 0;
    downs[at] = level;
  }
  // Parents come before their children, so one pass fills both; above the target both are known.
  for (let index = 0; index < containers.length; index += 1) {
    const parent = (containers[index] as Container).parent;
    if (ups[index] === 0 || parent < 0 || (ups[parent] as number) < 0) continue;
    ups[index] = Math.min(99, (ups[parent] as number) + 1);
    downs[index] = downs[parent] as number;
  }
  return { up: (from) => ups[from] ?? -1, down: (from) => downs[from] ?? -1 };
}

/** Blocks since the last heading before each block; 99 for none and for more. */
export function blocksSinceHeading({ blocks, containers }: Segments): Uint8Array {
  const since = new Uint8Array(blocks.length).fill(99);
  let last = -1;
  for (let index = 0; index < blocks.length; index += 1) {
    if (last >= 0) since[index] = Math.min(99, index - last);
    const container = containers[(blocks[index] as Block).container] as Container;
    const above = containers[container.parent]?.tag ?? '';
    if (headingTags.has(container.tag) || (above !== 'h1' && headingTags.has(above))) last = index;
  }
  return since;
}

/** `article` elements around each container: an article in an article is a teaser or a comment. */
export function articleDepths(containers: readonly Container[]): Uint8Array {
  const out = new Uint8Array(containers.length);
  for (let index = 0; index < containers.length; index += 1) {
    const { tag, parent } = containers[index] as Container;
    out[index] = Math.min(9, (out[parent] ?? 0) + (tag === 'article' ? 1 : 0));
  }
  return out;
}
