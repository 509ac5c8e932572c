import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Figures, needsOf, withTables } from './bench/sizing/plan.ts';

const read = (file: string): string => readFileSync(new URL(`../docs/${file}`, import.meta.url), 'utf8');
const figures = JSON.parse(read('sizing.json')) as Figures;

it('docs/sizing.md shows what follows from docs/sizing.json', () => {
  expect(read('sizing.md')).toBe(withTables(read('sizing.md'), figures));
  expect(read('sizing.md')).toContain('| 100 million |');
});

it('reckons as the page says', () => {
  const needs = needsOf(
    {
      measured: {
        ...{ crawlerMsPerFetch: 1, parserMsPerPage: 10, indexerMsPerArticle: 2, elasticsearchMsPerArticle: 5 },
        ...{ redisMsPerPage: 0.5, redisBytesPerUrl: 40, redisBytesPerRecentArticle: 500, redisBytesPerHost: 50_000 },
        ...{ elasticsearchBytesPerArticle: 10_000, archiveBytesPerPage: 30_000 },
      },
      assumed: {
        ...{ urlsPerArticle: 2, rechecksPerArticle: 4, changedShare: 0.25, peak: 3, busyShare: 0.5 },
        ...{ monthsKept: 12, replicas: 2, hostsPerMillion: 100 },
      },
    },
    // A fetch every second, were each article fetched once.
    30 * 86_400,
  );
  expect(needs.fetchesPerSecond).toBe(6);
  // 6 fetches of 1 ms a second, six times for the peak; 3 pages of 10 ms.
  expect(needs.cores.crawler).toBeCloseTo(0.036);
  expect(needs.cores.parser).toBeCloseTo(0.18);
  expect(needs.redisBytes).toBeCloseTo(2_592_000 * (12 * 2 * 40 + 500) + 2.592 * 100 * 50_000);
  expect(needs.archiveBytes).toBe(2_592_000 * 3 * 12 * 30_000);
});
