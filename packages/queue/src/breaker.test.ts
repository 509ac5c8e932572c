import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createBreaker } from './breaker.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched() {
  const calls: string[] = [];
  const breaker = createBreaker({ open: () => calls.push('rest'), close: () => calls.push('work') });
  return { calls, breaker };
}

it('lets single errors pass, and gives a rest after three in a row', () => {
  const { calls, breaker } = watched();
  breaker.failed();
  breaker.failed();
  breaker.worked();
  breaker.failed();
  breaker.failed();
  expect(calls).toEqual([]);
  breaker.failed();
  breaker.failed();
  expect(calls).toEqual(['rest']);
  expect(breaker.isOpen).toBe(true);
  vi.advanceTimersByTime(500);
  expect(calls).toEqual(['rest', 'work']);
  expect(breaker.isOpen).toBe(false);
});

it('rests longer each time, up to five seconds, until something works', () => {
  const { calls, breaker } = watched();
  const rests: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const start = Date.now();
    while (!breaker.isOpen) breaker.failed();
    vi.runOnlyPendingTimers();
    rests.push(Date.now() - start);
  }
  expect(rests).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  breaker.worked();
  for (let error = 0; error < 3; error += 1) breaker.failed();
  vi.advanceTimersByTime(500);
  expect(calls.at(-1)).toBe('work');
});

it('does not wake a worker that has ended', () => {
  const { calls, breaker } = watched();
  for (let error = 0; error < 3; error += 1) breaker.failed();
  breaker[Symbol.dispose]();
  vi.runAllTimers();
  expect(calls).toEqual(['rest']);
});
