import { createMemoryIndex } from '@newsmill/search-index';
import { fixtureArticle, fixtureArticles } from '@newsmill/search-index/testing';
import { Registry } from 'prom-client';
import { beforeAll, expect, it } from 'vitest';
import { parseFeed } from '../../../packages/core/src/feed/index.ts';
import { createApi } from './app.ts';

const { simplified, traditional } = fixtureArticles;
const hostile = fixtureArticle({
  url: 'https://hostile.example/?a=1&b=2',
  headline: '<script>]]>&amp; \u0000\u000b\ud800 恶意"',
  description: '<img src=x onerror=alert(1)>',
  datePublished: '0001-01-01T00:00:00Z',
  keywords: Array.from({ length: 10_000 }, (_, n) => `词${n}`),
});
let api: Awaited<ReturnType<typeof createApi>>;

beforeAll(async () => {
  const index = createMemoryIndex();
  await index.write([...Object.values(fixtureArticles), hostile]);
  const publicUrl = 'https://news.example.org';
  api = await createApi({ index, balance: async () => ({}), registry: new Registry(), publicUrl });
});

const formats = ['rss', 'atom', 'json'] as const;
const get = (format: string, query = '', headers = {}) => api.inject({ url: `/feed.${format}?${query}`, headers });

/** Read by the reader of our own crawler. */
function read(text: string) {
  const feed = parseFeed(text, 'https://news.example.org/');
  if ('failed' in feed) throw new Error(feed.failed);
  return feed;
}

it.each(formats)('%s holds what the search finds, the newest first', async (format) => {
  const answer = await get(format, `q=${encodeURIComponent('品質學校')}`);
  expect(answer.headers['content-type']).toMatch(
    { rss: /^application\/rss\+xml/, atom: /^application\/atom\+xml/, json: /^application\/feed\+json/ }[format],
  );
  const feed = read(answer.body);
  expect(feed.title).toBe('品質學校 · newsmill');
  expect(feed.items.map(({ url }) => url)).toEqual([traditional.url, simplified.url]);
  expect(feed.items[1]).toMatchObject({ title: simplified.headline });
  expect(Date.parse(feed.items[1]?.datePublished ?? '')).toBe(Date.parse(simplified.datePublished ?? ''));
  expect(answer.body).toContain(`https://news.example.org/feed.${format}?q=`);
});

it.each(formats)('%s survives what a page may print', async (format) => {
  const answer = await get(format, 'site=hostile.example');
  expect(answer.statusCode).toBe(200);
  const [item] = read(answer.body).items;
  expect(item?.url).toBe(hostile.url);
  expect(item?.title).toMatch(/\]\]>&amp;.*恶意/s);
  expect(answer.body.length).toBeLessThan(5_000);
  if (format !== 'json') expect(answer.body).not.toMatch(/<script|<img|[\u0000\u000b\ufffe]/);
});

it('is not sent again to who has it, and says what is wrong', async () => {
  const etag = String((await get('atom')).headers.etag);
  expect((await get('atom', '', { 'if-none-match': etag })).statusCode).toBe(304);
  expect((await get('atom', 'size=2', { 'if-none-match': etag })).statusCode).toBe(200);
  const wrong = await get('rss', 'size=1000');
  expect([wrong.statusCode, wrong.json().field]).toEqual([400, 'size']);
  expect(read((await get('rss', `size=2&sort=relevance`)).body).items).toHaveLength(2);
  expect(read((await get('json', 'q=zebra')).body).items).toEqual([]);
});

it('names the address that the reader used, unless that is none', async () => {
  const index = createMemoryIndex();
  const open = await createApi({ index, balance: async () => ({}), registry: new Registry() });
  const at = async (host: string) => (await open.inject({ url: '/feed.json', headers: { host } })).json().feed_url;
  expect(await at('a.example:8080')).toBe('http://a.example:8080/feed.json');
  expect(await at('"><x')).toBe('http://localhost/feed.json');
});
