import { describe, expect, it } from 'vitest';
import { freshnessMs } from './freshness.ts';

describe('freshnessMs', () => {
  it.each<[Record<string, string>, number | undefined]>([
    [{}, undefined],
    [{ 'Cache-Control': 'public, max-age=300' }, 300_000],
    [{ 'cache-control': 'MAX-AGE="60", must-revalidate' }, 60_000],
    [{ 'cache-control': 's-maxage=600' }, undefined],
    [{ 'cache-control': 'no-cache, max-age=300' }, undefined],
    [{ 'cache-control': 'no-store' }, undefined],
    [{ expires: 'Thu, 01 Jan 2026 01:00:00 GMT', date: 'Thu, 01 Jan 2026 00:00:00 GMT' }, 3_600_000],
    [{ expires: 'Thu, 01 Jan 2026 00:00:00 GMT', date: 'Thu, 01 Jan 2026 01:00:00 GMT' }, undefined],
    [{ expires: '0', date: 'Thu, 01 Jan 2026 01:00:00 GMT' }, undefined],
    [
      {
        'cache-control': 'max-age=10',
        expires: 'Fri, 01 Jan 2027 00:00:00 GMT',
        date: 'Thu, 01 Jan 2026 00:00:00 GMT',
      },
      10_000,
    ],
  ])('%j: %s', (headers, wanted) => {
    expect(freshnessMs({ headers: Object.entries(headers) })).toBe(wanted);
  });
});
