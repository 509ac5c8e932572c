import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, it } from 'vitest';
import { type Kind, kinds } from '../../../test/bench/relevance/judged-queries.ts';
import { judgedSets } from '../../../test/bench/relevance/judged-sets.ts';
import { runJudged, withJudgedIndex } from '../../../test/bench/relevance/run.ts';
import { createElasticsearchClient } from './elasticsearch.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
afterAll(() => client.close());

it.each(Object.entries(judgedSets))('finds what people look for, by every kind of query: %s', async (_, set) => {
  await withJudgedIndex(client, `test-${randomUUID().slice(0, 8)}-`, set, async (search) => {
    const [fresh, plain] = [await runJudged(search.fresh, set), await runJudged(search.plain, set)];
    const poor = [...fresh.byKind].filter(([, { ndcg }]) => ndcg < 0.9).map(([kind, { ndcg }]) => [kind, ndcg]);
    expect(poor).toEqual([]);
    expect([...fresh.byKind.keys()]).toEqual(Object.keys(kinds) as Kind[]);
    expect(fresh.mean.ndcg).toBeGreaterThan(0.96);
    expect(plain.mean.ndcg - fresh.mean.ndcg).toBeLessThan(0.01);
  });
});
