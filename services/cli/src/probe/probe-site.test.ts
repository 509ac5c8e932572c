import { setTimeout as sleep } from 'node:timers/promises';
import { createFetcher } from '@newsmill/fetch';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SiteServer, startSites } from '../../../../test/sites/server.ts';
import { readSourcesFile, writeSourcesFile } from '../sources-file.ts';
import { createPoliteClient } from './polite-client.ts';
import { type ProbeReport, probeSite } from './probe-site.ts';

let sites: SiteServer;
let fetcher: ReturnType<typeof createFetcher>;
beforeAll(async () => {
  sites = await startSites();
  fetcher = createFetcher({ userAgent: 'newsmill/test', resolve: sites.resolveMap, allowCidrs: ['127.0.0.0/8'] });
});
beforeEach(() => sites.clearRequests());
afterAll(async () => {
  await fetcher[Symbol.asyncDispose]();
  await sites[Symbol.asyncDispose]();
});

const client = (signal = new AbortController().signal) =>
  createPoliteClient({
    fetcher,
    delayMs: 20,
    signal,
    clock: () => performance.now(),
    pause: async (ms) => void (await sleep(ms)),
  });
async function probe(url: string): Promise<ProbeReport> {
  const report = await probeSite(client(), url, () => undefined);
  if ('failed' in report) throw new Error(report.failed);
  return report;
}

describe('probeSite', () => {
  it('finds feed, sitemaps of robots.txt and sections, shows five articles and writes an entry', async () => {
    const report = await probe('http://hk.haojiang.test/');
    expect(report.feeds).toMatchObject([
      { url: 'http://hk.haojiang.test/feed/atom.xml', format: 'atom', title: '濠江日報' },
    ]);
    expect(report.feeds[0]?.items).toBeGreaterThan(5);
    expect(report.sitemaps.map((one) => one.kind)).toEqual(['index', 'urlset']);
    expect(report.sections.map((one) => one.text)).toContain('港聞');
    expect(report.robots).toMatchObject({ status: 200, rules: ['User-agent: *', 'Disallow: /wp-admin/'] });
    const articles = report.previews.filter((one) => 'article' in one);
    expect(articles).toHaveLength(5);
    expect(articles.every((one) => one.article.headline !== '' && one.article.datePublished !== undefined)).toBe(true);
    expect(report.entry).toEqual({
      name: '濠江日報',
      url: 'http://hk.haojiang.test/',
      urls: ['http://hk.haojiang.test/feed/atom.xml'],
    });
    const text = writeSourcesFile(readSourcesFile(JSON.stringify({ sources: [report.entry] }), 'x', 0));
    expect(text).toContain('feed/atom.xml');
  });

  it('prefers a news sitemap, and knows a content system by its pages', async () => {
    const english = await probe('http://en.riverpost.test/');
    expect(english.sitemaps).toMatchObject([{ kind: 'news' }]);
    expect(english.entry.urls).toEqual(['http://en.riverpost.test/news-sitemap.xml']);
    expect((await probe('http://www.longyuan.test/')).platform).toContain('Enorth');
  });

  it('begins with a feed as well', async () => {
    const report = await probe('http://news.hexi.test/rss/news.xml');
    expect(report).toMatchObject({ pageKind: 'feed', feeds: [{ format: 'rss' }] });
    expect(report.previews.filter((one) => 'article' in one)).toHaveLength(5);
  });

  it('asks one thing at a time, with its pause, and nothing that robots.txt forbids', async () => {
    const report = await probe('http://edge.broken.test/');
    const { requests, inFlightMax, idleGapMinMs } = sites.politeness('edge.broken.test');
    expect(requests).toBe(report.requests);
    expect(inFlightMax).toBe(1);
    // What robots.txt asks for, from its own end on; ours is 20 ms.
    expect(idleGapMinMs).toBeGreaterThanOrEqual(98);
    expect(sites.requests.some((request) => request.path.startsWith('/private/'))).toBe(false);
    expect(await probeSite(client(), 'http://edge.broken.test/private/bridge.html', () => undefined)).toEqual({
      failed: 'robots.txt line 2: disallow: /private/',
    });
  });

  it('says why a site cannot be read, and ends when it is told to', async () => {
    expect(await probeSite(client(), 'http://10.0.0.1/', () => undefined)).toEqual({
      failed: 'private_address',
    });
    expect(await probeSite(client(AbortSignal.abort()), 'http://hk.haojiang.test/', () => undefined)).toEqual({
      failed: 'aborted',
    });
    expect(sites.requests).toEqual([]);
  });
});
