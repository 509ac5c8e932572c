import type { SiteCard } from '@newsmill/contracts';
import { createMemoryIndex, createMemorySites, tombstoneOf } from '@newsmill/search-index';
import { fixtureArticle } from '@newsmill/search-index/testing';
import { Registry } from 'prom-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApi } from './app.ts';

const card: SiteCard = {
  name: '隴原網',
  domain: 'longyuan.example',
  operator: '陇原传媒有限责任公司 <b>',
  licences: { newsService: '62120060099', icp: '陇ICP备17009999号' },
  legalCounsel: [{ name: '陇原律师事务所', phone: '0931-8580000' }],
  reportPhones: ['12377', '0931-8960000'],
  copyrightYears: [2006, 2016],
  feeds: ['https://longyuan.example/rss.xml', 'javascript:alert(1)'],
};
const article = fixtureArticle({
  url: 'https://longyuan.example/1',
  site: card,
  datePublished: '2022-01-26T10:15:00+08:00',
});
const gone = fixtureArticle({
  url: 'https://longyuan.example/2',
  site: card,
  headline: '兰州学校',
  removedAt: '2026-03-01T09:00:00Z',
});

describe('sites', () => {
  let app: Awaited<ReturnType<typeof createApi>>;
  beforeAll(async () => {
    const index = createMemoryIndex();
    await index.write([article, gone]);
    const sites = createMemorySites(() => [article, gone]);
    await sites.learn(['longyuan.example'], Date.parse('2026-03-01T00:00:00Z'));
    app = await createApi({ index, sites, balance: async () => ({}), registry: new Registry() });
  });
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

  it('are listed and told one by one', async () => {
    const list = (await get('/sites?q=longyuan')).json();
    expect(list).toMatchObject({ total: 1, sites: [{ id: 'longyuan.example', articles: 2 }] });
    const one = (await get('/sites/longyuan.example')).json();
    expect(one.site).toEqual(card);
    expect(one.firstArticle).toMatchObject({ id: article.id, datePublished: article.datePublished });
    expect((await get('/sites/none.example')).statusCode).toBe(404);
    for (const url of ['/sites?size=0', '/sites?size=x', '/sites?cursor=x', '/sites?colour=red']) {
      expect((await get(url)).statusCode, url).toBe(400);
    }
  });

  it('have pages, with the way to their articles and back', async () => {
    const list = (await get('/site?q=longyuan')).body;
    expect(list).toContain('<a href="/site/longyuan.example">隴原網</a>');
    const page = (await get('/site/longyuan.example', { 'accept-language': 'zh-TW' })).body;
    expect(page).toContain('<dt>主辦單位</dt><dd>陇原传媒有限责任公司 &lt;b&gt;</dd>');
    expect(page).toContain('<dt>法律顧問</dt><dd>陇原律师事务所 0931-8580000</dd>');
    expect(page).toContain('2006–2016');
    expect(page).toContain(`href="/?site=longyuan.example"`);
    expect(page).toContain(`/read/${article.id}`);
    expect(page).toContain('https://longyuan.example/rss.xml');
    expect(page).not.toContain('href="javascript');
    expect((await get('/?site=longyuan.example')).body).toContain('href="/site/longyuan.example">about the site');
    expect((await get(`/read/${article.id}`)).body).toContain('href="/site/longyuan.example"');
    expect((await get('/site/none.example')).statusCode).toBe(404);
  });

  it('say that a text was deleted, by its id and on its page', async () => {
    const index = createMemoryIndex();
    await index.write([tombstoneOf({ ...gone, removedAt: '2026-03-01T09:00:00Z' })]);
    const api = await createApi({ index, balance: async () => ({}), registry: new Registry() });
    for (const url of [`/articles/${gone.id}`, `/read/${gone.id}`, `/similar/${gone.id}`]) {
      const answer = await api.inject({ url });
      expect([answer.statusCode, answer.json().detail]).toEqual([410, expect.stringContaining('2026-03-01T09:00:00Z')]);
    }
  });

  it('say on a page that is gone when that was', async () => {
    const body = (await get(`/read/${gone.id}`, { 'accept-language': 'zh-CN' })).body;
    expect(body).toContain('2026-03-01 查看时，原网页已不存在');
    expect((await get(`/read/${article.id}`)).body).not.toContain('class="message"');
    expect((await get('/?q=学校')).body).toContain('<span class="tag">page is gone</span>');
  });
});

describe('the language of the pages', () => {
  let app: Awaited<ReturnType<typeof createApi>>;
  beforeAll(async () => {
    app = await createApi({ index: createMemoryIndex(), balance: async () => ({}), registry: new Registry() });
  });
  const lang = async (headers: Record<string, string>) =>
    /<html lang="([^"]+)"/.exec((await app.inject({ url: '/', headers })).body)?.[1];

  it.each([
    ['zh-TW', 'zh-Hant'],
    ['zh-HK,zh;q=0.9,en;q=0.8', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['fr, zh;q=0.5', 'zh-Hans'],
    ['en-GB, zh', 'en'],
    ['fr', 'en'],
  ])('of %s is %s', async (asked, expected) => {
    expect(await lang({ 'accept-language': asked })).toBe(expected);
  });

  it('is what the reader chooses, and leads back to where that was', async () => {
    const page = (await app.inject({ url: '/?q=%E5%85%B0%E5%B7%9E&sort=newest' })).body;
    const link = /href="(\/language\/zh-Hant[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const answer = await app.inject({ url: link });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/?q=%E5%85%B0%E5%B7%9E&sort=newest');
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    expect(await lang({ cookie: `a=b; ${cookie}`, 'accept-language': 'en' })).toBe('zh-Hant');
    expect(await lang({ cookie: 'newsmill-language=tlh', 'accept-language': 'zh-CN' })).toBe('zh-Hans');
    expect((await app.inject({ url: '/language/tlh' })).statusCode).toBe(404);
    for (const back of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\r\nx: y']) {
      const { headers } = await app.inject({ url: `/language/en?${new URLSearchParams({ back })}` });
      expect(headers.location).toBe('/');
    }
  });
});
