import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, it } from 'vitest';
import { type Kind, kinds } from '../../../test/bench/relevance/judged-queries.ts';
import { runJudged, withJudgedIndex, withoutFreshness } from '../../../test/bench/relevance/run.ts';
import { createElasticsearchClient } from './elasticsearch.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
afterAll(() => client.close());

it('finds what people look for, by every kind of query', async () => {
  await withJudgedIndex(client, `test-${randomUUID().slice(0, 8)}-`, async (search) => {
    const [fresh, plain] = [await runJudged(search), await runJudged(search, withoutFreshness)];
    const poor = [...fresh.byKind].filter(([, { ndcg }]) => ndcg < 0.88).map(([kind, { ndcg }]) => [kind, ndcg]);
    expect(poor).toEqual([]);
    expect([...fresh.byKind.keys()]).toEqual(Object.keys(kinds) as Kind[]);
    expect(fresh.mean.ndcg).toBeGreaterThan(0.95);
    expect(plain.mean.ndcg - fresh.mean.ndcg).toBeLessThan(0.01);
  });
});
