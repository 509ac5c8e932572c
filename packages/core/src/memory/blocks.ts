import type { PageModel } from '../extract/page-model.ts';
import { lettersOf, type StoryHints } from '../extract/story-hints.ts';
import { headingTags } from '../html/tags.ts';
import { number64, shortHash } from './hash.ts';
import { type FrameRecord, memoryLimits, type SiteMemory } from './site-memory.ts';

/** Blocks that one page teaches. */
const blocksMax = 150;
const textLengthMax = 400;
/** Such blocks are never taken for the story. */
const linkDensityMax = 0.8;

/**
 * Names of a page's blocks in the site's memory: a hash of the text (letters and digits only, lower case, numbers all
 * alike: `12 comments`) and of its place, because a story's first paragraph may stand as a teaser on every other page.
 */
export function blockNames(
  { segments }: Pick<PageModel, 'segments'>,
  placeOf: (container: number) => string,
): (index: number) => string | undefined {
  return (index) => {
    const block = segments.blocks[index];
    if (block === undefined) return undefined;
    const letters = lettersOf(block.text, textLengthMax);
    // Figures alone are no phrase: tables would lose their cells.
    if (letters.length < 2 || !/\p{L}{2}/u.test(letters)) return undefined;
    return shortHash(`${letters.replace(/\d+/g, '0')} ${placeOf(block.container)}`);
  };
}

/** Names of the blocks that stand in the body or in its frame: what the next page may wrongly keep. */
export function observedBlocks(
  { segments, linkDensity, best }: PageModel,
  keep: Uint8Array,
  nameOf: (index: number) => string | undefined,
): string[] {
  const frame = segments.containers[best];
  const names = new Set<string>();
  const add = (index: number) => {
    const name = names.size < blocksMax ? nameOf(index) : undefined;
    if (name !== undefined) names.add(name);
  };
  for (let index = 0; index < keep.length; index += 1) if (keep[index] === 1) add(index);
  for (let index = frame?.start ?? 0; index < (frame?.end ?? 0); index += 1) {
    if (keep[index] === 0 && (linkDensity[index] ?? 0) < linkDensityMax) add(index);
  }
  return [...names];
}

/** Places that one page teaches. */
const framesMax = 40;

/** The page's places of text with the share of their words that are in the body; those that it may take from first. */
export function observedFrames(
  { segments, stats, linkDensity, best }: PageModel,
  keep: Uint8Array,
  placeOf: (container: number) => string,
): string[] {
  const frame = segments.containers[best];
  const sums = new Map<string, { kept: number; all: number; near: boolean }>();
  for (let index = 0; index < keep.length; index += 1) {
    const block = segments.blocks[index];
    if (block === undefined || (linkDensity[index] ?? 0) >= linkDensityMax) continue;
    const place = placeOf(block.container);
    const sum = sums.get(place) ?? { kept: 0, all: 0, near: false };
    if (keep[index] === 1 || (frame && index >= frame.start && index < frame.end)) sum.near = true;
    const words = Math.max(1, stats[index]?.words ?? 0);
    sum.all += words;
    if (keep[index] === 1) sum.kept += words;
    sums.set(place, sum);
  }
  return [...sums]
    .sort(([, a], [, b]) => Number(b.near) - Number(a.near) || b.all - a.all)
    .slice(0, framesMax)
    .map(([place, { kept, all }]) => place + number64(Math.round((63 * kept) / all), 1));
}

/** So many other pages must have had a block before it counts as boilerplate. */
const pagesMin = 3;
/** Short lines recur in stories too (`Background`, `Q:`): they must be on this share of the site's pages. */
const shortWords = 8;
const shortShareMin = 0.2;
/** A page that would lose more of its text than this is a copy or a form letter, and keeps all of it. */
const lossMax = 0.5;

/** Weight of a place that two other pages have (1 + .92, less what rounding takes). */
const frameSeenMin = 1.9;
/** A place with less of its text in the bodies than this is none for a story. */
const frameShareMax = 0.1;

/**
 * Takes blocks out of the body that recur on pages of the site, or that stand behind the
 * story in a place where stories never do.
 * @param own pages of the memory that are this very page (0 or 1)
 * @returns how many were taken out
 */
export function dropRecurring(
  model: PageModel,
  hints: StoryHints,
  keep: Uint8Array,
  memory: SiteMemory,
  { nameOf, placeOf }: BlockNames,
  own: number,
): number {
  if (memory.pages === 0) return 0;
  const window = windowPages(memory.pages);
  const { blocks, containers } = model.segments;
  const isOutsideStories = (index: number): boolean => {
    const container = blocks[index]?.container ?? -1;
    // Few stories have subheads: that the others had none in that place says nothing.
    return (
      !headingTags.has(containers[container]?.tag ?? '') &&
      hints.inStory(index) !== 1 &&
      isOutside(memory.frames.get(placeOf(container)), own)
    );
  };
  const kept: number[] = [];
  const dropped = new Set<number>();
  let words = 0;
  let lost = 0;
  for (let index = keep.indexOf(1); index >= 0; index = keep.indexOf(1, index + 1)) {
    const ownWords = model.stats[index]?.words ?? 0;
    words += ownWords;
    // What the page's structured data calls its story is believed.
    if (hints.inStory(index) === 1) {
      kept.push(index);
      continue;
    }
    const name = nameOf(index);
    const count = (name === undefined ? 0 : (memory.blocks.get(name)?.count ?? 0)) - own;
    const recurs = count >= pagesMin && (ownWords >= shortWords || count >= shortShareMin * window);
    kept.push(index);
    if (recurs) dropped.add(index);
  }
  // Amid a story a line in a strange place is its subhead; after its end it is something else.
  for (let at = kept.length - 1; at >= 0; at -= 1) {
    const index = kept[at] as number;
    if (!dropped.has(index) && !isOutsideStories(index)) break;
    dropped.add(index);
  }
  for (const index of dropped) lost += model.stats[index]?.words ?? 0;
  if (lost > lossMax * words) return 0;
  for (const index of dropped) keep[index] = 0;
  return dropped.size;
}

function isOutside(frame: FrameRecord | undefined, own: number): boolean {
  return frame !== undefined && frame.seen >= frameSeenMin + own && frame.kept <= frameShareMax * frame.seen;
}

export interface BlockNames {
  readonly nameOf: (index: number) => string | undefined;
  readonly placeOf: (container: number) => string;
}

/** Pages that the counts of a memory stand for, after all the halving. */
function windowPages(pages: number): number {
  const { halfLifePages } = memoryLimits;
  const halvings = Math.floor(pages / halfLifePages);
  return (pages % halfLifePages) + halfLifePages * (1 - 0.5 ** halvings);
}
