import { randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { createElasticsearchClient, createElasticsearchIndex } from '../elasticsearch.ts';
import { sitesConformance } from './conformance.ts';
import { createElasticsearchSites } from './elasticsearch.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
const prefix = `test-${randomUUID().slice(0, 8)}-`;
const index = createElasticsearchIndex({ client, prefix });
afterAll(async () => {
  await index.drop();
  await client.close();
});

sitesConformance('elasticsearch', async () => {
  await index.ensure();
  return {
    sites: createElasticsearchSites({ client, prefix }),
    add: (articles) => index.write(articles.map((article) => ({ indexedAt: '2026-03-09T00:00:00Z', ...article }))),
  };
});
