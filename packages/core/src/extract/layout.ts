import type { Element } from 'domhandler';
import { headingTags } from '../html/tags.ts';
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
  'nav',
  'header',
  'footer',
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
  readonly words: number[];
  readonly linkWords: number[];
  readonly count: number[];
  readonly paragraphs: number[];
  /** Blocks of the same group in an unbroken row around each block. */
  readonly adjacent: Int32Array;
}

/** Blocks whose element and its parent have the same tags and classes: the paragraphs of a story are one group. */
export function groupBlocks({ segments, stats, linkDensity, paragraph }: PageModel): Groups {
  const { blocks, containers } = segments;
  // By class and then by tag: putting both into one key costs more than looking twice.
  const names = new Map<string, Map<string, number>>();
  let nameCount = 0;
  const nameIds = new Int32Array(containers.length).fill(-1);
  const nameOf = (at: number): number => {
    const known = nameIds[at] ?? -1;
    const container = containers[at];
    if (known >= 0 || !container) return known;
    const attribs = (container.element as Element).attribs as Record<string, string> | undefined;
    const className = attribs?.class ?? '';
    let tags = names.get(className);
    if (tags === undefined) {
      tags = new Map();
      names.set(className, tags);
    }
    let id = tags.get(container.tag);
    if (id === undefined) {
      id = nameCount;
      nameCount += 1;
      tags.set(container.tag, id);
    }
    nameIds[at] = id;
    return id;
  };
  const pairs = new Map<number, number>();
  const groupOfContainer = new Int32Array(containers.length).fill(-1);
  const of = new Int32Array(blocks.length);
  const words: number[] = [];
  const linkWords: number[] = [];
  const count: number[] = [];
  const paragraphs: number[] = [];
  for (let index = 0; index < blocks.length; index += 1) {
    const at = (blocks[index] as Block).container;
    let group = groupOfContainer[at] ?? -1;
    if (group < 0) {
      const parent = containers[at]?.parent ?? -1;
      const key = nameOf(at) * 65_536 + (parent >= 0 ? nameOf(parent) : 65_535);
      group = pairs.get(key) ?? pairs.size;
      pairs.set(key, group);
      groupOfContainer[at] = group;
    }
    of[index] = group;
    const own = stats[index]?.words ?? 0;
    words[group] = (words[group] ?? 0) + own;
    linkWords[group] = (linkWords[group] ?? 0) + own * (linkDensity[index] ?? 0);
    count[group] = (count[group] ?? 0) + 1;
    paragraphs[group] = (paragraphs[group] ?? 0) + (paragraph[index] ?? 0);
  }
  const adjacent = new Int32Array(blocks.length);
  for (let start = 0; start < blocks.length; ) {
    let end = start + 1;
    while (end < blocks.length && of[end] === of[start]) end += 1;
    adjacent.fill(end - start, start, end);
    start = end;
  }
  return { of, words, linkWords, count, paragraphs, adjacent };
}

/** Lines parted by `br` are one run of text: its size says more than that of a line. */
export function breakRuns(
  { blocks }: Segments,
  stats: readonly TextStats[],
): { words: Float32Array; blocks: Int32Array } {
  const words = new Float32Array(blocks.length);
  const counts = new Int32Array(blocks.length);
  for (let start = 0; start < blocks.length; ) {
    let end = start + 1;
    let sum = stats[start]?.words ?? 0;
    while (end < blocks.length && (blocks[end]?.breaksBefore ?? 0) > 0) {
      sum += stats[end]?.words ?? 0;
      end += 1;
    }
    words.fill(sum, start, end);
    counts.fill(end - start, start, end);
    start = end;
  }
  return { words, blocks: counts };
}

export function neighbourhood({ segments, stats, linkDensity, paragraph }: PageModel) {
  const count = segments.blocks.length;
  const proseSums = new Float64Array(count + 1);
  const linkSums = new Float64Array(count + 1);
  const paragraphSums = new Float64Array(count + 1);
  const toParagraphBefore = new Float32Array(count);
  const toParagraphAfter = new Float32Array(count);
  let last = -99;
  for (let index = 0; index < count; index += 1) {
    const words = stats[index]?.words ?? 0;
    const density = linkDensity[index] ?? 0;
    const isParagraph = paragraph[index] === 1;
    proseSums[index + 1] = (proseSums[index] ?? 0) + (isParagraph ? words : 0);
    linkSums[index + 1] = (linkSums[index] ?? 0) + words * density;
    paragraphSums[index + 1] = (paragraphSums[index] ?? 0) + (isParagraph ? 1 : 0);
    toParagraphBefore[index] = Math.min(50, index - last);
    if (isParagraph) last = index;
  }
  last = count + 99;
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
    toParagraphBefore,
    toParagraphAfter,
  };
}

/** Images and embedded players since the block before. */
export function mediaBefore({ blocks, images, embeds }: Segments): { images: Uint8Array; embeds: Uint8Array } {
  const count = (list: readonly { readonly block: number }[]) => {
    const out = new Uint8Array(blocks.length);
    for (const { block } of list) if (block < out.length) out[block] = Math.min(9, (out[block] ?? 0) + 1);
    return out;
  };
  return { images: count(images), embeds: count(embeds) };
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

/** Kind (see line-kind.ts, plus 1; 1 is a plain heading) of the last heading before each block, and blocks since. */
export function headingsBefore(
  { blocks, containers }: Segments,
  { lineKind }: { lineKind(block: number): number },
): { kind: Uint8Array; since: Int16Array } {
  const kind = new Uint8Array(blocks.length);
  const since = new Int16Array(blocks.length).fill(99);
  let last = -1;
  let lastKind = 0;
  for (let index = 0; index < blocks.length; index += 1) {
    if (last >= 0) {
      kind[index] = lastKind;
      since[index] = Math.min(99, index - last);
    }
    const container = containers[(blocks[index] as Block).container];
    const above = containers[container?.parent ?? -1]?.tag ?? '';
    if (container && (headingTags.has(container.tag) || (above !== 'h1' && headingTags.has(above)))) {
      last = index;
      lastKind = 1 + lineKind(index);
    }
  }
  return { kind, since };
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
