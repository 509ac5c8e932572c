import { createMemoryIndex, SearchUnavailableError } from '@newsmill/search-index';
import { fixtureArticle, fixtureArticles } from '@newsmill/search-index/testing';
import { Registry } from 'prom-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApi } from './app.ts';

const { simplified, traditional, english } = fixtureArticles;
const hostile = fixtureArticle({
  url: 'javascript:alert(1)//<script>',
  site: { domain: '"><img src=x>', name: '<script>alert(2)</script>' },
  headline: '<script>alert(3)</script> 恶意',
  body: '<img src=x onerror=alert(4)> 恶意',
  sourceChain: ['</main><script>'],
});

async function setUp() {
  const index = createMemoryIndex();
  await index.write([...Object.values(fixtureArticles), hostile]);
  const balance = async () => ({ demo: { accepted: 4, indexed: 4 } });
  return createApi({ index, balance, registry: new Registry() });
}

describe('the API', () => {
  let app: Awaited<ReturnType<typeof setUp>>;
  beforeAll(async () => {
    app = await setUp();
  });
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

  it('searches', async () => {
    const answer = await get(`/search?q=${encodeURIComponent('品質學校 -网络安全')}&size=1`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.json()).toMatchObject({
      total: 1,
      totalIsExact: true,
      hits: [{ id: traditional.id, article: { headline: traditional.headline } }],
    });
    expect(answer.json().hits[0].highlights.headline).toBe('蘭州擬打造一批<em>品質學校</em>');
    expect(answer.json().hits[0].article.body).toBeUndefined();
  });

  it('takes every parameter', async () => {
    const query = new URLSearchParams({
      q: '学校',
      publisher: '陇原网',
      source: '金城晨报',
      section: '教育',
      language: 'zh',
      contributor: '孙晓岚',
      author: '孙晓岚',
      cluster: simplified.id,
      hasImages: 'false',
      removed: 'false',
      snapshot: 'false',
      facets: 'site,year',
      didYouMean: 'true',
      from: '2022-01-26',
      to: '2022-01-26',
      timeZone: '+08:00',
      sort: 'newest',
      size: '5',
      collapse: 'true',
      highlight: 'false',
    });
    query.append('site', 'nowhere.example');
    query.append('site', 'example.cn');
    const result = (await get(`/search?${query}`)).json();
    expect(result.hits.map(({ id }: { id: string }) => id)).toEqual([simplified.id]);
    expect(result.hits[0]).toMatchObject({ copies: 1, first: { id: simplified.id }, highlights: {} });
    expect(result.facets).toEqual({
      site: [{ value: 'example.cn', label: '陇原网', count: 1 }],
      year: [{ value: '2022', label: '2022', count: 1 }],
    });
  });

  it('pages by the cursor', async () => {
    const ids: string[] = [];
    let cursor = '';
    for (let page = 0; page < 6 && (page === 0 || cursor !== ''); page += 1) {
      const result = (await get(`/search?size=2&cursor=${cursor}`)).json();
      ids.push(...result.hits.map(({ id }: { id: string }) => id));
      cursor = result.nextCursor ?? '';
    }
    expect(new Set(ids).size).toBe(5);
    expect(ids).toHaveLength(5);
  });

  it.each([
    ['lang=zh', 'lang', /"zh" is unknown\. Use q, from, to/],
    ['size=1000', 'size', /"1000" is out of range\. Use 1 to 100/],
    ['size=many', 'size', /"many" is not a number/],
    ['q=a&q=b', 'q', /is given more than once/],
    ['from=2022-02-30', 'from', /"2022-02-30" is not in the calendar/],
    ['collapse=yes', 'collapse', /is neither true nor false/],
    ['sort=best', 'sort', /Use relevance or newest/],
    ['facets=site,colour', 'facets', /"colour" is not a facet\. Use site, publisher/],
    ['snapshot=true&collapse=true', 'snapshot', /cannot be combined with collapse/],
    ['hasImages=1', 'hasImages', /is neither true nor false/],
    ['cursor=e30', 'cursor', /is damaged/],
    [`q=${'x'.repeat(600)}`, 'q', /is 600 characters long\. Use at most 512/],
  ])('refuses %s, saying what to do', async (query, field, detail) => {
    const answer = await get(`/search?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ status: 400, title: 'This cannot be searched', field });
    expect(answer.json().detail).toMatch(detail);
  });

  it('finds similar articles and completes headlines', async () => {
    const similar = await get(`/articles/${simplified.id}/similar?size=1`);
    expect(similar.json().hits.map(({ id }: { id: string }) => id)).toEqual([traditional.id]);
    const completions = await get(`/complete?q=${encodeURIComponent('品質學')}`);
    expect(
      completions
        .json()
        .completions.map(({ headline }: { headline: string }) => headline)
        .sort(),
    ).toEqual([simplified.headline, traditional.headline]);
    for (const url of [
      `/articles/${simplified.id}/similar?size=21`,
      `/articles/${simplified.id}/similar?limit=2`,
      `/complete?q=${'x'.repeat(101)}`,
      '/complete?size=x',
    ]) {
      const answer = await get(url);
      expect([url, answer.statusCode, answer.json().title]).toEqual([url, 400, 'This cannot be searched']);
    }
    expect((await get('/articles/none/similar')).statusCode).toBe(404);
  });

  it('gives an article, and 304 to whoever has it', async () => {
    const answer = await get(`/articles/${simplified.id}`);
    expect(answer.json()).toEqual({ ...simplified, clusterId: simplified.id });
    const etag = String(answer.headers.etag);
    const again = await get(`/articles/${simplified.id}`, { 'if-none-match': `"other", ${etag}` });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get(`/articles/${simplified.id}`, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  it('says in problem details what is not there', async () => {
    for (const url of ['/articles/none', '/nowhere', '/articles/%00', '/articles/%']) {
      const answer = await get(url);
      expect([url, answer.statusCode === 404 || answer.statusCode === 400]).toEqual([url, true]);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    }
    expect((await app.inject({ method: 'POST', url: '/search' })).statusCode).toBe(404);
  });

  it('tells health, figures and the balance', async () => {
    expect((await get('/healthz')).json()).toEqual({ status: 'ok', elasticsearch: 'ok' });
    expect((await get('/status')).json()).toEqual({
      index: { ok: true, detail: 'ok', articles: 5 },
      balance: { demo: { accepted: 4, indexed: 4 } },
    });
    const metrics = (await get('/metrics')).body;
    expect(metrics).toMatch(/newsmill_api_request_duration_seconds_count\{route="\/articles\/:id",status="200"\} 2/);
    expect(metrics).not.toContain(simplified.id);
  });

  it('describes itself', async () => {
    const description = (await get('/openapi.json')).json();
    expect(description.openapi).toBe('3.1.0');
    expect(Object.keys(description.paths).sort()).toEqual([
      '/articles/{id}',
      '/articles/{id}/similar',
      '/clusters/{id}',
      '/complete',
      '/feed.atom',
      '/feed.json',
      '/feed.rss',
      '/healthz',
      '/metrics',
      '/search',
      '/status',
    ]);
    const parameters = description.paths['/search'].get.parameters.map(({ name }: { name: string }) => name);
    expect(parameters.sort()).toEqual(
      [
        'q',
        'site',
        'publisher',
        'source',
        'origin',
        'cluster',
        'hasImages',
        'removed',
        'snapshot',
        'facets',
        'didYouMean',
        'section',
        'language',
        'contributor',
        'author',
        'from',
        'to',
        'timeZone',
        'sort',
        'size',
        'cursor',
        'collapse',
        'highlight',
      ].sort(),
    );
    const { schema } = description.paths['/articles/{id}'].get.responses['200'].content['application/json'];
    expect(Object.keys(schema.properties)).toContain('datePublished');
  });

  it('answers 503 while Elasticsearch is away, without telling its address', async () => {
    const index = createMemoryIndex();
    const away = async () => {
      throw new SearchUnavailableError('connect ECONNREFUSED 10.1.2.3:9200');
    };
    const broken = { ...index, search: away, get: away, ping: async () => ({ ok: false, detail: 'connect refused' }) };
    const api = await createApi({ index: broken, balance: async () => ({}), registry: new Registry() });
    for (const url of ['/search?q=a', '/articles/x']) {
      const answer = await api.inject({ url });
      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.body).not.toContain('10.1.2.3');
    }
    expect((await api.inject({ url: '/healthz' })).statusCode).toBe(503);
    expect((await api.inject({ url: '/?q=a', headers: { 'accept-language': 'zh' } })).body).toContain('搜索暂时不可用');
  });
});

it('asks Elasticsearch once for all probes that come at the same time', async () => {
  let asked = 0;
  const gate = Promise.withResolvers<void>();
  const index = {
    ...createMemoryIndex(),
    ping: async () => {
      asked += 1;
      await gate.promise;
      return { ok: true, detail: 'green' };
    },
  };
  const api = await createApi({ index, balance: async () => ({}), registry: new Registry() });
  let arrived = 0;
  api.addHook('preHandler', async () => {
    arrived += 1;
    // When this turn is over, the last of them has asked too.
    if (arrived === 20) setImmediate(gate.resolve);
  });
  const answers = await Promise.all(Array.from({ length: 20 }, () => api.inject({ url: '/healthz' })));
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  expect(asked).toBe(1);
  expect((await api.inject({ url: '/healthz' })).statusCode).toBe(200);
  expect(asked).toBe(2);
});

describe('the search page', () => {
  it('shows hits with marks, facts and links, in the language of the reader', async () => {
    const app = await setUp();
    const chinese = await app.inject({
      url: `/?q=${encodeURIComponent('蘭州')}`,
      headers: { 'accept-language': 'fr, zh-TW;q=0.9' },
    });
    expect(chinese.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(chinese.body).toContain('<html lang="zh-Hant">');
    expect(chinese.body).toContain('2 篇文章');
    expect(chinese.body).toContain('<em>兰州</em>将打造一批品质学校');
    expect(chinese.body).toContain('<em>蘭州</em>擬打造一批品質學校');
    expect(chinese.body).toContain('2022-01-26 10:15');
    expect(chinese.body).toContain('來源 金城晨报');
    for (const path of ['read', 'similar']) expect(chinese.body).toContain(`href="/${path}/${simplified.id}"`);
    expect(chinese.body).toContain(`href="${simplified.url}" rel="noopener noreferrer nofollow"`);
    expect(chinese.body).toMatch(/<span>簡體中文<\/span><span class="count">1<\/span>/);
    expect(chinese.body).toContain(`href="/feed.atom?q=${encodeURIComponent('蘭州')}"`);
    const page = await app.inject({ url: '/', headers: { 'accept-language': 'en-GB' } });
    expect(page.body).toContain('<html lang="en">');
    expect(page.body).toContain('viewport');
    expect((await app.inject({ url: '/?q=zebra' })).body).toContain('Nothing found');
    const marked = await app.inject({ url: '/?q=reshape' });
    expect(marked.body).toContain('AI models &lt;b&gt;<em>reshape</em>');
    expect(marked.body).toContain(`datetime="${english.datePublished}"`);
  });

  it('keeps the search while it pages', async () => {
    const app = await setUp();
    const page = await app.inject({ url: `/?q=${encodeURIComponent('学校')}&size=1&sort=newest` });
    const next = /rel="next" href="([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await app.inject({ url: next });
    expect(page.body).toContain(traditional.id);
    expect(second.body).toContain(simplified.id);
    expect(second.body).not.toContain('rel="next"');
    expect(second.body).toContain('<strong aria-current="true">newest first</strong>');
    // The counts in the sidebar are those of the whole search on every page.
    expect(second.body).toContain('<span>香江日報</span><span class="count">1</span>');
  });

  it('narrows by what is chosen, and takes it back', async () => {
    const app = await setUp();
    const q = `q=${encodeURIComponent('学校')}`;
    const page = await app.inject({ url: `/?${q}&site=example.hk&from=2022-01-01&to=2022-12-31&hasImages=false` });
    expect(page.body).toContain(traditional.id);
    expect(page.body).not.toContain(simplified.id);
    expect(page.body).toContain(`aria-label="Remove: Site: 香江日報"`);
    const back = /<a href="([^"]+)" aria-label="Remove: Site/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await app.inject({ url: back })).body).toContain(simplified.id);
    expect(page.body).toContain('<input type="date" name="from" value="2022-01-01">');
    // Searching for something else keeps the filters.
    expect(page.body).toMatch(/<input type="hidden" name="site" value="example.hk">.*<button>Search/s);
  });

  it('tells sites of one name apart', async () => {
    const index = createMemoryIndex();
    const of = (domain: string, name: string) => fixtureArticle({ url: `https://${domain}/1`, site: { domain, name } });
    await index.write([of('a.example', 'Gazette'), of('b.example', 'Gazette'), of('c.example', 'Post')]);
    const app = await createApi({ index, balance: async () => ({}), registry: new Registry() });
    const page = (await app.inject({ url: '/?q=headline' })).body;
    for (const text of ['Gazette · a.example', 'Gazette · b.example', 'Post'])
      expect(page).toContain(`<span>${text}</span>`);
  });

  it('shows each story once unless told, with its copies', async () => {
    const index = createMemoryIndex();
    const copy = (n: number) =>
      fixtureArticle({ url: `https://copies.example/${n}`, site: { domain: `${n}.example` }, clusterId: 'story' });
    await index.write([1, 2, 3].map(copy));
    const app = await createApi({ index, balance: async () => ({}), registry: new Registry() });
    const page = (await app.inject({ url: '/?q=headline' })).body;
    expect(page.match(/<article/g)).toHaveLength(1);
    expect(page).toContain('3 copies');
    const all = /href="([^"]+)">3 copies/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await app.inject({ url: all })).body.match(/<article/g)).toHaveLength(3);
  });

  it('shows an article as text, and what is like it', async () => {
    const app = await setUp();
    const { body, statusCode } = await app.inject({ url: `/read/${simplified.id}` });
    expect(statusCode).toBe(200);
    expect(body).toContain(`<h1 lang="zh-Hans">${simplified.headline}</h1>`);
    expect(body).toContain('<p>会议还讨论了网络安全与人工智能ＡＩ课程。</p>');
    expect(body).toContain('陇原网 ← 金城晨报');
    expect(body).toContain(`/read/${traditional.id}`);
    expect((await app.inject({ url: `/similar/${simplified.id}` })).body).toContain(`/read/${traditional.id}`);
    expect((await app.inject({ url: '/read/none' })).statusCode).toBe(404);
  });

  it('lets nothing of a page or a query become markup', async () => {
    const app = await setUp();
    for (const url of [
      `/?q=${encodeURIComponent('恶意')}`,
      `/?q=${encodeURIComponent('"><script>alert(5)</script>')}`,
      '/?from="><script>',
      '/?site="><script>&language="><script>',
      `/read/${hostile.id}`,
      `/similar/${hostile.id}`,
    ]) {
      const { body, headers } = await app.inject({ url });
      expect(body).not.toMatch(/<script|<img|href="javascript|<\/main>.*<\/main>/s);
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; .*form-action 'self'/,
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });
});
