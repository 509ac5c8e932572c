import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect } from 'node:net';
import type { Article } from '@newsmill/contracts';
import {
  createElasticsearchClient,
  createElasticsearchIndex,
  createElasticsearchSites,
  createElasticsearchVersions,
} from '@newsmill/search-index';
import { fixtureArticle, fixtureArticles } from '@newsmill/search-index/testing';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createApi } from './app.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
const prefix = `test-${randomUUID().slice(0, 8)}-`;
const index = createElasticsearchIndex({ client, prefix });
const sites = createElasticsearchSites({ client, prefix });
const versions = createElasticsearchVersions({ client, prefix });
let app: Awaited<ReturnType<typeof createApi>>;
let port: number;

/** Documents that no newspaper prints and some page claims. */
const odd: readonly Article[] = [
  fixtureArticle({
    url: 'https://odd.example/headline',
    headline: '长'.repeat(350_000),
    datePublished: '0001-01-01T00:00:00Z',
  }),
  fixtureArticle({
    url: 'https://odd.example/keywords',
    headline: 'Ten thousand keywords',
    keywords: Array.from({ length: 10_000 }, (_, n) => `keyword ${n}`),
    datePublished: '9999-12-31T23:59:59Z',
  }),
  fixtureArticle({
    url: 'https://odd.example/nul',
    headline: 'NUL \u0000 and \ud800 alone',
    body: 'a\u0000b \udfff c',
    keywords: ['\u0000'],
  }),
  fixtureArticle({
    url: 'https://odd.example/long-keyword',
    headline: 'One long keyword',
    keywords: ['k'.repeat(100_000)],
  }),
];

beforeAll(async () => {
  await index.ensure();
  await sites.ensure();
  await versions.ensure();
  expect(await index.write([...Object.values(fixtureArticles), ...odd])).toEqual(
    Array.from({ length: 8 }, () => ({ type: 'indexed' })),
  );
  await index.refresh();
  await sites.learn(['odd.example'], Date.now());
  await sites.refresh();
  app = await createApi({ index, sites, versions, balance: async () => ({}), registry: new Registry() });
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await app.close();
  await sites.drop();
  await versions.drop();
  await index.drop();
  await client.close();
});
/** Whatever was asked: the cluster is well, and nothing is lost. */
afterEach(async () => {
  expect((await client.cluster.health({ index: `${prefix}*` })).status).toBe('green');
  expect(await index.count()).toBe(8);
  expect((await get('/healthz')).status).toBe(200);
});

const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);

/** Sends bytes as they are, which `fetch` would not; the status, or undefined when the server just hangs up. */
function raw(text: string | Buffer): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
    });
    const end = () => {
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(answer) ?? [];
      resolve(status === undefined ? undefined : Number(status));
    };
    socket.on('close', end);
    socket.on('error', end);
    socket.write(text);
  });
}
const rawGet = (target: string) => raw(`GET ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);

describe('the API on Elasticsearch', () => {
  it('does not read a query of ten megabytes, nor a body of ten', async () => {
    expect([undefined, 413, 414, 431]).toContain(await rawGet(`/search?q=${'a'.repeat(10_000_000)}`));
    const body = `{"name":"${'a'.repeat(10_000_000)}"}`;
    const head = `POST /search HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    expect([undefined, 404, 413]).toContain(await raw(head + body));
  });

  const queries: [string, string][] = [
    ['a thousand stars', '*'.repeat(1_000)],
    ['five hundred stars', '*'.repeat(500)],
    ['stars in words', '兰* *州 a*b* ?????'],
    ['unbalanced quotes', '"兰州 “学校 「品質'],
    ['nothing but quotes', '"""" ““”” 「」「'],
    ['unbalanced brackets', '((((兰州 ]]] {{{ )'],
    ['operators of Lucene', '兰州 AND OR NOT && || ! + - ~5 ^10 /.*/ [a TO b} _exists_:body'],
    ['a query in JSON', '{"match_all":{}}'],
    ['fields', 'body:* _source:x headline:(a OR b) _id:1 doc[0]'],
    ['control characters', '兰\u0001州\u0007\u001b[31m\r\n\t学校'],
    ['NUL', '兰\u0000州\u0000'],
    ['what turns text around', '\u202e兰州\u2066学校\ufeff'],
    ['five hundred and twelve clauses', 'a '.repeat(256)],
    ['a regular expression that takes for ever elsewhere', '/(a+)+$/ aaaaaaaaaaaaaaaaaaaaaaaaaaaa!'],
    ['emoji', '👩‍👩‍👧‍👦'.repeat(40)],
    ['accents upon accents', `e${'\u0301'.repeat(400)}`],
    ['nothing', ' '],
    ['minus alone', '- -- -" -site:'],
  ];
  it.each(queries)('takes or refuses %s, on every page and route', async (_, q) => {
    const query = encodeURIComponent(q);
    for (const path of [
      '/search?didYouMean=true&facets=site,year&q=',
      '/?q=',
      '/complete?q=',
      '/sites?q=',
      '/feed.rss?q=',
    ]) {
      const answer = await get(path + query);
      expect([200, 400], `${path} ${answer.status}`).toContain(answer.status);
      if (answer.status === 400 && path !== '/?q=') {
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
      }
      await answer.arrayBuffer();
    }
  });

  it('takes bytes that are no text for no text', async () => {
    for (const bytes of ['%ED%A0%80', '%00', '%FF%FE', '%C0%AF', '%E4%BD', '%', '%zz', '%F4%90%80%80']) {
      for (const path of [
        '/search?q=',
        '/?q=',
        '/articles/',
        '/sites/',
        '/clusters/',
        '/search?site=',
        '/complete?q=',
      ]) {
        const status = await rawGet(path + bytes);
        expect([200, 400, 404], `${path}${bytes} ${status}`).toContain(status);
      }
    }
  });

  it('finds nothing by an injected filter', async () => {
    const values = [
      '*',
      '?',
      '"}},{"match_all":{}}',
      "' OR '1'='1",
      '_all',
      '../../_cat/indices',
      '{"gte":""}',
      'example.cn,*',
    ];
    for (const field of [
      'site',
      'publisher',
      'source',
      'origin',
      'section',
      'language',
      'contributor',
      'author',
      'cluster',
    ]) {
      for (const value of values) {
        const answer = await get(`/search?${field}=${encodeURIComponent(value)}`);
        const { total } = (await answer.json()) as { total?: number };
        expect([field, value, answer.status, total ?? 0]).toEqual([field, value, answer.status === 400 ? 400 : 200, 0]);
      }
    }
    for (const query of [
      'site[$ne]=x',
      'site[]=x',
      '__proto__=x',
      '__proto__[size]=5',
      'constructor=x',
      'query={"match_all":{}}',
      'index=_all',
    ]) {
      expect((await get(`/search?${query}`)).status, query).toBe(400);
    }
    for (const id of ['_search', '..%2F_all', '*', '_doc%2Fx', 'x'.repeat(590)]) {
      for (const path of ['/articles', '/clusters', '/sites', '/read']) {
        // A filter may be 200 characters long.
        const status = path === '/clusters' && id.length > 200 ? 400 : 404;
        expect((await get(`${path}/${id}`)).status, `${path}/${id}`).toBe(status);
      }
    }
  });

  it('ends at ten thousand, and takes no cursor that it did not give', async () => {
    const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const first = (await (await get('/search?size=1&collapse=true')).json()) as { nextCursor: string };
    const [owner] = JSON.parse(Buffer.from(first.nextCursor, 'base64url').toString()) as [string];
    for (const cursor of [
      forged(owner, 1e9),
      forged(owner, -1),
      forged(owner, { $gt: 0 }),
      forged(owner, [1, 2, 3]),
      forged('other', 1),
      'x'.repeat(9_000),
      'null',
    ]) {
      expect((await get(`/search?size=1&collapse=true&cursor=${cursor}`)).status).toBe(400);
    }
    expect((await get(`/search?size=1&collapse=true&cursor=${forged(owner, 9_998)}`)).status).toBe(200);
    for (const size of ['0', '101', '1e9', '-1', '999999999', 'NaN', '0x10']) {
      expect((await get(`/search?size=${size}`)).status, size).toBe(400);
    }
  });

  it('shows documents that no newspaper prints', async () => {
    const lengths = await Promise.all(odd.map(async ({ id }) => (await get(`/articles/${id}`)).status));
    expect(lengths).toEqual([200, 200, 200, 200]);
    const kept = (await (await get(`/articles/${odd[0]?.id}`)).json()) as Article;
    expect(kept.headline).toHaveLength(350_000);
    expect(((await (await get(`/articles/${odd[1]?.id}`)).json()) as Article).keywords).toHaveLength(10_000);
    // What Elasticsearch cannot store is replaced, and nothing else.
    expect(await (await get(`/articles/${odd[2]?.id}`)).json()).toMatchObject({
      headline: 'NUL \u0000 and \ufffd alone',
      body: 'a\u0000b \ufffd c',
    });
    for (const path of ['/read', '/similar', '/articles/%/similar', '/articles/%/versions', '/clusters']) {
      for (const { id } of odd) {
        const answer = await get(path.includes('%') ? path.replace('%', id) : `${path}/${id}`);
        expect(answer.status, `${path} ${id}`).toBe(200);
        expect((await answer.arrayBuffer()).byteLength).toBeLessThan(4_000_000);
      }
    }
    const found = (await (await get('/search?site=odd.example&q=长长长&facets=year,month,site')).json()) as {
      hits: { highlights: { headline: string } }[];
      facets: { year: unknown[] };
    };
    expect(found.hits).toHaveLength(1);
    expect(found.hits[0]?.highlights.headline.length).toBeLessThan(10_000);
    const all = (await (await get('/search?site=odd.example&facets=year,month')).json()) as typeof found;
    // The years 1 and 9999 are no years of news: each month between them would be a bucket.
    expect(all.facets.year).toEqual([]);
    for (const path of [
      '/?site=odd.example',
      '/feed.atom?site=odd.example',
      '/feed.json?site=odd.example',
      '/site/odd.example',
    ]) {
      expect((await get(path)).status, path).toBe(200);
    }
    for (const range of [
      'from=0001&to=0001',
      'from=9999',
      'from=-1',
      'from=10000',
      'to=9999-12-31',
      'from=0000-00-00',
    ]) {
      expect([200, 400], range).toContain((await get(`/search?${range}`)).status);
    }
    expect(((await (await get('/search?from=0001&to=0001')).json()) as { total: number }).total).toBe(1);
  });
});
