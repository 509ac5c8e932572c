import type { IndexInspection } from '@newsmill/search-index';
import { expect, it } from 'vitest';
import { inspectionText, isFine } from './index-check.ts';
import { reportText, stepText } from './reindex.ts';

const fine: IndexInspection = {
  name: 'articles',
  alias: 'articles',
  index: 'articles-v1-000001',
  documents: 3,
  differences: [],
  writesBlocked: false,
};

it('tells what to do about an index', () => {
  expect(isFine(fine)).toBe(true);
  expect(inspectionText(fine)).toBe('articles → articles-v1-000001 · 3 documents\nThe index is what the code wants.');
  const old = { ...fine, differences: ['body is absent'] };
  expect(isFine(old)).toBe(false);
  expect(inspectionText(old)).toMatch(
    /1 difference .*\n {2}body is absent\nBring it up to date with: newsmill reindex$/,
  );
  expect(inspectionText({ ...old, name: 'article-versions' })).toMatch(
    /with: newsmill reindex --index article-versions$/,
  );
  const reindex = {
    kind: 'reindex',
    from: 'a-1',
    to: 'a-2',
    startedAt: '2026-01-01T00:00:00Z',
    filled: false,
  } as const;
  const interrupted = { ...old, writesBlocked: true, reindex };
  expect(isFine({ ...fine, reindex })).toBe(false);
  expect(inspectionText(interrupted)).toMatch(/newsmill reindex --resume\nWriters wait until it has ended\.$/);
  const replay = { ...reindex, kind: 'replay' } as const;
  expect(inspectionText({ ...fine, reindex: replay })).toMatch(/newsmill replay --resume or --abandon$/);
  expect(inspectionText({ ...fine, reindex: { ...replay, filled: true } })).toMatch(
    /lies in a-2 beside the live index: newsmill replay --switch or --abandon$/,
  );
  expect(isFine({ ...fine, writesBlocked: true })).toBe(false);
  expect(inspectionText({ ...fine, writesBlocked: true })).toContain('full disk');
});

it('tells how far a reindex is and what became of it', () => {
  const at = { from: 'a-1', to: 'a-2', documents: 500, fraction: 0.25, documentsPerSecond: 100 };
  expect(stepText({ ...at, step: 'copying', etaMs: 15_000 })).toBe(
    'copying a-1 → a-2 · 500 documents · 25 % · 100/s · ETA 15 s',
  );
  expect(stepText({ ...at, step: 'frozen' })).toBe('a-1 → a-2 · writers wait for the last documents');
  expect(reportText({ type: 'nothing-to-do', index: 'a-1' })).toBe('a-1 is what the code wants: nothing to do.');
  const report = { type: 'done', from: 'a-1', to: 'a-2', documents: 9, copied: 10, writesPausedMs: 80 } as const;
  expect(reportText({ ...report, tookMs: 2_000, oldIndex: 'deleted' })).toBe(
    'a-2 has taken the place of a-1, which was deleted.\n9 documents (10 copied by this run) · 2 s · writers waited 80 ms',
  );
});
