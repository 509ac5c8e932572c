import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createElasticsearchClient, createElasticsearchIndex } from '@newsmill/search-index';
import { fixtureArticles } from '@newsmill/search-index/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createApi } from './app.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
const index = createElasticsearchIndex({ client, prefix: `test-${randomUUID().slice(0, 8)}-` });
let app: Awaited<ReturnType<typeof createApi>>;
let base: string;

beforeAll(async () => {
  await index.ensure();
  await index.write(Object.values(fixtureArticles));
  await index.refresh();
  app = await createApi({ index, balance: async () => ({}), registry: new Registry() });
  await app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await app.close();
  await index.drop();
  await client.close();
});

it('finds both scripts over real HTTP in real Elasticsearch', async () => {
  const answer = await fetch(`${base}/search?q=${encodeURIComponent('蘭州 品质学校')}`);
  expect(answer.status).toBe(200);
  const { hits, total } = (await answer.json()) as {
    hits: { id: string; highlights: { headline: string } }[];
    total: number;
  };
  expect(total).toBe(2);
  expect(hits.map(({ highlights }) => highlights.headline).sort()).toEqual([
    '<em>兰州</em>将打造一批<em>品质学校</em>',
    '<em>蘭州</em>擬打造一批<em>品質學校</em>',
  ]);
  const page = await (await fetch(`${base}/?q=${encodeURIComponent('ＡＩ')}`)).text();
  expect(page).toContain('<em>AI</em> models &lt;b&gt;reshape');
});

it('gives the article that was indexed', async () => {
  const { simplified } = fixtureArticles;
  const answer = await fetch(`${base}/articles/${simplified.id}`);
  expect(await answer.json()).toEqual({ ...simplified, clusterId: simplified.id });
  const etag = answer.headers.get('etag') ?? '';
  expect((await fetch(`${base}/articles/${simplified.id}`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  expect((await fetch(`${base}/articles/${'长'.repeat(300)}`)).status).toBe(404);
});

it('survives a query that no browser would send', async () => {
  expect((await fetch(`${base}/search?q=${'%00'.repeat(300)}`)).status).toBe(200);
  expect((await fetch(`${base}/search?q=${'*'.repeat(1000)}`)).status).toBe(400);
  const huge = await fetch(`${base}/search?q=${'x'.repeat(100_000)}`);
  expect(huge.status).toBe(431);
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
});

it('shows filters, similar articles and feeds of what Elasticsearch holds', async () => {
  const { simplified, traditional } = fixtureArticles;
  const text = async (path: string) => (await fetch(base + path, { headers: { 'accept-language': 'zh' } })).text();
  const page = await text(`/?q=${encodeURIComponent('学校')}&facets=site`);
  expect(page).toContain('<span>香江日報</span><span class="count">1</span>');
  expect(page).toContain('<span>繁体中文</span>');
  expect(page.match(/<article class="hit"/g)).toHaveLength(2);
  expect(await text(`/read/${simplified.id}`)).toContain(`/read/${traditional.id}`);
  expect(await text(`/?q=${encodeURIComponent('品質學效')}`)).toMatch(/您要找的是不是 <a [^>]*>品[质質][学學]校</);
  const feed = await text(`/feed.atom?q=${encodeURIComponent('品质学校')}`);
  expect(feed.match(/<entry>/g)).toHaveLength(2);
  expect(feed).toContain('<summary>');
  const completions = await (await fetch(`${base}/complete?q=${encodeURIComponent('打造')}`)).json();
  expect(completions).toMatchObject({ completions: [{}, {}] });
});
