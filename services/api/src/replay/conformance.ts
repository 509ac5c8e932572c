import { expect, it } from 'vitest';
import type { Replay, ReplayStore } from './store.ts';

/** What every ReplayStore does; `create` gives an empty one. */
export function replayStoreConformance(name: string, create: () => ReplayStore): void {
  const replay: Replay = {
    ...{ id: 'one', state: 'running', choice: { host: 'www.a.test', from: 1_767_225_600_000 }, startedAt: 5 },
    ...{ documents: 3, looked: 0, queued: 0, filtered: 0, leftAlone: 0 },
  };

  it(`${name}: one replay runs at a time, and the last one stays`, async () => {
    const store = create();
    expect(await store.load()).toBeUndefined();
    expect(await store.lease('me', 60_000)).toBeUndefined();
    expect(await store.cancel(7)).toBe(false);
    expect(await store.begin(replay)).toBe(true);
    expect(await store.begin({ ...replay, id: 'two' })).toBe(false);
    expect(await store.load()).toEqual(replay);
    expect(await store.cancel(7)).toBe(true);
    expect(await store.cancel(8)).toBe(false);
    expect(await store.load()).toEqual({ ...replay, state: 'cancelled', endedAt: 7 });
    const { choice: _, ...all } = replay;
    expect(await store.begin({ ...all, id: 'three', choice: {} })).toBe(true);
    expect(await store.load()).toEqual({ ...all, id: 'three', choice: {} });
  });

  it(`${name}: a replay is worked on by one at a time, and nobody writes who has lost it`, async () => {
    const store = create();
    await store.begin(replay);
    expect(await store.lease('me', 60_000)).toEqual(replay);
    expect(await store.lease('other', 60_000)).toBeUndefined();
    expect(await store.save({ ...replay, looked: 1 }, 'other', 60_000)).toBe(false);
    expect(await store.save({ ...replay, looked: 2, after: 'x' }, 'me', 0)).toBe(true);
    // Who has it may take it again; when its time is over another may.
    expect(await store.lease('me', 0)).toMatchObject({ looked: 2, after: 'x' });
    expect(await store.lease('other', 60_000)).toMatchObject({ looked: 2 });
    expect(await store.save({ ...replay, looked: 3 }, 'me', 60_000)).toBe(false);
    expect(await store.save({ ...replay, looked: 3, state: 'done', endedAt: 9 }, 'other', 60_000)).toBe(true);
    expect(await store.load()).toMatchObject({ looked: 3, state: 'done', endedAt: 9 });
    expect(await store.lease('other', 60_000)).toBeUndefined();
    expect(await store.cancel(10)).toBe(false);
  });

  it(`${name}: what was cancelled stays so, whoever still works on it`, async () => {
    const store = create();
    await store.begin(replay);
    await store.lease('me', 60_000);
    await store.cancel(7);
    expect(await store.save({ ...replay, looked: 1 }, 'me', 60_000)).toBe(false);
    expect(await store.load()).toMatchObject({ state: 'cancelled', looked: 0 });
  });
}
