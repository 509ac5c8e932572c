import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMemory, encodeMemory } from './encode.ts';
import { hashLength, number64, parseNumber64, shortHash } from './hash.ts';
import type { Observation } from './observation.ts';
import { templateOf } from './places.ts';
import { driftOf, emptyMemory, learn, memoryLimits, type SiteMemory } from './site-memory.ts';

const page = (id: number | string, more: Partial<Observation> = {}): Observation => ({
  v: 1,
  page: shortHash(`page ${id}`),
  story: shortHash(`story ${id}`),
  blocks: [],
  frames: [],
  template: 'tttttttt',
  places: {},
  fills: {},
  ...more,
});
const many = (count: number, make: (at: number) => Observation, from: SiteMemory = emptyMemory): SiteMemory =>
  learn(from, ...Array.from({ length: count }, (_, at) => make(at)));
const box = shortHash('box');

describe('shortHash', () => {
  it('gives texts names of their own', () => {
    const names = new Set(Array.from({ length: 50_000 }, (_, at) => shortHash(`第${at}段 text`)));
    expect(names.size).toBe(50_000);
    expect([...names].every((name) => name.length === hashLength)).toBe(true);
  });
  it('writes numbers that are read again', () => {
    fc.assert(fc.property(fc.nat(64 ** 4 - 1), (n) => parseNumber64(number64(n, 4)) === n));
  });
});

describe('learn', () => {
  it('counts a block once for each page, whatever the order', () => {
    const pages = Array.from({ length: 5 }, (_, at) => page(at, { blocks: [box, shortHash(`own ${at}`)] }));
    for (const list of [pages, pages.toReversed()]) expect(learn(emptyMemory, ...list).blocks.get(box)?.count).toBe(5);
  });

  it('learns nothing from a page or a story that it knows', () => {
    const known = learn(emptyMemory, page(1, { blocks: [box] }));
    expect(learn(known, page(1, { blocks: [box] }))).toEqual(known);
    expect(learn(known, page(2, { story: shortHash('story 1'), blocks: [box] }))).toEqual(known);
  });

  it('forgets what is not seen any more', () => {
    const seen = many(30, (at) => page(at, { blocks: [box] }));
    const later = many(5 * memoryLimits.halfLifePages, (at) => page(`later ${at}`), seen);
    expect(later.blocks.has(box)).toBe(false);
  });

  it('keeps what recurs when there is no room, and stays below 48 KB', () => {
    const memory = many(600, (at) =>
      page(at, {
        template: shortHash(`template ${at % 40}`),
        blocks: [box, ...Array.from({ length: 150 }, (_, n) => shortHash(`${at} ${n}`))],
        frames: Array.from({ length: 40 }, (_, n) => `${shortHash(`${at} ${n}`)}A`),
        places: {
          headline: shortHash(`${at % 9}`),
          datePublished: shortHash(`${at % 8}`),
          sourceChain: shortHash('s'),
        },
        fills: { article: 1, headline: 1, images: 0 },
      }),
    );
    expect(memory.blocks.size).toBeLessThanOrEqual(memoryLimits.blocks);
    expect(memory.blocks.get(box)?.count).toBeGreaterThan(30);
    expect(encodeMemory(memory).length).toBeLessThan(48_000);
    expect(decodeMemory(encodeMemory(memory)).blocks).toEqual(memory.blocks);
  });

  it('weighs places by the latest pages', () => {
    const old = many(30, (at) => page(at, { places: { headline: 'aaaaaaaa' } }));
    const places = (memory: SiteMemory) => memory.templates.get('tttttttt')?.places.headline ?? [];
    expect(places(old)[0]).toMatchObject({ place: 'aaaaaaaa' });
    const moved = many(30, (at) => page(`new ${at}`, { places: { headline: 'bbbbbbbb' } }), old);
    expect(places(moved)[0]?.place).toBe('bbbbbbbb');
    expect(places(moved)[0]?.weight).toBeGreaterThan(4 * (places(moved)[1]?.weight ?? 0));
  });
});

describe('driftOf', () => {
  const steady = many(100, (at) => page(at, { fills: { headline: 1, keywords: at % 2 === 0 ? 1 : 0 } }));

  it('is silent while pages are as ever, and on a young site', () => {
    expect(driftOf(steady)).toEqual([]);
    const young = many(20, (at) => page(at, { fills: { headline: at < 10 ? 1 : 0 } }));
    expect(driftOf(young)).toEqual([]);
  });

  it('tells within ten pages that a field is gone, and gets used to it', () => {
    const gone = (count: number) => many(count, (at) => page(`gone ${at}`, { fills: { headline: 0 } }), steady);
    expect(driftOf(gone(3))).toEqual([]);
    expect(driftOf(gone(10))).toMatchObject([{ field: 'headline' }]);
    expect(driftOf(gone(100))).toEqual([]);
  });
});

describe('decodeMemory', () => {
  it('gives back what was written', () => {
    const block = fc.integer({ min: 0, max: 30 }).map((n) => shortHash(`block ${n}`));
    const observation = fc.record({
      id: fc.nat(20),
      blocks: fc.uniqueArray(block, { maxLength: 8 }),
      share: fc.constantFrom('A', 'b', '_'),
      headline: fc.constantFrom('aaaaaaaa', 'bbbbbbbb'),
      filled: fc.constantFrom<0 | 1>(0, 1),
    });
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 40 }), (list) => {
        const memory = learn(
          emptyMemory,
          ...list.map(({ id, blocks, headline, share, filled }) =>
            page(id, { blocks, frames: [`framefra${share}`], places: { headline }, fills: { article: filled } }),
          ),
        );
        const text = encodeMemory(memory);
        expect(encodeMemory(decodeMemory(text))).toBe(text);
      }),
    );
  });
  it.each(['', '{', '{"v":99}', '[]', 'null', '{"v":1}'])('takes %j for nothing', (text) => {
    expect(decodeMemory(text)).toEqual(emptyMemory);
  });
});

describe('templateOf', () => {
  it.each([
    ['http://a.test/news/2026/01/02/some-words-1234.html', 'http://a.test/news/2026/11/30/other-99.html', true],
    ['http://a.test/news/some-words', 'http://a.test/news/others', true],
    ['http://a.test/news/123.html', 'http://a.test/sport/123.html', false],
    ['http://a.test/news/123.html', 'http://a.test/news/123.shtml', false],
    ['http://a.test/news/123.html', 'http://m.a.test/news/123.html', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(templateOf(one) === templateOf(other)).toBe(same);
  });
});
