import type { Article, SiteCard } from '@newsmill/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SearchInputError } from '../errors.ts';
import { fixtureArticle } from '../fixture.ts';
import type { SiteIndex } from './port.ts';

export interface SitesUnderTest {
  readonly sites: SiteIndex;
  /** Makes articles known. */
  readonly add: (articles: readonly Article[]) => Promise<unknown>;
}

/** A card as a Chinese site must print it. */
const card: SiteCard = {
  name: '陇原网',
  domain: 'longyuan.example',
  operator: '陇原传媒有限责任公司',
  licences: { newsService: '62120060099', icp: '陇ICP备17009999号' },
  legalCounsel: [{ name: '陇原律师事务所', phone: '0931-8580000' }],
  reportPhones: ['12377', '0931-8960000'],
  copyrightYears: [2006, 2016],
};
const now = Date.parse('2026-03-10T00:00:00Z');

/** What every SiteIndex does, in memory or on Elasticsearch. */
export function sitesConformance(name: string, create: () => Promise<SitesUnderTest>): void {
  describe(`${name}: sites`, () => {
    let sites: SiteIndex;
    let add: SitesUnderTest['add'];
    const page = (n: number, fields: Partial<Article> = {}) =>
      fixtureArticle({
        url: `https://longyuan.example/${n}`,
        site: card,
        headline: `Headline ${n}`,
        datePublished: `2022-01-0${n}T00:00:00Z`,
        fetchedAt: `2026-03-0${n}T00:00:00Z`,
        inLanguage: 'zh-Hans',
        ...fields,
      });
    beforeAll(async () => {
      ({ sites, add } = await create());
      await sites.ensure();
      await add([
        page(1, { site: { ...card, name: '隴原網', feeds: ['https://longyuan.example/a.rss'] } }),
        page(2, { site: { ...card, logo: 'https://longyuan.example/logo.png' } }),
        // Another site's footer; a page without one; a date that nobody believes.
        page(3, { site: { ...card, licences: { icp: '京ICP备1号' }, reportPhones: ['110'] } }),
        page(4, { site: { domain: card.domain, feeds: ['https://longyuan.example/b.rss'] } }),
        page(5, { datePublished: '9999-01-01T00:00:00Z' }),
        fixtureArticle({ url: 'https://harbour.example/1', site: { domain: 'harbour.example', name: '海港日報' } }),
      ]);
    });
    afterAll(() => sites.drop());

    it('learns what most of the pages say, and counts', async () => {
      expect((await sites.behind()).sort()).toEqual(['harbour.example', 'longyuan.example']);
      await sites.learn(['longyuan.example', 'harbour.example', 'nobody.example'], now);
      const record = await sites.get('longyuan.example');
      expect(record).toMatchObject({
        id: 'longyuan.example',
        site: { ...card, logo: 'https://longyuan.example/logo.png' },
        articles: 5,
        firstArticle: { headline: 'Headline 1', datePublished: '2022-01-01T00:00:00Z' },
        lastArticle: { headline: 'Headline 4' },
        articlesPerDay: 0,
        languages: ['zh-Hans'],
      });
      expect(record?.site.feeds?.toSorted()).toEqual([
        'https://longyuan.example/a.rss',
        'https://longyuan.example/b.rss',
      ]);
      expect(await sites.get('nobody.example')).toBeUndefined();
      expect(await sites.behind()).toEqual([]);
    });

    it('gives the card of a site of one page as that page has it', async () => {
      const only = { ...card, domain: 'only.example' };
      await add([fixtureArticle({ url: 'https://only.example/1', site: only, datePublished: '2026-03-09T00:00:00Z' })]);
      await sites.learn(['only.example'], now);
      expect((await sites.get('only.example'))?.site).toEqual(only);
    });

    it('is not undone by a look that was earlier', async () => {
      await add([page(6, { datePublished: '2022-01-06T00:00:00Z' })]);
      await sites.learn(['longyuan.example'], now + 1_000);
      await sites.learn(['longyuan.example'], now + 500).catch(() => undefined);
      expect(await sites.get('longyuan.example')).toMatchObject({ articles: 6 });
    });

    it('lists page after page, the largest first, and finds by name in either script and by domain', async () => {
      await sites.refresh();
      const first = await sites.list({ size: 1 });
      expect(first).toMatchObject({ total: 3, sites: [{ id: 'longyuan.example' }] });
      const second = await sites.list({
        size: 2,
        ...(first.nextCursor === undefined ? {} : { cursor: first.nextCursor }),
      });
      expect(second.sites.map(({ id }) => id)).toEqual(['harbour.example', 'only.example']);
      expect(second.nextCursor).toBeUndefined();
      const ids = async (q: string) => (await sites.list({ q })).sites.map(({ id }) => id);
      expect(await ids('海港')).toEqual(['harbour.example']);
      expect(await ids('海港日报')).toEqual(['harbour.example']);
      expect(await ids('隴原傳媒')).toEqual(['longyuan.example', 'only.example']);
      expect(await ids('harb')).toEqual(['harbour.example']);
      expect(await ids('"*(')).toEqual([]);
    });

    it('refuses what cannot be listed', async () => {
      for (const params of [{ size: 0 }, { size: 101 }, { cursor: 'x' }, { q: 'x'.repeat(101) }]) {
        await expect(sites.list(params)).rejects.toThrow(SearchInputError);
      }
    });
  });
}
