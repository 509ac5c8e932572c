import { describe, expect, it } from 'vitest';
import type { HostLore } from './lore.ts';
import { createLoreCache } from './lore-cache.ts';

/** What every store of hosts' lore does. `create` gives an empty one. */
export function loreConformance(name: string, create: () => Promise<HostLore>): void {
  describe(`${name}: lore of hosts`, () => {
    it('counts each host for itself', async () => {
      const store = await create();
      await store.add('h1', new Map([['slash', 2]]));
      await store.add('h1', new Map(Object.entries({ slash: 1, '-x': 5 })));
      await store.add('h2', new Map([['slash', 7]]));
      expect(Object.fromEntries(await store.read('h1'))).toEqual({ slash: 3, '-x': 5 });
      expect(Object.fromEntries(await store.read('h3'))).toEqual({});
    });

    it('keeps what is counted often when there are too many', async () => {
      const store = await create();
      await store.add('h1', new Map([['often', 1_000]]));
      for (let from = 0; from < 2_000; from += 100) {
        await store.add('h1', new Map(Array.from({ length: 100 }, (_, at) => [`once${from + at}`, 1])));
      }
      const lore = await store.read('h1');
      expect(lore.size).toBeLessThanOrEqual(400);
      expect(lore.get('often')).toBeGreaterThan(10);
    });

    it('is handed on by the processes that note it', async () => {
      const store = await create();
      const errors: unknown[] = [];
      const options = { store, clock: () => 0, freshMs: 3_600_000, onError: (error: unknown) => errors.push(error) };
      {
        await using cache = createLoreCache(options);
        expect((await cache.of('h1')).size).toBe(0);
        cache.note('h1', ['a', 'b']);
        cache.note('h1', ['a']);
      }
      expect(Object.fromEntries(await store.read('h1'))).toEqual({ a: 2, b: 1 });
      expect(errors).toEqual([]);
    });
  });
}
