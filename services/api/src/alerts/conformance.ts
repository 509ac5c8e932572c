import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstState, logMax, type SavedSearch, searchesPerOwnerMax } from './saved-search.ts';
import type { AlertStore } from './store.ts';

let made = 0;
export const savedSearch = (fields: Partial<SavedSearch> = {}): SavedSearch => ({
  id: `search-${++made}`,
  owner: 'desk',
  name: '兰州',
  query: { q: '兰州' },
  webhook: 'https://hooks.example.com/',
  secret: 'whsec_AAAA',
  createdAt: new Date(1_000_000 + made).toISOString(),
  ...fields,
});

export interface StoreUnderTest {
  readonly store: AlertStore;
  readonly end?: () => Promise<unknown>;
}

/** What every AlertStore does. */
export function alertStoreConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name}: saved searches`, () => {
    let store: AlertStore;
    let end: StoreUnderTest['end'];
    beforeAll(async () => {
      ({ store, end } = await open());
    });
    afterAll(() => end?.());

    it('are kept until they are removed, with all that belongs to them', async () => {
      const [one, two] = [savedSearch(), savedSearch({ owner: 'other' })];
      expect(await store.create(two)).toBe(true);
      expect(await store.create(one)).toBe(true);
      expect(await store.get(one.id)).toEqual(one);
      expect((await store.list()).map(({ id }) => id)).toEqual([one.id, two.id]);
      expect(await store.state(one.id)).toEqual(firstState(Date.parse(one.createdAt)));
      expect(await store.remove(one.id)).toBe(true);
      expect(await store.remove(one.id)).toBe(false);
      expect(await store.get(one.id)).toBeUndefined();
      expect(await store.state(one.id)).toBeUndefined();
      expect(await store.lease(one.id, 'token', 1_000)).toBeUndefined();
      await store.remove(two.id);
    });

    it('are bounded for each owner', async () => {
      const own = Array.from({ length: searchesPerOwnerMax }, () => savedSearch({ owner: 'greedy' }));
      for (const search of own) expect(await store.create(search)).toBe(true);
      expect(await store.create(savedSearch({ owner: 'greedy' }))).toBe(false);
      expect(await store.create(savedSearch({ owner: 'modest' }))).toBe(true);
      await store.remove(own[0]?.id ?? '');
      expect(await store.create(savedSearch({ owner: 'greedy' }))).toBe(true);
    });

    it('are worked on by one at a time, and nobody writes who has lost his turn', async () => {
      const search = savedSearch();
      await store.create(search);
      const state = await store.lease(search.id, 'first', 60_000);
      if (state === undefined) throw new Error('nobody has it');
      expect(await store.lease(search.id, 'second', 60_000)).toBeUndefined();
      await store.release(search.id, 'second');
      expect(await store.commit(search.id, 'second', { state: { ...state, failures: 9 } })).toBe(false);
      expect(await store.commit(search.id, 'first', { state: { ...state, failures: 1 } })).toBe(true);
      await store.release(search.id, 'first');
      expect(await store.lease(search.id, 'second', 60_000)).toMatchObject({ failures: 1 });
      expect(await store.commit(search.id, 'first', { state })).toBe(false);
      await store.remove(search.id);
      expect(await store.commit(search.id, 'second', { state })).toBe(false);
      expect(await store.state(search.id)).toBeUndefined();
    });

    it('remember what was delivered as far back as it matters, and the last attempts', async () => {
      const search = savedSearch();
      await store.create(search);
      const state = await store.lease(search.id, 'token', 60_000);
      if (state === undefined) throw new Error('nobody has it');
      const attempt = { at: search.createdAt, delivery: 'd', articles: 1, outcome: 'delivered', tookMs: 1 } as const;
      await store.commit(search.id, 'token', {
        state: { ...state, fromMs: 10 },
        seen: [
          ['old', 9],
          ['edge', 10],
          ['new', 11],
        ],
      });
      expect(await store.unseen(search.id, ['old', 'edge', 'new', 'other'])).toEqual(new Set(['old', 'other']));
      expect(await store.unseen(search.id, [])).toEqual(new Set());
      for (let n = 1; n <= logMax + 5; n += 1) {
        await store.commit(search.id, 'token', { state, attempt: { ...attempt, attempt: n } });
      }
      const log = await store.log(search.id);
      expect([log.length, log[0]?.attempt, log.at(-1)?.attempt]).toEqual([logMax, logMax + 5, 6]);
    });

    it('go on when they are resumed, with what was waiting', async () => {
      const search = savedSearch();
      await store.create(search);
      const state = await store.lease(search.id, 'token', 60_000);
      if (state === undefined) throw new Error('nobody has it');
      const pending = {
        id: 'd',
        content: '{"名":"兰州\\u0000/"}',
        items: [['a', 1_774_000_000_123]],
        thenFromMs: 1_774_000_000_456,
      } as const;
      const stopped = {
        failures: 4,
        nextAtMs: 1_774_000_009_999,
        failingSinceMs: 5,
        suspended: { atMs: 6, reason: 'gone' },
      };
      await store.commit(search.id, 'token', { state: { ...state, ...stopped, pending } });
      await store.release(search.id, 'token');
      expect(await store.resume(search.id, 1_774_000_000_789)).toBe(true);
      expect(await store.state(search.id)).toEqual({ ...state, pending, failures: 0, nextAtMs: 1_774_000_000_789 });
      expect(await store.resume('none', 1)).toBe(false);
    });
  });
}
