import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchInputError } from './errors.ts';
import { fixtureArticle, fixtureArticles } from './fixture.ts';
import type { ArticleIndex } from './port.ts';
import type { SearchParams } from './search-params.ts';

const { simplified, traditional, english, undated } = fixtureArticles;

/** What every ArticleIndex does, and no more: the memory one must not promise what Elasticsearch does not keep. */
export function describeArticleIndex(name: string, create: () => Promise<ArticleIndex>): void {
  describe(`${name} as ArticleIndex`, () => {
    let index: ArticleIndex;
    const found = async (params: SearchParams) => (await index.search(params)).hits.map(({ id }) => id).sort();
    const ids = (...articles: { readonly id: string }[]) => articles.map(({ id }) => id).sort();

    beforeAll(async () => {
      index = await create();
      await index.ensure();
      await index.write(Object.values(fixtureArticles));
      await index.refresh();
    });
    afterAll(() => index.drop());

    it('can be ensured again and then agrees with the code', async () => {
      expect(await index.ensure()).toMatchObject({ created: false, added: [] });
      expect(await index.checkIndex()).toEqual([]);
      expect(await index.ping()).toEqual({ ok: true, detail: 'ok' });
      expect(await index.count()).toBe(4);
    });

    it('gives back the article that was written, with a cluster of its own', async () => {
      expect((await index.get(simplified.id))?.article).toEqual({ ...simplified, clusterId: simplified.id });
      expect(await index.get('nowhere')).toBeUndefined();
    });

    it('keeps the newer fetch and answers for each document', async () => {
      const url = 'https://versions.example/1';
      const fetched = (fetchedAt: string, headline: string) => fixtureArticle({ url, fetchedAt, headline });
      const newest = fetched('2026-03-02T00:00:00Z', 'second');
      expect(await index.write([fetched('2026-03-01T00:00:00Z', 'first')])).toEqual([{ type: 'indexed' }]);
      expect(await index.write([newest])).toEqual([{ type: 'indexed' }]);
      const revision = (await index.get(newest.id))?.revision;
      expect(await index.write([fetched('2026-03-01T12:00:00Z', 'late'), newest])).toEqual([
        { type: 'stale' },
        { type: 'indexed' },
      ]);
      const stored = await index.get(newest.id);
      expect(stored?.article.headline).toBe('second');
      expect(stored?.revision).not.toBe(revision);
    });

    it.each([
      ['simplified', '兰州 品质学校'],
      ['traditional', '蘭州 品質學校'],
      ['mixed', '蘭州 品质學校'],
      ['one character, simplified', '兰'],
      ['one character, traditional', '蘭'],
    ])('finds both scripts with a query in %s script', async (_, q) => {
      expect(await found({ q })).toEqual(ids(simplified, traditional));
    });

    it('folds width and case', async () => {
      expect(await found({ q: 'ＡＩ' })).toEqual(ids(simplified, english));
      expect(await found({ q: 'ai' })).toEqual(ids(simplified, english));
    });

    it('marks matches in the script as printed, and escapes the rest', async () => {
      const { hits } = await index.search({ q: '"品质学校"' });
      const byId = new Map(hits.map(({ id, highlights }) => [id, highlights]));
      expect(byId.get(traditional.id)?.headline).toBe('蘭州擬打造一批<em>品質學校</em>');
      expect(byId.get(traditional.id)?.body?.[0]).toContain('<em>品質學校</em>');
      expect(byId.get(simplified.id)?.body?.[0]).toContain('<em>品质学校</em>');
      const [hit] = (await index.search({ q: 'reshape' })).hits;
      expect(hit?.highlights.headline).toBe('AI models &lt;b&gt;<em>reshape</em>&lt;&#x2F;b&gt; news &amp; schools');
      const [plain] = (await index.search({ q: 'reshape', highlight: { pre: '[', post: ']', encode: 'none' } })).hits;
      expect(plain?.highlights.headline).toBe('AI models <b>[reshape]</b> news & schools');
      expect((await index.search({ q: 'reshape', highlight: false })).hits[0]?.highlights).toEqual({});
    });

    it('lets no control sequence of an article reach a terminal', async () => {
      const article = fixtureArticle({ url: 'https://terminal.example/1', headline: '\u001b[2J 终端 \u001b[1m\u0007' });
      await index.write([article]);
      await index.refresh();
      const bold = { pre: '\u001b[1m', post: '\u001b[0m', encode: 'none' } as const;
      const { hits } = await index.search({ q: '终端', highlight: bold });
      expect(hits[0]?.highlights.headline).toBe(' [2J \u001b[1m终端\u001b[0m  [1m ');
    });

    it('shows the beginning of the body where nothing in it matched', async () => {
      const [hit] = (await index.search({ q: '天气预报' })).hits;
      expect(hit?.highlights.body).toEqual(['今日多云转晴。']);
    });

    it('takes phrases literally', async () => {
      expect(await found({ q: '"打造一批"' })).toEqual(ids(simplified, traditional));
      expect(await found({ q: '"批打造一"' })).toEqual([]);
      expect(await found({ q: '"安全与人工智能ＡＩ课程"' })).toEqual(ids(simplified));
      expect(await found({ q: '"品質學校，並發展"' })).toEqual(ids(traditional));
    });

    it('excludes words, phrases and filters', async () => {
      expect(await found({ q: '品质学校 -网络安全' })).toEqual(ids(traditional));
      expect(await found({ q: '品质学校 -"本报讯"' })).toEqual(ids(simplified));
      expect(await found({ q: '品质学校 -site:example.hk' })).toEqual(ids(simplified));
      expect(await found({ q: '-学校', site: ['example.com'], language: ['zh'] })).toEqual(ids(undated));
    });

    it.each<[string, SearchParams]>([
      ['site', { site: ['https://www.example.hk/x'] }],
      ['site by name, other script', { site: ['香江日报'] }],
      ['publisher', { publisher: ['香江日报'] }],
      ['source', { source: ['香江日报'] }],
      ['source in the query', { q: '来源：香江日报' }],
      ['section', { section: ['两岸'] }],
      ['language', { language: ['zh-Hant'] }],
      ['contributor', { contributor: ['陈国华'] }],
      ['author in the query', { q: '作者:陈国华' }],
      ['site in the query', { q: '学校 site:example.hk' }],
    ])('filters by %s', async (_, params) => {
      expect(await found(params)).toEqual(ids(traditional));
    });

    it('knows a range of languages and the role of an author', async () => {
      expect(await found({ language: ['zh'], site: ['example.cn', 'example.hk'] })).toEqual(
        ids(simplified, traditional),
      );
      expect(await found({ contributor: ['马志远'] })).toEqual(ids(simplified));
      expect(await found({ author: ['马志远'] })).toEqual([]);
      expect(await found({ author: ['zoe martin'] })).toEqual(ids(english));
    });

    it('filters by day in the zone asked for', async () => {
      expect(await found({ from: '2022-01-27', to: '2022-01-27' })).toEqual(ids(traditional));
      expect(await found({ from: '2022-01-26', to: '2022-01-26', timeZone: 'Z' })).toEqual(
        ids(simplified, traditional),
      );
      expect(await found({ q: '学校 before:2022-01-27' })).toEqual(ids(simplified));
      expect(await found({ q: 'after:2024' })).toEqual(ids(english));
    });

    it('pages through everything once, the undated last', async () => {
      const query = { site: ['example.cn', 'example.hk', 'example.com'], size: 1 } as const;
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await index.search({ ...query, ...(cursor === undefined ? {} : { cursor }) });
        expect(page.total).toBe(4);
        seen.push(...page.hits.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== undefined && seen.length < 10);
      expect(seen).toEqual([english.id, traditional.id, simplified.id, undated.id]);
    });

    it('pages by relevance', async () => {
      const first = await index.search({ q: '学校', size: 1 });
      expect(first.hits[0]?.score).toBeGreaterThan(0);
      const second = await index.search({ q: '学校', size: 1, cursor: first.nextCursor ?? '' });
      expect([...first.hits, ...second.hits].map(({ id }) => id).sort()).toEqual(ids(simplified, traditional));
      expect(second.nextCursor).toBeUndefined();
      await expect(index.search({ q: '其他', cursor: first.nextCursor ?? '' })).rejects.toThrow(
        /belongs to another search/,
      );
    });

    it('shows one of each cluster', async () => {
      const copy = (n: number, fields: object = {}) =>
        fixtureArticle({ url: `https://copies.example/${n}`, site: { domain: 'copies.example' }, ...fields });
      const copies = [copy(1, { clusterId: 'story' }), copy(2, { clusterId: 'story' }), copy(3), copy(4)];
      await index.write(copies);
      await index.refresh();
      const query = { site: ['copies.example'], collapse: true } as const;
      const { hits, total } = await index.search(query);
      expect(total).toBe(4);
      expect(hits.map((hit) => hit.copies).sort()).toEqual([1, 1, 2]);
      const first = await index.search({ ...query, size: 2 });
      const second = await index.search({ ...query, size: 2, cursor: first.nextCursor ?? '' });
      expect([...first.hits, ...second.hits].map(({ id }) => id)).toEqual(hits.map(({ id }) => id));
      expect(second.nextCursor).toBeUndefined();
    });

    it('tells which copy was first', async () => {
      const copy = (n: number, fields: object) =>
        fixtureArticle({
          url: `https://firsts.example/${n}`,
          site: { domain: 'firsts.example' },
          clusterId: 'one',
          ...fields,
        });
      const early = copy(1, { datePublished: '2026-02-01T00:00:00Z' });
      const late = copy(2, { datePublished: '2026-02-03T00:00:00Z' });
      await index.write([early, late]);
      await index.refresh();
      const query = { site: ['firsts.example'], collapse: true } as const;
      expect((await index.search(query)).hits[0]?.first?.id).toBe(early.id);
      await index.write([{ ...late, clusterFirst: true }]);
      await index.refresh();
      expect((await index.search(query)).hits[0]?.first).toMatchObject({
        id: late.id,
        site: { domain: 'firsts.example' },
      });
      expect(await found({ cluster: ['one'] })).toEqual(ids(early, late));
    });

    it('counts by facets, printed as the articles print them, on the first page', async () => {
      const params = {
        q: '学校',
        facets: ['site', 'publisher', 'source', 'section', 'language', 'year', 'month'],
        size: 1,
      } as const;
      const first = await index.search(params);
      expect(first.facets).toEqual({
        site: expect.arrayContaining([
          { value: 'example.cn', label: '陇原网', count: 1 },
          { value: 'example.hk', label: '香江日報', count: 1 },
        ]),
        publisher: expect.arrayContaining([{ value: '香江日报', label: '香江日報', count: 1 }]),
        source: expect.arrayContaining([{ value: '金城晨报', label: '金城晨报', count: 1 }]),
        section: expect.arrayContaining([{ value: '两岸', label: '兩岸', count: 1 }]),
        language: expect.arrayContaining([{ value: 'zh-hant', label: 'zh-Hant', count: 1 }]),
        year: [{ value: '2022', label: '2022', count: 2 }],
        month: [{ value: '2022-01', label: '2022-01', count: 2 }],
      });
      expect(first.facets?.source).toHaveLength(3);
      expect((await index.search({ ...params, cursor: first.nextCursor ?? '' })).facets).toBeUndefined();
      expect((await index.search({ q: '学校' })).facets).toBeUndefined();
      // New year’s eve in one zone is the new year in another.
      const eve = fixtureArticle({ url: 'https://eve.example/1', datePublished: '2020-12-31T20:00:00Z' });
      await index.write([eve]);
      await index.refresh();
      const year = async (timeZone: string) =>
        (await index.search({ site: ['eve.example'], facets: ['year'], timeZone })).facets?.year?.[0]?.value;
      expect([await year('+08:00'), await year('Z')]).toEqual(['2021', '2020']);
    });

    it('filters by pictures, by origin and by what is gone', async () => {
      const site = { domain: 'rest.example' };
      const image = fixtureArticle({
        url: 'https://rest.example/1',
        site,
        images: [{ url: 'https://rest.example/a.jpg', caption: 'A', width: 1e12 }],
        origin: '蘭州日報',
      });
      const gone = fixtureArticle({ url: 'https://rest.example/2', site, removedAt: '2026-03-02T00:00:00Z' });
      await index.write([image, gone]);
      await index.refresh();
      const inSite = (params: SearchParams) => found({ site: ['rest.example'], ...params });
      expect(await inSite({ hasImages: true })).toEqual(ids(image));
      expect(await inSite({ hasImages: false })).toEqual(ids(gone));
      expect(await inSite({ origin: ['兰州日报'] })).toEqual(ids(image));
      expect(await inSite({ q: '出处:兰州日报' })).toEqual(ids(image));
      expect(await inSite({ removed: true })).toEqual(ids(gone));
      expect(await inSite({ removed: false })).toEqual(ids(image));
    });

    it('pages through a snapshot that later writes do not change', async () => {
      const article = (n: number) =>
        fixtureArticle({ url: `https://snapshot.example/${n}`, site: { domain: 'snapshot.example' } });
      await index.write([article(1), article(2), article(3)]);
      await index.refresh();
      const query = { site: ['snapshot.example'], snapshot: true, size: 2 } as const;
      const first = await index.search(query);
      await index.write([article(4), article(5)]);
      await index.refresh();
      const second = await index.search({ ...query, cursor: first.nextCursor ?? '' });
      expect([...first.hits, ...second.hits].map(({ id }) => id).sort()).toEqual(
        ids(article(1), article(2), article(3)),
      );
      expect(second.nextCursor).toBeUndefined();
      const plain = await index.search({ ...query, snapshot: false });
      await expect(index.search({ ...query, cursor: plain.nextCursor ?? '' })).rejects.toThrow(SearchInputError);
      await expect(index.search({ ...query, collapse: true })).rejects.toThrow(/cannot be combined with collapse/);
    });

    it('finds similar articles of other clusters', async () => {
      const similar = (await index.similar(simplified.id))?.map(({ id }) => id);
      expect(similar?.[0]).toBe(traditional.id);
      expect(similar).not.toContain(simplified.id);
      expect(await index.similar('nowhere')).toBeUndefined();
      await expect(index.similar(simplified.id, { size: 0 })).rejects.toThrow(/Use 1 to 20/);
    });

    it('tells what has come in, in order, page after page', async () => {
      const at = (n: number) => new Date(Date.UTC(2026, 2, 1) + Math.floor(n / 2)).toISOString();
      await index.write(
        Array.from({ length: 130 }, (_, n) =>
          fixtureArticle({ url: `https://arrivals.example/${n}`, headline: '来稿', firstIndexedAt: at(n) }),
        ),
      );
      await index.refresh();
      const range = { fromMs: Date.parse(at(2)), throughMs: Date.parse(at(127)) };
      const first = await index.arrivals({ q: '來稿' }, range);
      const last = first.at(-1);
      if (last === undefined) throw new Error('nothing has come in');
      const rest = await index.arrivals({ q: '來稿' }, { ...range, after: { atMs: last.atMs, id: last.article.id } });
      expect([first.length, rest.length]).toEqual([100, 26]);
      const all = [...first, ...rest];
      expect(new Set(all.map(({ article }) => article.id)).size).toBe(126);
      expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
      expect(all[0]?.article).not.toHaveProperty('body');
      expect(await index.arrivals({ site: ['arrivals.example'], q: '-来稿' }, range)).toEqual([]);
    });

    it('completes headlines in either script', async () => {
      const headlines = async (text: string) => (await index.complete(text)).map(({ headline }) => headline).sort();
      const both = [simplified.headline, traditional.headline].sort();
      expect(await headlines('打造一')).toEqual(both);
      expect(await headlines('品質學')).toEqual(both);
      expect(await headlines('ＡＩ mod')).toEqual([english.headline]);
      expect(await headlines(' ')).toEqual([]);
      await expect(index.complete('x'.repeat(101))).rejects.toThrow(/Use at most 100/);
    });

    it('refuses what cannot be searched', async () => {
      await expect(index.search({ from: '2022-13-01' })).rejects.toBeInstanceOf(SearchInputError);
    });
  });
}
