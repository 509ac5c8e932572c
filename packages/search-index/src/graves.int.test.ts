import { randomUUID } from 'node:crypto';
import { expect, inject, it } from 'vitest';
import { createElasticsearchClient, createElasticsearchIndex } from './elasticsearch.ts';
import { fixtureArticle } from './fixture.ts';
import { indexNames } from './names.ts';

it('writes a document again that somebody deleted, and does not call it done before', async () => {
  const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
  const prefix = `graves-${randomUUID().slice(0, 8)}-`;
  const index = createElasticsearchIndex({ client, prefix });
  const { alias } = indexNames(prefix);
  const article = fixtureArticle({ url: 'https://news.example.com/1' });
  try {
    await index.ensure();
    expect(await index.write([article])).toEqual([{ type: 'indexed' }]);
    // As an index that an older version made.
    await client.indices.putSettings({ index: alias, settings: { 'index.gc_deletes': '60s' } });
    await client.delete({ index: alias, id: article.id, refresh: true });
    expect(await index.write([article])).toMatchObject([{ type: 'retry', status: 409 }]);
    await client.indices.putSettings({ index: alias, settings: { 'index.gc_deletes': '0s' } });
    while ((await index.write([article]))[0]?.type === 'retry') await index.refresh();
    expect((await index.get(article.id))?.article.url).toBe(article.url);
  } finally {
    await index.drop();
    await client.close();
  }
});
