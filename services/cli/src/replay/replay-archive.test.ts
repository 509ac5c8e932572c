import { type Capture, createMemoryArchive } from '@newsmill/archive';
import { type Article, compareVersions, type IndexJob, pipeline } from '@newsmill/contracts';
import { emptyMemory } from '@newsmill/core';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createMemoryFrontier, type UrlEvent } from '@newsmill/frontier';
import { createInlineReader } from '@newsmill/parse-pool';
import { createMemoryJobQueue, createMemoryQuarantine } from '@newsmill/queue';
import { createMemoryIndex } from '@newsmill/search-index';
import { describe, expect, it } from 'vitest';
import { type ReplayRun, replayArchive } from './replay-archive.ts';

const t0 = Date.parse('2026-03-02T00:00:00Z');
const hour = 3_600_000;
const story = [
  '【本报讯】记者3月2日从市水务局获悉，穿城而过的清溪河治理二期工程通过验收，沿岸新添步道6.5公里，投资一点二亿元。',
  '工程去年四月动工，清淤河道11公里，新建污水管网23公里，沿线37个排污口全部封堵，河水由劣五类提高到三类。',
  '家住南桥的周大爷每天早晨沿河散步。他说，从前夏天要关着窗，如今河边又能看见白鹭，孩子们也肯来了。',
];
const page = (headline: string, body = story): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${headline}</title></head><body>
<div class="article"><h1>${headline}</h1><div class="info">2026-03-02 09:30</div>
<div class="content">${body.map((text) => `<p>${text}</p>`).join('\n')}</div></div></body></html>`;
const urlOf = (name: string): string => `http://www.a.test/news/${name}.html`;

/** A pipeline in memory: an archive, what is known of its pages, and an indexer that can be let run. */
function createWorld() {
  const archive = createMemoryArchive();
  const frontier = createMemoryFrontier();
  const index = createMemoryIndex();
  const queue = createMemoryJobQueue();
  const quarantine = createMemoryQuarantine();
  const record = (url: string, event: UrlEvent, now: number) =>
    frontier.record(hostIdOf(url), urlIdOf(url), event, now);
  /** Articles that the indexer was told it has. */
  const known: string[] = [];
  const world = {
    ...{ archive, frontier, index, queue, quarantine, known },
    /** As the crawler does it; `latencyMs` after the request the ledger hears of it. */
    async fetch(url: string, html: string, sentAt: number, sourceId = 's') {
      await frontier.want([{ url, kind: 'article', sourceId, depth: 1, standing: false }], sentAt);
      const capture: Capture = {
        url,
        fetchedAt: new Date(sentAt).toISOString(),
        status: 200,
        httpVersion: '1.1',
        headers: [['content-type', 'text/html; charset=utf-8']],
        body: Buffer.from(html),
      };
      const captureRef = await archive.write(capture);
      await record(url, { type: 'captured', captureRef }, sentAt + 70);
      return captureRef;
    },
    async end(url: string, outcome: Extract<UrlEvent, { type: 'finalized' }>['outcome'], generation = 1) {
      if (outcome.verdict === 'indexed')
        await record(url, { type: 'parsed', generation, contentHash: 'h' }, t0 + 999 * hour);
      await record(url, { type: 'finalized', outcome, generation }, t0 + 999 * hour);
    },
    run: (over: Partial<ReplayRun> = {}) =>
      replayArchive({
        ...{ archive, frontier, index, queue, quarantine, dryRun: false },
        ...{ reader: createInlineReader({ pageBytesMax: 1_000_000 }), readers: 2 },
        ...{ onProgress: () => undefined, clock: () => t0 + 1_000 * hour },
        ...over,
      }),
    /** Lets the indexer have what waits; gives the articles. */
    async indexed(): Promise<Article[]> {
      const { waiting } = await queue.depth(pipeline.index.queue);
      const articles: Article[] = [];
      if (waiting === 0) return articles;
      const { promise, resolve } = Promise.withResolvers<void>();
      const consumer = queue.consume(pipeline.index.queue, { concurrency: 1 }, async ({ payload }) => {
        const job = pipeline.index.schema.parse(payload) as IndexJob;
        if (job.payload.type === 'inline') {
          articles.push(job.payload.article);
          if (job.replayed) known.push(job.urlId);
          await index.write([job.payload.article]);
        }
        await record(articles.at(-1)?.url ?? '', finalized(job.generation), t0 + 1_000 * hour);
        if (articles.length === waiting) resolve();
        return { type: 'complete' };
      });
      await promise;
      await consumer.stop(1_000);
      return articles;
    },
    balance: async () => frontier.balance(),
  };
  return world;
}
const finalized = (generation: number): UrlEvent => ({
  type: 'finalized',
  outcome: { verdict: 'indexed' },
  generation,
});

describe('replay', () => {
  it('gives the index what it has not, under the time of the fetch, and then finds nothing to do', async () => {
    const world = createWorld();
    const ref = await world.fetch(urlOf('1'), page('清溪河治理二期工程通过验收'), t0);
    await world.end(urlOf('1'), { verdict: 'indexed' });
    expect(await world.run({ dryRun: true })).toMatchObject({ captures: 1, pages: 1, added: 1 });
    expect(await world.indexed()).toEqual([]);

    expect(await world.run()).toMatchObject({ captures: 1, pages: 1, done: 1, added: 1, waiting: 1 });
    expect(await world.indexed()).toMatchObject([
      {
        ...{ id: urlIdOf(urlOf('1')), url: urlOf('1'), headline: '清溪河治理二期工程通过验收', captureRef: ref },
        ...{ fetchedAt: '2026-03-02T00:00:00.070Z', firstSeenAt: '2026-03-02T00:00:00.000Z', sourceId: 's' },
      },
    ]);
    expect(await world.run()).toMatchObject({ done: 1, added: 0, changed: 0, unchanged: 1, waiting: 0 });
  });

  it('takes the last capture of a page only, whatever lies behind it in the archive', async () => {
    const world = createWorld();
    await world.fetch(urlOf('1'), page('清溪河治理二期工程通过验收'), t0);
    await world.end(urlOf('1'), { verdict: 'indexed' });
    await world.fetch(urlOf('1'), page('清溪河治理二期工程通过验收（更正）'), t0 + hour);
    await world.end(urlOf('1'), { verdict: 'indexed' }, 2);
    // Another crawler's file that was written later, with an older fetch.
    const capture = await world.archive.read((await Array.fromAsync(world.archive.scan()))[0]?.ref ?? '');
    await world.archive.write(capture);
    expect(await world.run()).toMatchObject({ captures: 3, pages: 1, added: 1 });
    expect((await world.indexed()).map((article) => article.headline)).toEqual(['清溪河治理二期工程通过验收（更正）']);
  });

  it('joins the pages of an article, as the parser does', async () => {
    const world = createWorld();
    const urls = [urlOf('88231'), urlOf('88231_2')];
    const bodies = [story.slice(0, 2), story.slice(2)];
    const parts = await Promise.all(
      urls.map(async (url, at) => {
        const links = urls.map((to, number) => `<a href="${to}">${number + 1}</a>`).join(' ');
        const html = page('清溪河治理二期工程通过验收', bodies[at]).replace(
          '</div></div></body>',
          `</div>${links}</div></body>`,
        );
        const captureRef = await world.fetch(url, html, t0);
        await world.end(url, at === 0 ? { verdict: 'indexed' } : { verdict: 'skipped', reason: 'continuation' });
        return { number: at + 1, last: 2, url, captureRef, fetchedAt: new Date(t0).toISOString() };
      }),
    );
    const partsOf = async (url: string) => (url === urls[0] ? parts : []);
    expect(await world.run({ partsOf })).toMatchObject({ pages: 2, added: 1 });
    const [article] = await world.indexed();
    expect(article?.body).toBe(story.join('\n\n'));
    expect(await world.run({ partsOf })).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  });

  it('has an article of an older parser written again, with what else is known of it', async () => {
    const world = createWorld();
    await world.fetch(urlOf('1'), page('清溪河治理二期工程通过验收'), t0);
    await world.end(urlOf('1'), { verdict: 'indexed' });
    await world.run();
    const [article] = await world.indexed();
    if (article === undefined) throw new Error('not indexed');
    const { datePublished: _, ...poor } = article;
    const removedAt = '2026-03-05T00:00:00.000Z';
    await world.index.write([{ ...poor, parserVersion: '0.9', headline: '清溪河', version: 3, removedAt }]);

    expect(await world.run({ parserOlderThan: '0.9' })).toMatchObject({ filtered: 1, changed: 0 });
    expect(await world.run({ parserOlderThan: '0.10' })).toMatchObject({ filtered: 0, changed: 1 });
    expect(world.known).toEqual([]);
    expect(await world.indexed()).toEqual([{ ...article, version: 3, removedAt }]);
    expect(world.known).toEqual([article.id]);
    expect((await world.index.get(article.id))?.article).toMatchObject({ headline: article.headline, removedAt });
    expect(await world.run({ parserOlderThan: '999' })).toMatchObject({ changed: 0, unchanged: 1 });
  });

  it('replays what was asked for', async () => {
    const world = createWorld();
    for (const [at, name] of ['1', '2', '3'].entries()) {
      await world.fetch(urlOf(name), page(`清溪河治理${name}期工程通过验收`), t0 + at * hour, `source-${name}`);
      await world.end(urlOf(name), { verdict: 'indexed' });
    }
    const dryRun = true;
    expect(await world.run({ dryRun, sourceId: 'source-2' })).toMatchObject({ pages: 3, added: 1, filtered: 2 });
    expect(await world.run({ dryRun, from: t0 + hour, to: t0 + 2 * hour })).toMatchObject({ pages: 1, added: 1 });
    expect(await world.run({ dryRun, host: 'www.a.test' })).toMatchObject({ pages: 3, added: 3 });
    expect(await world.run({ dryRun, host: 'a.test' })).toMatchObject({ captures: 3, pages: 0 });
    expect(await world.run({ dryRun, limit: 2 })).toMatchObject({ done: 2, added: 2 });
    expect(await world.run({ dryRun, parserOlderThan: '999' })).toMatchObject({ filtered: 3 });
    expect(await world.run({ limit: 1, missing: true })).toMatchObject({ added: 1, filtered: 0 });
    await world.indexed();
    expect(await world.run({ dryRun, missing: true })).toMatchObject({ added: 2, filtered: 1 });
  });

  it('makes articles of pages that were in quarantine or skipped, and the ledger agrees', async () => {
    const world = createWorld();
    for (const name of ['1', '2', '3']) await world.fetch(urlOf(name), page(`清溪河治理${name}期工程通过验收`), t0);
    await world.fetch(urlOf('4'), '<html><title>x</title>', t0);
    await world.end(urlOf('1'), { verdict: 'quarantined', reason: 'parser_failed' });
    await world.end(urlOf('2'), { verdict: 'skipped', reason: 'too_short' });
    await world.end(urlOf('3'), { verdict: 'indexed' });
    await world.end(urlOf('4'), { verdict: 'quarantined', reason: 'parser_failed' });
    const id = `parse/${urlIdOf(urlOf('1'))}-1`;
    await world.quarantine.put({
      ...{ id, stage: 'parse', jobId: id.slice(6), reason: 'parser_failed', message: 'm', attempts: 1 },
      quarantinedAt: '2026-03-02T00:00:00Z',
    });
    const report = await world.run();
    expect(report).toMatchObject({ added: 3, failed: 0 });
    expect(Object.values(report.notArticles)).toEqual([1]);
    expect(await world.quarantine.count()).toBe(0);
    expect(await world.balance()).toMatchObject({ s: { parsed: 2, indexed: 1 } });
    expect(await world.indexed()).toHaveLength(3);
    const [reason] = Object.keys(report.notArticles);
    expect(await world.balance()).toEqual({ s: { indexed: 3, [`skipped:${reason}`]: 1, fetches: 4 } });
  });

  it('keeps its hands off what is on its way, and off what is gone since', async () => {
    const world = createWorld();
    await world.fetch(urlOf('on-its-way'), page('清溪河治理二期工程通过验收'), t0);
    await world.fetch(urlOf('gone'), page('南桥小学搬进新校舍'), t0);
    await world.end(urlOf('gone'), { verdict: 'skipped', reason: 'http_404' });
    await world.fetch(urlOf('newer'), page('城北市场周末试营业'), t0);
    await world.end(urlOf('newer'), { verdict: 'indexed' });
    // In the archive, and the ledger does not know of it yet.
    const captures = await Array.fromAsync(world.archive.scan());
    const last = captures.at(-1)?.capture;
    if (last === undefined) throw new Error('no capture');
    await world.archive.write({ ...last, fetchedAt: new Date(t0 + hour).toISOString() });
    expect(await world.run()).toMatchObject({ done: 3, inFlight: 2, gone: 1, added: 0 });
    expect(await world.indexed()).toEqual([]);
  });

  it('names the pages that are in the index and would not be articles now', async () => {
    const world = createWorld();
    await world.fetch(urlOf('1'), page('清溪河治理二期工程通过验收'), t0);
    await world.end(urlOf('1'), { verdict: 'indexed' });
    await world.run();
    await world.indexed();
    const report = await world.run({ reader: createInlineReader({ pageBytesMax: 10 }) });
    expect(report).toMatchObject({ notArticles: { too_large: 1 }, noLongerArticles: 1, waiting: 0 });
    expect(report.noLongerArticleUrls).toEqual([urlOf('1')]);
    expect(await world.balance()).toMatchObject({ s: { indexed: 1 } });
  });

  it('keeps a print view that is an article already, and makes none of another', async () => {
    const world = createWorld();
    const canonical = `<link rel="canonical" href="${urlOf('proper')}"><link rel="stylesheet" href="/print.css">`;
    for (const name of ['1', '2']) {
      const html = page('清溪河治理二期工程通过验收').replace('</head>', `${canonical}</head>`);
      await world.fetch(`${urlOf(name)}?print=1`, html, t0);
    }
    await world.end(`${urlOf('1')}?print=1`, { verdict: 'indexed' });
    await world.end(`${urlOf('2')}?print=1`, { verdict: 'skipped', reason: 'alternate_view' });
    expect(await world.run()).toMatchObject({ added: 1, notArticles: { alternate_view: 1 } });
  });

  it('reads a page with what its site has taught', async () => {
    const world = createWorld();
    await world.fetch(urlOf('1'), page('清溪河治理二期工程通过验收'), t0);
    await world.end(urlOf('1'), { verdict: 'indexed' });
    const asked: string[] = [];
    await world.run({
      dryRun: true,
      async memoryOf(url) {
        asked.push(url);
        return { site: 'a.test', edition: 1, base: emptyMemory, lessons: [] };
      },
    });
    expect(asked).toEqual([urlOf('1')]);
  });

  it('stops when told to', async () => {
    const world = createWorld();
    for (const name of ['1', '2']) await world.fetch(urlOf(name), page('清溪河治理二期工程通过验收'), t0);
    const signal = AbortSignal.abort();
    expect(await world.run({ signal })).toMatchObject({ done: 0, interrupted: true });
  });
});

it.each([
  ['1', '2', -1],
  ['2', '10', -1],
  ['1.9', '1.10', -1],
  ['1', '1.0', 0],
  ['1.0.1', '1', 1],
])('version %s and %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
  expect(Math.sign(compareVersions(b, a))).toBe(-sign + 0);
});
