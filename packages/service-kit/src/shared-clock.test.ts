import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startSharedClock } from './shared-clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A Redis whose clock says `seconds`, and whose answer takes as long as told. */
function fakeRedis(counter: { ms: number }) {
  const redis = {
    seconds: 1_000,
    takesMs: 0,
    time: async () => {
      counter.ms += redis.takesMs;
      if (redis.seconds < 0) throw new Error('away');
      return [redis.seconds, 250_000] as [number, number];
    },
  };
  return redis;
}

it('tells Redis’ time, carried on by a counter, whatever the machine’s own clock says', async () => {
  const counter = { ms: 5 };
  const redis = fakeRedis(counter);
  using clock = await startSharedClock(redis as never, () => counter.ms);
  expect(clock.now()).toBe(1_000_250);
  counter.ms += 40;
  vi.setSystemTime(0);
  expect(clock.now()).toBe(1_000_290);
});

it('compares now and then, and goes on alone while Redis is away or slow', async () => {
  const counter = { ms: 0 };
  const redis = fakeRedis(counter);
  using clock = await startSharedClock(redis as never, () => counter.ms);
  redis.seconds = 2_000;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(clock.now()).toBe(2_000_250);
  redis.seconds = -1;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(clock.now()).toBe(2_000_250);
  redis.seconds = 9_000;
  redis.takesMs = 3_000;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(clock.now()).toBe(2_003_250);
});
