import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, it, onTestFinished } from 'vitest';
import { createElasticsearchClient, createElasticsearchIndex } from '../elasticsearch.ts';
import { fixtureArticle } from '../fixture.ts';
import { versionsConformance } from './conformance.ts';
import { createElasticsearchVersions } from './elasticsearch.ts';
import { applyRemovedPolicy } from './removed-policy.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
const newPrefix = () => `test-${randomUUID().slice(0, 8)}-`;
afterAll(() => client.close());

versionsConformance('elasticsearch', async () => createElasticsearchVersions({ client, prefix: newPrefix() }));

it('is created once by many processes that start at the same time', async () => {
  const prefix = newPrefix();
  const racers = Array.from({ length: 6 }, () => createElasticsearchVersions({ client, prefix }));
  onTestFinished(async () => racers[0]?.drop());
  expect(await racers[0]?.list('x')).toEqual([]);
  await Promise.all(racers.map((versions) => versions.ensure()));
  expect(await racers[0]?.list('x')).toEqual([]);
});

it('marks removed articles or hides them, in the alias and back again', async () => {
  const prefix = newPrefix();
  const index = createElasticsearchIndex({ client, prefix });
  onTestFinished(() => index.drop());
  await index.ensure();
  const here = fixtureArticle({ url: 'https://a.example/1' });
  const gone = fixtureArticle({ url: 'https://a.example/2', removedAt: '2026-03-02T00:00:00Z' });
  const count = async () => {
    await index.refresh();
    return index.count();
  };
  await applyRemovedPolicy(client, prefix, 'hide');
  expect(await index.write([here, gone])).toEqual([{ type: 'indexed' }, { type: 'indexed' }]);
  expect(await count()).toBe(1);
  expect((await index.search({})).hits.map(({ id }) => id)).toEqual([here.id]);
  expect((await index.get(gone.id))?.article.removedAt).toBe('2026-03-02T00:00:00Z');
  // What was fetched before it was found gone does not bring it back.
  expect(await index.write([fixtureArticle({ url: gone.url })])).toEqual([{ type: 'stale' }]);

  await applyRemovedPolicy(client, prefix, 'mark');
  expect(await count()).toBe(2);
  expect(await index.write([fixtureArticle({ url: 'https://a.example/3' })])).toEqual([{ type: 'indexed' }]);
  await applyRemovedPolicy(client, prefix, 'mark');
  expect(await count()).toBe(3);
});
