import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createBreaker } from './breaker.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const error = new Error('READONLY');

function watched() {
  const calls: string[] = [];
  const breaker = createBreaker({ open: () => calls.push('rest'), close: () => calls.push('work') });
  return { calls, breaker };
}

it('lets single errors pass, and gives a rest after three in a row', () => {
  const { calls, breaker } = watched();
  breaker.failed(error);
  breaker.failed(error);
  breaker.worked();
  breaker.failed(error);
  breaker.failed(error);
  expect(calls).toEqual([]);
  breaker.failed(error);
  breaker.failed(error);
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
    while (!breaker.isOpen) breaker.failed(error);
    vi.runOnlyPendingTimers();
    rests.push(Date.now() - start);
  }
  expect(rests).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  breaker.worked();
  for (let count = 0; count < 3; count += 1) breaker.failed(error);
  vi.advanceTimersByTime(500);
  expect(calls.at(-1)).toBe('work');
});

it('says what it meets until something works, or nothing is met any more', () => {
  const { breaker } = watched();
  breaker.failed(error);
  expect(breaker.trouble).toBeUndefined();
  for (let count = 0; count < 2; count += 1) breaker.failed(error);
  expect(breaker.trouble).toBe('READONLY');
  // Its rest is over, and what it tries has neither failed nor worked so far.
  vi.advanceTimersByTime(500);
  expect(breaker.trouble).toBe('READONLY');
  breaker.worked();
  expect(breaker.trouble).toBeUndefined();
  for (let count = 0; count < 3; count += 1) breaker.failed(error);
  vi.advanceTimersByTime(6_001);
  expect(breaker.trouble).toBeUndefined();
});

it('does not wake a worker that has ended', () => {
  const { calls, breaker } = watched();
  for (let count = 0; count < 3; count += 1) breaker.failed(error);
  breaker[Symbol.dispose]();
  vi.runAllTimers();
  expect(calls).toEqual(['rest']);
});
