import { describe, expect, it } from 'vitest';
import { createMemoryFrontier } from './memory.ts';
import type { NewsDays } from './news-days.ts';
import { silentSources } from './silent-sources.ts';

const day = 86_400_000;
const now = Date.parse('2026-06-01T12:00:00Z');

/** What every count of news by day does. `create` gives an empty one. */
export function newsDaysConformance(name: string, create: () => Promise<NewsDays>): void {
  describe(`${name}: news by day`, () => {
    it('is kept for four weeks', async () => {
      const news = await create();
      for (const daysAgo of [40, 28, 2, 2, 1, 0]) await news.add('s', 3, now - daysAgo * day);
      await news.add('t', 1, now);
      const histories = await news.read(now);
      expect([...histories.keys()].sort()).toEqual(['s', 't']);
      expect(histories.get('s')).toEqual({ lastAt: now, days: [3, ...Array(25).fill(0), 6, 3] });
      expect(histories.get('t')?.days).toEqual(Array(28).fill(0));
    });

    it('tells which sources have fallen silent', async () => {
      const [news, frontier] = [await create(), createMemoryFrontier()];
      for (const [id, mode] of [
        ['busy', 'standing'],
        ['gone', 'standing'],
        ['once', 'once'],
      ] as const)
        await frontier.putSource({
          ...{ id, name: `The ${id}`, mode, url: `http://${id}.test/`, domain: `${id}.test`, depthMax: 8 },
          addedAt: new Date(now - 40 * day).toISOString(),
        });
      for (let daysAgo = 20; daysAgo >= 0; daysAgo -= 1) {
        await news.add('busy', 5, now - daysAgo * day);
        if (daysAgo >= 4) for (const id of ['gone', 'once']) await news.add(id, 5, now - daysAgo * day);
      }
      expect(await silentSources(frontier, news, now)).toEqual([
        { sourceId: 'gone', name: 'The gone', lastAt: now - 4 * day },
      ]);
    });
  });
}
