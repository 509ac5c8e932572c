import { hashLength, parseNumber64 } from './hash.ts';
import type { MemoryField, Observation, PlacedField } from './observation.ts';

/** What the pages of one site have taught. Immutable; `learn` gives the next one, `encodeMemory` its compact form. */
export interface SiteMemory {
  /** Pages learned from, ever. */
  readonly pages: number;
  /** Hashes of the latest pages and stories, oldest first. */
  readonly recent: readonly string[];
  /** Block → on how many pages it was seen, halved as time goes by, and the page number where it was seen last. */
  readonly blocks: ReadonlyMap<string, BlockRecord>;
  /** Place of text → how much of it went into bodies. */
  readonly frames: ReadonlyMap<string, FrameRecord>;
  /** Template → where its fields stand. */
  readonly templates: ReadonlyMap<string, TemplateRecord>;
  readonly fills: Partial<Readonly<Record<MemoryField, FillRate>>>;
}

export interface BlockRecord {
  readonly count: number;
  readonly last: number;
}

/** Older pages count less and less. */
export interface FrameRecord {
  /** Sum of the shares of its words that went into the body, at most `seen`. */
  readonly kept: number;
  /** Pages that have the place. */
  readonly seen: number;
  readonly last: number;
}

export interface TemplateRecord {
  /** Page number where it was seen last. */
  readonly last: number;
  readonly places: Partial<Readonly<Record<PlacedField, readonly PlaceRecord[]>>>;
}

/** How often a field stood in a place; older pages count less and less. */
export interface PlaceRecord {
  readonly place: string;
  readonly weight: number;
}

/** Share of pages that have a field, over the latest pages and over many. */
export interface FillRate {
  readonly pages: number;
  readonly fast: number;
  readonly slow: number;
}

export const emptyMemory: SiteMemory = {
  pages: 0,
  recent: [],
  blocks: new Map(),
  frames: new Map(),
  templates: new Map(),
  fills: {},
};

/** All bounds of a memory: with them its compact form stays below 48 KB. */
export const memoryLimits = {
  /** Pages and stories whose return is noticed. */
  recent: 512,
  blocks: 1_500,
  frames: 300,
  templates: 24,
  places: 4,
  /** After so many pages all counts of blocks are halved: a box that is gone is forgotten. */
  halfLifePages: 128,
  countMax: 63,
} as const;

/** Weight of what was known when a page adds to it: the last ten or so pages decide. */
const placeDecay = 0.92;
const fastShare = 1 / 8;
const slowShare = 1 / 64;

/** Adds what pages have taught, in order. Pages and stories that were seen lately are passed over. */
export function learn(memory: SiteMemory, ...observations: readonly Observation[]): SiteMemory {
  const recent = [...memory.recent];
  const known = new Set(recent);
  const blocks = new Map(memory.blocks);
  const frames = new Map(memory.frames);
  const templates = new Map(memory.templates);
  const fills: Partial<Record<MemoryField, FillRate>> = { ...memory.fills };
  let { pages } = memory;
  for (const one of observations) {
    if (known.has(one.page) || (one.story !== '' && known.has(one.story))) continue;
    pages += 1;
    for (const id of one.story === '' ? [one.page] : [one.page, one.story]) {
      recent.push(id);
      known.add(id);
    }
    while (recent.length > memoryLimits.recent) known.delete(recent.shift() ?? '');
    for (const [field, filled] of Object.entries(one.fills) as [MemoryField, 0 | 1][])
      fills[field] = nextRate(fills[field], filled);
    if (one.blocks.length > 0) addBlocks(blocks, one.blocks, pages);
    addFrames(frames, one.frames, pages);
    if (one.story !== '') addTemplate(templates, one, pages);
    if (pages % memoryLimits.halfLifePages === 0) halve(blocks);
  }
  return { pages, recent, blocks, frames, templates, fills };
}

/** Whether the memory already holds this page, or its story under another address. */
export function isKnown(memory: SiteMemory, { page, story }: Pick<Observation, 'page' | 'story'>): boolean {
  return memory.recent.includes(page) || (story !== '' && memory.recent.includes(story));
}

function addBlocks(blocks: Map<string, BlockRecord>, seen: readonly string[], page: number): void {
  for (const block of seen) {
    const count = Math.min(memoryLimits.countMax, (blocks.get(block)?.count ?? 0) + 1);
    blocks.set(block, { count, last: page });
  }
  if (blocks.size <= memoryLimits.blocks) return;
  // A quarter at once, so that the sort is paid for by many pages. What was seen once and long ago goes first.
  const worst = [...blocks].sort(([, a], [, b]) => Math.min(a.count, 3) - Math.min(b.count, 3) || a.last - b.last);
  for (const [block] of worst.slice(0, blocks.size - 0.75 * memoryLimits.blocks)) blocks.delete(block);
}

function addFrames(frames: Map<string, FrameRecord>, seen: readonly string[], page: number): void {
  for (const frame of seen) {
    const place = frame.slice(0, hashLength);
    const share = parseNumber64(frame.slice(hashLength)) / 63;
    const before = frames.get(place) ?? { kept: 0, seen: 0 };
    frames.set(place, { kept: before.kept * placeDecay + share, seen: before.seen * placeDecay + 1, last: page });
  }
  if (frames.size <= memoryLimits.frames) return;
  const oldest = [...frames].sort(([, a], [, b]) => a.last - b.last);
  for (const [place] of oldest.slice(0, frames.size - 0.75 * memoryLimits.frames)) frames.delete(place);
}

function halve(blocks: Map<string, BlockRecord>): void {
  for (const [block, { count, last }] of blocks) {
    if (count <= 1) blocks.delete(block);
    else blocks.set(block, { count: count >> 1, last });
  }
}

function addTemplate(templates: Map<string, TemplateRecord>, one: Observation, page: number): void {
  const places: Partial<Record<PlacedField, readonly PlaceRecord[]>> = { ...templates.get(one.template)?.places };
  for (const [field, place] of Object.entries(one.places) as [PlacedField, string][])
    places[field] = nextPlaces(places[field] ?? [], place);
  templates.set(one.template, { last: page, places });
  if (templates.size <= memoryLimits.templates) return;
  const [oldest] = [...templates].reduce((worst, entry) => (entry[1].last < worst[1].last ? entry : worst));
  templates.delete(oldest);
}

function nextPlaces(records: readonly PlaceRecord[], seen: string): readonly PlaceRecord[] {
  const out = records.map(({ place, weight }) => ({ place, weight: weight * placeDecay + (place === seen ? 1 : 0) }));
  if (!records.some(({ place }) => place === seen)) out.push({ place: seen, weight: 1 });
  return out.sort((a, b) => b.weight - a.weight).slice(0, memoryLimits.places);
}

function nextRate(rate: FillRate | undefined, filled: 0 | 1): FillRate {
  const pages = (rate?.pages ?? 0) + 1;
  // The first pages are averaged: one page is no rate.
  const fast = Math.max(fastShare, 1 / pages);
  const slow = Math.max(slowShare, 1 / pages);
  return {
    pages: Math.min(pages, 10_000),
    fast: (rate?.fast ?? 0) * (1 - fast) + filled * fast,
    slow: (rate?.slow ?? 0) * (1 - slow) + filled * slow,
  };
}

/** A field whose fill rate has changed suddenly: most likely the site was redesigned. */
export interface Drift {
  readonly field: MemoryField;
  /** Fill rate over many pages, 0 to 1. */
  readonly usual: number;
  /** Fill rate over the latest pages, 0 to 1. */
  readonly now: number;
}

/** Fewer pages have no usual rate yet. */
const driftPagesMin = 40;
/** Chance moves a rate of one half by .13 (one standard deviation of `fast`); this is more than four of them. */
const driftMin = 0.55;

/** Fields that drift now. A signal ends by itself when the new rate has become the usual one, some 40 pages later. */
export function driftOf({ fills }: SiteMemory): Drift[] {
  return (Object.entries(fills) as [MemoryField, FillRate][])
    .filter(([, { pages, fast, slow }]) => pages >= driftPagesMin && Math.abs(fast - slow) >= driftMin)
    .map(([field, { fast, slow }]) => ({ field, usual: slow, now: fast }));
}
