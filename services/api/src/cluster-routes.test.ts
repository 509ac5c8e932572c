import { createMemoryIndex } from '@newsmill/search-index';
import { fixtureArticle } from '@newsmill/search-index/testing';
import { Registry } from 'prom-client';
import { beforeAll, expect, it } from 'vitest';
import { createApi } from './app.ts';

let app: Awaited<ReturnType<typeof createApi>>;
const copy = (n: number, fields: object = {}) =>
  fixtureArticle({
    url: `https://site-${n}.example/1`,
    headline: `Story ${n}`,
    clusterId: 'story',
    clusterFirst: n === 2,
    datePublished: `2022-01-2${n}T00:00:00Z`,
    origin: n === 3 ? '兰州晚报' : '兰州日报',
    ...fields,
  });
beforeAll(async () => {
  const index = createMemoryIndex();
  await index.write([1, 2, 3].map((n) => copy(n)));
  await index.write([fixtureArticle({ url: 'https://alone.example/1' })]);
  app = await createApi({ index, balance: async () => ({}), registry: new Registry() });
});
const get = async (url: string) => app.inject({ url });

it('gives all copies of a story, the one that was first, and who wrote it', async () => {
  const cluster = (await get('/clusters/story?size=2')).json();
  expect(cluster).toMatchObject({
    id: 'story',
    total: 3,
    first: { id: copy(2).id, headline: 'Story 2', clusterFirst: true },
    origin: '兰州日报',
    origins: [
      { name: '兰州日报', copies: 2 },
      { name: '兰州晚报', copies: 1 },
    ],
    copies: [{ article: { headline: 'Story 3' } }, { article: { headline: 'Story 2' } }],
  });
  const rest = (await get(`/clusters/story?size=2&cursor=${cluster.nextCursor}`)).json();
  expect(rest.copies.map(({ article }: { article: { headline: string } }) => article.headline)).toEqual(['Story 1']);
  expect(rest.nextCursor).toBeUndefined();
});

it('takes an article without copies for a cluster of its own, and says what is none', async () => {
  const { id } = fixtureArticle({ url: 'https://alone.example/1' });
  expect((await get(`/clusters/${id}`)).json()).toMatchObject({
    total: 1,
    first: { id },
    origin: 'alone.example',
    origins: [],
  });
  expect((await get('/clusters/none')).statusCode).toBe(404);
  for (const query of ['size=0', 'size=x', 'cursor=x', 'q=a']) {
    expect((await get(`/clusters/story?${query}`)).statusCode, query).toBe(400);
  }
});
