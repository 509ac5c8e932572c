import {
  type AlertState,
  type DeliveryAttempt,
  firstState,
  logMax,
  type SavedSearch,
  searchesMax,
  searchesPerOwnerMax,
} from './saved-search.ts';
import type { AlertStore } from './store.ts';

interface Kept {
  readonly search: SavedSearch;
  state: AlertState;
  log: DeliveryAttempt[];
  readonly seen: Map<string, number>;
  lease: { readonly token: string; readonly untilMs: number } | undefined;
}

/** For tests. */
export function createMemoryAlertStore(clock: () => number = Date.now): AlertStore {
  const kept = new Map<string, Kept>();
  const held = (id: string, token: string): Kept | undefined => {
    const found = kept.get(id);
    return found?.lease?.token === token && found.lease.untilMs > clock() ? found : undefined;
  };
  return {
    async create(search) {
      const all = [...kept.values()];
      const own = all.filter((each) => each.search.owner === search.owner);
      if (own.length >= searchesPerOwnerMax || all.length >= searchesMax) return false;
      const state = firstState(Date.parse(search.createdAt));
      kept.set(search.id, { search, state, log: [], seen: new Map(), lease: undefined });
      return true;
    },
    get: async (id) => kept.get(id)?.search,
    list: async () =>
      [...kept.values()]
        .map(({ search }) => search)
        .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1)),
    remove: async (id) => kept.delete(id),
    state: async (id) => kept.get(id)?.state,
    log: async (id) => kept.get(id)?.log ?? [],
    async resume(id, now) {
      const found = kept.get(id);
      if (found === undefined) return false;
      const { suspended: _, failingSinceMs: __, ...state } = found.state;
      found.state = { ...state, failures: 0, nextAtMs: now };
      return true;
    },
    async lease(id, token, ttlMs) {
      const found = kept.get(id);
      if (found === undefined || (found.lease !== undefined && found.lease.untilMs > clock())) return undefined;
      found.lease = { token, untilMs: clock() + ttlMs };
      return found.state;
    },
    async commit(id, token, { state, seen = [], attempt }) {
      const found = held(id, token);
      if (found === undefined) return false;
      found.state = state;
      for (const [article, atMs] of seen) found.seen.set(article, atMs);
      for (const [article, atMs] of found.seen) if (atMs < state.fromMs) found.seen.delete(article);
      if (attempt !== undefined) found.log = [attempt, ...found.log].slice(0, logMax);
      return true;
    },
    async release(id, token) {
      const found = held(id, token);
      if (found !== undefined) found.lease = undefined;
    },
    unseen: async (id, articleIds) => new Set(articleIds.filter((each) => !kept.get(id)?.seen.has(each))),
  };
}
