import { describe, expect, it } from 'vitest';
import { parsePage } from '../extract/extract-page.ts';
import { driftOf, emptyMemory, learn, type SiteMemory } from './site-memory.ts';

/** A site whose stories all end with a paragraph that reads like one of theirs. */
const appeal =
  'Our reporters have covered the valley for forty years, and they count on readers like you, because local news costs money that nobody else is going to pay.';
const names = ['Baker', 'Cooper', 'Fisher', 'Mason', 'Potter', 'Sawyer', 'Tanner', 'Weaver', 'Carter', 'Glover'];
const places = ['bridge', 'harbour', 'library', 'market', 'school', 'station', 'theatre', 'tower', 'mill', 'quarry'];
const told = (at: number): string[] => {
  const [name, place] = [names[at % 10], places[(at * 7) % 10]];
  return [
    `The ${place} in ward ${at} is to be rebuilt next year, the council said on Tuesday, after engineers had found cracks in its northern wall during their yearly visit.`,
    `"We cannot wait for another winter," said ${name}, who leads the works department, and asked the neighbours of the ${place} for patience until the autumn.`,
    `The costs of the ${place} are put at ${at + 3} million, a third of which the region will pay, according to a letter that ${name} read to the members.`,
  ];
};
const html = (at: number, { headline = true, more = '' } = {}) => `<!doctype html><html lang="en"><head>
  <title>Council rebuilds ${places[(at * 7) % 10]} number ${at}</title></head><body><main class="story">
  ${headline ? `<h1 class="t">Council rebuilds ${places[(at * 7) % 10]} number ${at}</h1>` : ''}
  <div class="text">${told(at)
    .map((text) => `<p>${text}</p>`)
    .join('')}${more}<p>${appeal}</p></div></main></body></html>`;

const parse = (at: number | string, page: string, memory?: SiteMemory) =>
  parsePage({
    url: `http://www.valley.test/news/2026/01/02/story-${at}.html`,
    bytes: Buffer.from(page),
    fetchedAt: '2026-01-03T00:00:00Z',
    memory,
  });
const bodyOf = ({ verdict }: ReturnType<typeof parse>) => (verdict.type === 'article' ? verdict.article.body : '');
function read(count: number, memory = emptyMemory): SiteMemory {
  let next = memory;
  for (let at = 0; at < count; at += 1) {
    const { observation } = parse(at, html(at), next);
    if (observation === undefined) throw new Error('nothing observed');
    next = learn(next, observation);
  }
  return next;
}

describe('parsePage with a memory', () => {
  it('takes out what recurs on the site, once three other pages had it', () => {
    for (const [pages, expected] of [
      [2, [...told(9), appeal]],
      [3, told(9)],
      [8, told(9)],
    ] as const) {
      expect(bodyOf(parse(9, html(9), read(pages)))).toBe(expected.join('\n\n'));
    }
  });

  it('learns nothing without being asked, and says the same as ever', () => {
    const result = parse(9, html(9));
    expect(result.observation).toBeUndefined();
    expect(bodyOf(result)).toContain(appeal);
  });

  it('gives the same page with the same memory the same result, also when the memory holds that page', () => {
    const memory = read(4);
    expect(parse(9, html(9), memory)).toEqual(parse(9, html(9), memory));
    // Three pages, of which one is this: two others are too few.
    expect(bodyOf(parse(2, html(2), read(3)))).toContain(appeal);
  });

  it('does not take a story for boilerplate that stands under many addresses', () => {
    let memory = emptyMemory;
    for (let at = 0; at < 6; at += 1) {
      const { observation } = parse(`copy-${at}`, html(1), memory);
      if (observation) memory = learn(memory, observation);
    }
    expect(memory.pages).toBe(1);
    expect(bodyOf(parse('copy-9', html(1), memory))).toContain(told(1)[0]);
  });

  it('keeps a first paragraph that stands as a teaser beside other stories', () => {
    let memory = emptyMemory;
    const teaser = `<div class="teaser"><p>${told(9)[0]}</p></div>`;
    for (let at = 0; at < 6; at += 1) {
      const { observation } = parse(at, html(at, { more: teaser }), memory);
      if (observation) memory = learn(memory, observation);
    }
    expect(bodyOf(parse(9, html(9), memory))).toContain(told(9)[0]);
  });

  it('keeps a page whole that would lose most of its text', () => {
    const page = `<html><title>Thanks</title><h1>Thanks</h1><main class="story"><div class="text"><p>${appeal}</p></div></main></html>`;
    expect(bodyOf(parse('thanks', page, read(6)))).toBe(bodyOf(parse('thanks', page)));
  });

  it('takes out what stands behind the story where stories never do, and keeps subheads', () => {
    const teaser = (at: number) => `<div class="next"><p>${told(at)[1]}</p></div>`;
    const wide = (at: number) => html(at).replace(`<p>${appeal}</p></div>`, `</div>${teaser(at + 20)}`);
    const before = parse(9, wide(9));
    // The block model leaves such a box out by itself; the memory sees that, and helps where it is less sure.
    expect(bodyOf(before)).toBe(told(9).join('\n\n'));
    let memory = emptyMemory;
    for (let at = 0; at < 3; at += 1) {
      const { observation } = parse(at, wide(at), memory);
      if (observation) memory = learn(memory, observation);
    }
    const places = [...memory.frames.values()].filter(({ seen }) => seen > 2);
    expect(places.some(({ kept }) => kept === 0)).toBe(true);
    expect(places.some(({ kept, seen }) => kept === seen)).toBe(true);
  });

  it('takes out only what stands behind the last block of a known place', () => {
    const page = html(9).replace(`<p>${appeal}`, `<p class="last">${appeal}`);
    const whole = [...told(9), appeal].join('\n\n');
    const { observation } = parse(9, page, emptyMemory);
    const kept = (observation?.frames ?? []).filter((frame) => frame.endsWith('_')).map((frame) => frame.slice(0, 8));
    expect(kept).toHaveLength(2);
    const bodies = kept.map((place) => {
      const frames = new Map([[place, { kept: 0, seen: 3, last: 5 }]]);
      return bodyOf(parse(9, page, { ...emptyMemory, pages: 5, frames }));
    });
    // The story's own place is followed by another: nothing leaves. The box at the end leaves.
    expect(bodies.toSorted()).toEqual([told(9).join('\n\n'), whole].toSorted());
  });

  it('sees a redesign by the fields that are missing', () => {
    let memory = read(60);
    expect(driftOf(memory)).toEqual([]);
    for (let at = 100; at < 112; at += 1) {
      const { observation } = parse(at, '<html><title>Loading</title><div id="app"></div></html>', memory);
      if (observation) memory = learn(memory, observation);
    }
    expect(driftOf(memory)).toMatchObject([{ field: 'article' }]);
  });

  it('finds date and source without a sign of their own where the template has them', () => {
    const page = (at: number, line: string) =>
      html(at).replace(
        '</h1>',
        `</h1><div class="from">${line}</div><div class="when">2026-01-02 10:1${at % 10}</div>`,
      );
    let memory = emptyMemory;
    for (let at = 0; at < 6; at += 1) {
      const { observation } = parse(at, page(at, 'Source: Valley Post'), memory);
      if (observation) memory = learn(memory, observation);
    }
    const { verdict } = parse(9, page(9, 'Valley Herald').replace('Valley Herald', 'ValleyHerald'), memory);
    if (verdict.type !== 'article') throw new Error(verdict.reason);
    expect(verdict.article.datePublished).toMatch(/^2026-01-02T10:19/);
    expect(verdict.article).toMatchObject({
      sourceChain: ['ValleyHerald'],
      provenance: { sourceChain: 'site-memory' },
    });
  });
});
