import { describe, expect, it } from 'vitest';
import { progressLine, progressOf, skippedByReason, span } from './progress.ts';

const balance = {
  a: { accepted: 2, captured: 1, parsed: 1, indexed: 3, 'skipped:feed': 1, 'skipped:http_404': 2, fetches: 7 },
  b: { indexed: 1, 'quarantined:parser_failed': 1, 'skipped:http_404': 1, fetches: 3 },
};

describe('progressOf', () => {
  it('sums all sources, or those named', () => {
    expect(progressOf(balance)).toEqual({
      discovered: 13,
      fetched: 10,
      parsed: 9,
      indexed: 4,
      skipped: 4,
      quarantined: 1,
      open: 4,
    });
    expect(progressOf(balance, ['b'])).toMatchObject({ discovered: 3, open: 0 });
    expect(progressOf({}, ['c'])).toMatchObject({ discovered: 0, open: 0 });
  });
  it('counts skips by reason', () => {
    expect(skippedByReason(balance)).toEqual([
      ['http_404', 3],
      ['feed', 1],
    ]);
  });
  it('says how long the rest will take', () => {
    expect(progressLine(progressOf(balance), 9_000)).toMatch(/ · 1\.0\/s · ETA 4 s$/);
    expect(progressLine(progressOf({}), 0)).toMatch(/done$/);
  });
  it.each([
    [10, '1 s'],
    [59_400, '59 s'],
    [75_000, '1 min 15 s'],
    [7_260_000, '2 h 1 min'],
  ])('%i ms is %s', (ms, text) => {
    expect(span(ms)).toBe(text);
  });
});
