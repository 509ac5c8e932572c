import type { Observation } from '@newsmill/core';
import { describe, expect, it } from 'vitest';
import type { SiteMemories } from './port.ts';

const name = (text: string): string => text.padEnd(8, '_').slice(0, 8);

/** What a page with these blocks teaches. */
export const lesson = (page: string, blocks: readonly string[] = []): Observation => ({
  v: 1,
  page: name(`p${page}`),
  story: name(`s${page}`),
  blocks: blocks.map(name),
  frames: blocks.slice(0, 40).map((block) => `${name(block)}B`),
  template: name('t'),
  places: { headline: name('h1') },
  fills: { article: 1, headline: 1, images: 0 },
});

/** What every adapter promises. */
export function siteMemoriesConformance(adapter: string, create: () => Promise<SiteMemories>): void {
  describe(`site memories in ${adapter}`, () => {
    it('know nothing of a site at first', async () => {
      expect(await (await create()).read('a.test')).toMatchObject({ pages: 0, recent: [], fills: {} });
    });

    it('hold what was recorded, for that site alone', async () => {
      const memories = await create();
      await memories.record('a.test', lesson('1', ['box']));
      await memories.record('a.test', lesson('2', ['box', 'own']));
      const memory = await memories.read('a.test');
      expect(memory.pages).toBe(2);
      expect(memory.blocks.get(name('box'))?.count).toBe(2);
      expect(memory.fills).toMatchObject({ headline: { fast: 1 }, images: { fast: 0 } });
      expect(memory.templates.get(name('t'))?.places.headline?.[0]?.place).toBe(name('h1'));
      expect((await memories.read('b.test')).pages).toBe(0);
    });

    it('take a page that is recorded again for nothing new', async () => {
      const memories = await create();
      for (let times = 0; times < 20; times += 1) await memories.record('a.test', lesson('1', ['box']));
      expect((await memories.read('a.test')).blocks.get(name('box'))?.count).toBe(1);
    });

    it('lose nothing to others who record at the same time', async () => {
      const memories = await create();
      const all = Array.from({ length: 60 }, (_, at) => memories.record('a.test', lesson(`${at}`, ['box'])));
      await Promise.all(all);
      const memory = await memories.read('a.test');
      expect(memory.pages).toBe(60);
      expect(memory.blocks.get(name('box'))?.count).toBe(60);
    });
  });
}
