import { expect, it } from 'vitest';
import { silentSince } from './silence.ts';

const day = 86_400_000;
const now = Date.parse('2026-06-01T12:00:00Z');
const daily = (count: number) => Array.from({ length: 28 }, () => count);
/** Days of news and days of none, in turn, the last one being yesterday. */
const rhythm = (news: number, rest: number, count: number) =>
  Array.from({ length: 28 }, (_, at) => ((27 - at) % (news + rest) >= rest ? count : 0));

it.each<[string, number[], daysAgo: number, silent: boolean]>([
  ['a portal, after some hours', daily(200), 0.9, false],
  ['a portal, after more than a day', daily(200), 1.1, true],
  ['a small daily, after a day', daily(3), 1.4, false],
  ['a small daily, after two days', daily(3), 2, true],
  ['one that rests at weekends, on Monday', rhythm(5, 2, 8), 3, false],
  ['one that rests at weekends, after a week', rhythm(5, 2, 8), 7, true],
  ['a weekly, after eight days', rhythm(1, 6, 10), 8, false],
  ['a weekly, after eleven days', rhythm(1, 6, 10), 11, true],
  ['one that was added three days ago', [...Array(25).fill(0), 50, 50, 0], 2, false],
  ['one of which hardly anything is known', [...Array(10).fill(0), 5, ...Array(17).fill(0)], 17, false],
  ['one that never brought anything', daily(0), 30, false],
])('%s', (_, days, daysAgo, silent) => {
  expect(silentSince({ days, lastAt: now - daysAgo * day }, now) !== undefined).toBe(silent);
});
