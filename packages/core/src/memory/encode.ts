import { hashLength, number64, parseNumber64 } from './hash.ts';
import { type MemoryField, memoryFields, type PlacedField, placedFields } from './observation.ts';
import {
  type BlockRecord,
  emptyMemory,
  type FillRate,
  type FrameRecord,
  type PlaceRecord,
  type SiteMemory,
  type TemplateRecord,
} from './site-memory.ts';

/** Another number means another meaning: memories of other versions are forgotten, pages teach them anew. */
const version = 1;
/** A block's record: hash, count, page number where it was seen last. */
const countLength = 1;
const lastLength = 4;
const recordLength = hashLength + countLength + lastLength;
/** A place's record: hash, hundredths of `kept` and of `seen`, page number where it was seen last. */
const weightLength = 2;
const frameLength = hashLength + 2 * weightLength + lastLength;

interface Encoded {
  readonly v: number;
  readonly pages: number;
  readonly recent: string;
  readonly blocks: string;
  readonly frames: string;
  /** Template, page number, and for each placed field its places as `hash:weight`. */
  readonly templates: readonly (readonly [string, number, ...string[]])[];
  readonly fills: readonly (readonly [pages: number, fast: number, slow: number] | 0)[];
}

/** The memory as one line of JSON, at most 48 KB. */
export function encodeMemory(memory: SiteMemory): string {
  const short = (value: number) => Math.round(value * 1_000) / 1_000;
  const encoded: Encoded = {
    v: version,
    pages: memory.pages,
    recent: memory.recent.join(''),
    blocks: [...memory.blocks]
      .map(([block, { count, last }]) => block + number64(count, countLength) + number64(last, lastLength))
      .join(''),
    frames: [...memory.frames]
      .map(([place, { kept, seen, last }]) => place + weight64(kept) + weight64(seen) + number64(last, lastLength))
      .join(''),
    templates: [...memory.templates].map(([template, { last, places }]) => [
      template,
      last,
      ...placedFields.map((field) =>
        (places[field] ?? []).map(({ place, weight }) => `${place}:${short(weight)}`).join(' '),
      ),
    ]),
    fills: memoryFields.map((field) => {
      const rate = memory.fills[field];
      return rate ? [rate.pages, short(rate.fast), short(rate.slow)] : 0;
    }),
  };
  return JSON.stringify(encoded);
}

const weight64 = (weight: number): string => number64(Math.round(weight * 100), weightLength);

/** Reads what `encodeMemory` wrote. Anything else, and other versions, give an empty memory: it is made of pages, and more come. */
export function decodeMemory(text: string): SiteMemory {
  try {
    const encoded = JSON.parse(text) as Encoded;
    return encoded.v === version ? decode(encoded) : emptyMemory;
  } catch {
    return emptyMemory;
  }
}

function decode({ pages, recent, blocks, frames, templates, fills }: Encoded): SiteMemory {
  const records = new Map<string, BlockRecord>();
  for (const record of pieces(blocks, recordLength)) {
    const count = parseNumber64(record.slice(hashLength, hashLength + countLength));
    records.set(record.slice(0, hashLength), { count, last: parseNumber64(record.slice(hashLength + countLength)) });
  }
  const rates: Partial<Record<MemoryField, FillRate>> = {};
  memoryFields.forEach((field, at) => {
    const rate = fills[at];
    if (rate) rates[field] = { pages: rate[0], fast: rate[1], slow: rate[2] };
  });
  return {
    pages,
    recent: pieces(recent, hashLength),
    blocks: records,
    frames: new Map(pieces(frames, frameLength).map(decodeFrame)),
    templates: new Map(templates.map(([template, last, ...places]) => [template, decodeTemplate(last, places)])),
    fills: rates,
  };
}

function decodeFrame(record: string): [place: string, frame: FrameRecord] {
  const numberAt = (start: number, length: number) => parseNumber64(record.slice(start, start + length));
  return [
    record.slice(0, hashLength),
    {
      kept: numberAt(hashLength, weightLength) / 100,
      seen: numberAt(hashLength + weightLength, weightLength) / 100,
      last: numberAt(hashLength + 2 * weightLength, lastLength),
    },
  ];
}

function decodeTemplate(last: number, lists: readonly string[]): TemplateRecord {
  const places: Partial<Record<PlacedField, readonly PlaceRecord[]>> = {};
  placedFields.forEach((field, at) => {
    const list = lists[at];
    if (!list) return;
    places[field] = list.split(' ').map((one) => {
      const [place = '', weight] = one.split(':');
      return { place, weight: Number(weight) };
    });
  });
  return { last, places };
}

function pieces(text: string, length: number): string[] {
  const out: string[] = [];
  for (let at = 0; at + length <= text.length; at += length) out.push(text.slice(at, at + length));
  return out;
}
