import { describe, expect, it } from 'vitest';
import { rankOf } from './rank.ts';

type Fields = Parameters<typeof rankOf>[0];
const seen = '2026-01-26T12:00:00Z';
const fields = (over: Partial<Fields>): Fields => ({ repairs: [], firstSeenAt: seen, ...over });

/** Each article comes before the one below it. */
const order: [string, Fields][] = [
  ['published early', fields({ datePublished: '2026-01-26T10:15:00+08:00' })],
  ['published later', fields({ datePublished: '2026-01-26T10:16:00+08:00' })],
  ['no date: when it was first seen', fields({ firstSeenAt: '2026-01-26T02:20:00Z' })],
  [
    'only the day: its end',
    fields({
      datePublished: '2026-01-26T00:00:00+08:00',
      datePublishedPrecision: 'day',
      firstSeenAt: '2026-02-01T00:00:00Z',
    }),
  ],
  [
    'mangled, whatever its date',
    fields({ datePublished: '2020-01-01T00:00:00Z', repairs: ['traditional-to-simplified'] }),
  ],
  ['removed', fields({ datePublished: '2020-01-01T00:00:00Z', removedAt: seen })],
  ['removed and mangled', fields({ removedAt: seen, repairs: ['gloss-damage'] })],
];

describe('rankOf', () => {
  it.each(order.slice(1).map(([name, after], at) => [order[at]?.[0] ?? '', name, order[at]?.[1], after] as const))(
    '%s < %s',
    (_, __, before, after) => {
      expect(rankOf(before ?? fields({}))).toBeLessThan(rankOf(after));
    },
  );

  it('believes no date after the first look, and none before the web', () => {
    const at = Date.parse(seen);
    expect(rankOf(fields({ datePublished: '2030-01-01T00:00:00Z' }))).toBe(at);
    expect(rankOf(fields({ datePublished: '0001-01-01T00:00:00Z' }))).toBe(at);
    expect(rankOf(fields({ datePublished: '1970-01-01T00:00:00Z', repairs: ['wrong-charset'] }))).toBe(at);
    expect(Number.isFinite(rankOf({ repairs: [] }))).toBe(true);
  });
});
