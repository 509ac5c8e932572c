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

describe('the search page', () => {
  it('shows hits with marks, facts and links, in the language of the reader', async () => {
    const app = await setUp();
    const chinese = await app.inject({
      url: `/?q=${encodeURIComponent('蘭州')}`,
      headers: { 'accept-language': 'fr, zh-TW;q=0.9' },
    });
    expect(chinese.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(chinese.body).toContain('<html lang="zh-Hans">');
    expect(chinese.body).toContain('2 篇文章');
    expect(chinese.body).toContain('<em>兰州</em>将打造一批品质学校');
    expect(chinese.body).toContain('<em>蘭州</em>擬打造一批品質學校');
    expect(chinese.body).toContain('2022-01-26 10:15');
    expect(chinese.body).toContain('来源 金城晨报');
    expect(chinese.body).toContain(`href="/articles/${simplified.id}"`);
    expect(chinese.body).toContain(`href="${simplified.url}" rel="noopener noreferrer nofollow"`);
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
    expect(second.body).toContain('<option value="newest" selected>');
  });

  it('lets nothing of a page or a query become markup', async () => {
    const app = await setUp();
    for (const url of [
      `/?q=${encodeURIComponent('恶意')}`,
      `/?q=${encodeURIComponent('"><script>alert(5)</script>')}`,
      '/?from="><script>',
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
