import type { Replay, ReplayStore } from './store.ts';

/** For tests. */
export function createMemoryReplayStore(clock: () => number = Date.now): ReplayStore {
  let replay: Replay | undefined;
  let turn: { readonly token: string; readonly untilMs: number } | undefined;
  return {
    load: async () => replay,
    async begin(next) {
      if (replay?.state === 'running') return false;
      replay = next;
      turn = undefined;
      return true;
    },
    async lease(token, ttlMs) {
      if (replay?.state !== 'running') return undefined;
      if (turn !== undefined && turn.token !== token && turn.untilMs > clock()) return undefined;
      turn = { token, untilMs: clock() + ttlMs };
      return replay;
    },
    async save(next, token, ttlMs) {
      if (replay?.state !== 'running' || turn?.token !== token) return false;
      replay = next;
      turn = { token, untilMs: clock() + ttlMs };
      return true;
    },
    async cancel(endedAt) {
      if (replay?.state !== 'running') return false;
      replay = { ...replay, state: 'cancelled', endedAt };
      return true;
    },
  };
}
