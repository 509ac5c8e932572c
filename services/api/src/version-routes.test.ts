import { createMemoryIndex, createMemoryVersions, formerVersion } from '@newsmill/search-index';
import { fixtureArticles } from '@newsmill/search-index/testing';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createApi } from './app.ts';

const { simplified, english } = fixtureArticles;

async function setUp() {
  const index = createMemoryIndex();
  const versions = createMemoryVersions();
  const changed = { ...simplified, contentHash: 'other', headline: '更正', fetchedAt: '2026-03-02T00:00:00Z' };
  const former = formerVersion(simplified, changed);
  await index.write([changed, english]);
  if (former) await versions.write([former]);
  return createApi({ index, versions, balance: async () => ({}), registry: new Registry() });
}

it('gives the former states of an article', async () => {
  const app = await setUp();
  const get = async (id: string) => app.inject({ url: `/articles/${id}/versions` });
  const { versions } = (await get(simplified.id)).json();
  expect(versions).toMatchObject([
    { articleId: simplified.id, headline: simplified.headline, changes: { headline: true, paragraphsChanged: 0 } },
  ]);
  expect((await get(english.id)).json()).toEqual({ versions: [] });
  const missing = await get('nobody');
  expect([missing.statusCode, missing.json().title]).toEqual([404, 'Not found']);
  expect((await app.inject({ url: '/openapi.json' })).json().paths).toHaveProperty(['/articles/{id}/versions']);
});
