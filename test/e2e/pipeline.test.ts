import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { progressOf } from '../../services/cli/src/progress.ts';
import { expected, expectedArticles, seeds, sites } from '../sites/expected.ts';
import { longyuanName } from '../sites/templates/longyuan.ts';
import { findCopyFaults, findFaults } from './outcomes.ts';
import { createWorld, type World } from './world.ts';

/** One crawl of all fixture sites by real processes, looked at from every side. */
let world: World;

beforeAll(async () => {
  world = await createWorld({ redisUrl: inject('redisUrl'), elasticsearchUrl: inject('elasticsearchUrl') });
  await Promise.all([world.start('indexer'), world.start('parser'), world.start('crawler'), world.start('crawler')]);
  await world.addSites(seeds);
  await world.drained(150_000);
  await world.index.refresh();
});

afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
});

describe('the pipeline over the fixture sites', () => {
  it('brings every URL to the outcome that its site expects', async () => {
    expect(await findFaults(expected, world.frontier, world.index)).toEqual([]);
  });

  it('balances: what was accepted is indexed, skipped or in quarantine, and the index holds what the ledger says', async () => {
    const progress = progressOf(await world.frontier.balance());
    expect(progress.open).toBe(0);
    expect(progress.discovered).toBe(progress.indexed + progress.skipped + progress.quarantined);
    expect(progress.quarantined).toBe(0);
    expect(await world.index.count()).toBe(progress.indexed);
    expect(progress.indexed).toBeGreaterThanOrEqual(60);
  });

  it('asks each host one thing at a time, never sooner than its delay, by two crawlers together', () => {
    for (const { host } of sites) {
      const { requests, inFlightMax, idleGapMinMs } = world.sites.politeness(host);
      expect(requests, host).toBeGreaterThan(5);
      expect(inFlightMax, host).toBe(1);
      // The setting is 50 ms. The server shares this busy process, so it may note the end of an answer some ms late.
      expect(idleGapMinMs, host).toBeGreaterThanOrEqual(42);
    }
  });

  it('fetches nothing that robots.txt forbids, and nothing from hosts that no source names', () => {
    const known = new Set(sites.map((site) => site.host));
    expect(world.sites.requests.filter((request) => !known.has(request.host))).toEqual([]);
    const forbidden = expected.filter((entry) => entry.outcome === 'skipped' && entry.reason === 'robots_disallowed');
    expect(forbidden.length).toBeGreaterThan(0);
    for (const { url } of forbidden) {
      const { host, pathname } = new URL(url);
      expect(world.sites.requests.filter((request) => request.host === host && request.path === pathname)).toEqual([]);
    }
  });

  it('says who it is', () => {
    expect(new Set(world.sites.requests.map((request) => request.userAgent.split('/')[0]))).toEqual(
      new Set(['newsmill']),
    );
  });

  it('fetches a page that does not change once', () => {
    const ok = world.sites.requests.filter((request) => request.status === 200 && request.path !== '/robots.txt');
    const counts = new Map<string, number>();
    for (const { host, path } of ok) counts.set(host + path, (counts.get(host + path) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
  });

  it('archives into WARC segments', async () => {
    expect((await readdir(world.archiveDir)).every((name) => name.endsWith('.warc.gz'))).toBe(true);
  });

  it('knows the copies of a story, over all sites, and has no mangled one first', async () => {
    const { faults, stories, storiesWithMangled } = await findCopyFaults(expectedArticles, world.index);
    expect(faults).toEqual([]);
    expect(storiesWithMangled).toBeGreaterThanOrEqual(2);
    expect(stories).toBeLessThan(expectedArticles.length - 10);
  });

  it('learns a card of each site from its pages', async () => {
    await vi.waitFor(async () => expect(await world.cards.behind()).toEqual([]), { timeout: 30_000, interval: 200 });
    await world.cards.refresh();
    const { sites: cards } = await world.cards.list({ size: 100 });
    expect(cards.reduce((sum, { articles }) => sum + articles, 0)).toBe(await world.index.count());
    expect(cards.map(({ id }) => id)).toEqual(expect.arrayContaining(['longyuan.test', 'hexi.test', 'haojiang.test']));
    const card = await world.cards.get('longyuan.test');
    expect(card?.site).toMatchObject({
      name: longyuanName,
      operator: '龙源传媒有限责任公司',
      licences: { newsService: '6299990001', icp: '龙ICP备99000001号', broadcastProduction: '(龙)字第001号' },
      legalCounsel: [{ name: '陇原律师事务所', phone: '0931-0000000' }],
    });
    expect(card?.firstArticle?.datePublished).toBeDefined();
    expect((await world.cards.get('hexi.test'))?.site.feeds?.length).toBeGreaterThan(0);
  });

  it.each(['兰州 品质学校', '蘭州 品質學校'])('finds all forms of the seed page for %s', async (q) => {
    const { hits } = await world.index.search({ q, size: 20 });
    const forms = expected.flatMap((entry) =>
      entry.outcome === 'indexed' && entry.story.startsWith('seed') ? entry.url : [],
    );
    expect(forms.length).toBe(4);
    expect(hits.map((hit) => hit.article.url)).toEqual(expect.arrayContaining(forms));
  });
});
