import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it('doubles, is capped, and spreads over its upper half', () => {
  const backoff = { baseMs: 1_000, maxMs: 60_000 };
  expect([1, 2, 3, 4].map((attempt) => backoffMs(backoff, attempt, 0))).toEqual([500, 1_000, 2_000, 4_000]);
  expect(backoffMs(backoff, 100, 0.999)).toBeLessThanOrEqual(60_000);
  expect(backoffMs(backoff, 100, 0)).toBe(30_000);
});
