import { type Archive, type Capture, createMemoryArchive } from '@newsmill/archive';
import type { ParseJob } from '@newsmill/contracts';
import { emptyMemory, type Observation } from '@newsmill/core';
import { balanceLabel } from '@newsmill/core/schedule';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createMemoryFrontier, createSourceCache, type FoundUrl, type Frontier } from '@newsmill/frontier';
import { createInlineReader } from '@newsmill/parse-pool';
import type { StageContext, StageResult } from '@newsmill/service-kit';
import { createMemoryPageParts } from '@newsmill/site-memory';
import { describe, expect, it } from 'vitest';
import { createFollow } from './follow.ts';
import { createKnownArticles } from './known-articles.ts';
import { createParse, type ParseDeps } from './parse.ts';
import { createWholeArticle } from './whole-article.ts';

const home = 'http://www.a.test/news/2026/01/02/bridge.html';
const now = Date.parse('2026-01-03T00:00:00Z');
const paragraphs = [
  'After three years of work, the new bridge over the river was opened to traffic on Friday, with hundreds of people walking across before the first cars were let through at noon.',
  'The mayor said the bridge would shorten the way to the hospital by twenty minutes, and thanked the workers who had kept building through two floods.',
  'Buses will use the bridge from Monday. The old ferry stops at the end of the year, after a hundred and four years in service.',
];
const page = (head = '') => `<!doctype html><html lang="en"><head><title>New bridge opens</title>${head}</head><body>
  <nav><a href="/news/">News</a></nav><h1>New bridge opens</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}
  <a href="/news/2026/01/01/ferry.html">The old ferry has its last winter on the river</a>
  <a href="http://elsewhere.test/x.html">A page of somebody else, which is not our business</a></body></html>`;

/** Runs the stage on one captured page, with real memory adapters on all sides. */
async function run(
  body: string,
  headers: [string, string][] = [['content-type', 'text/html; charset=utf-8']],
  more: {
    readonly depth?: number;
    readonly address?: string;
    readonly excludes?: string[];
    /** By a feed. */
    readonly told?: Pick<FoundUrl, 'datePublished' | 'headline' | 'author'>;
    readonly recall?: ParseDeps['recall'];
  } = {},
) {
  const url = more.address ?? home;
  const frontier = createMemoryFrontier();
  const archive = createMemoryArchive();
  await frontier.putSource({
    id: 's',
    name: 'S',
    url: 'http://www.a.test/',
    domain: 'a.test',
    addedAt: new Date(now).toISOString(),
    mode: 'standing',
    depthMax: 8,
    ...(more.excludes ? { exclude: more.excludes } : {}),
  });
  const depth = more.depth ?? 1;
  await frontier.admit([{ url, kind: 'article', sourceId: 's', depth, standing: true, ...more.told }], now);
  const captureRef = await archive.write({
    url,
    fetchedAt: new Date(now).toISOString(),
    status: 200,
    httpVersion: '1.1',
    headers,
    body: Buffer.from(body),
  });
  await frontier.record(hostIdOf(url), urlIdOf(url), { type: 'captured', captureRef }, now);
  const job: ParseJob = {
    v: 1,
    urlId: urlIdOf(url),
    hostId: hostIdOf(url),
    url,
    generation: 1,
    captureRef,
    fetchedAt: new Date(now).toISOString(),
    sourceId: 's',
    depth,
  };
  const reader = createInlineReader({ pageBytesMax: 1_000_000 });
  const sources = createSourceCache(frontier);
  const handle = createParse({
    frontier,
    sources,
    archive,
    reader,
    follow: createFollow({
      ...{ frontier, sources, lore: undefined, known: createKnownArticles(), pageLinksMax: 100, hostUrlsMax: 100 },
      clock: () => now,
    }),
    clock: () => now,
    recall: more.recall,
    whole: createWholeArticle({ frontier, archive, reader, parts: createMemoryPageParts(), clock: () => now }),
  });
  const context: StageContext = {
    signal: new AbortController().signal,
    stopping: new AbortController().signal,
    attempt: 1,
    note: () => undefined,
  };
  const started = handle(job, context);
  if (Symbol.asyncIterator in started) throw new Error('the parse stage is no generator');
  const result: StageResult<'parse'> = await started;
  const row = await frontier.getUrl(url);
  return { result, frontier, archive, job, handle, context, label: row && balanceLabel(row) };
}

const emitted = (result: StageResult<'parse'>) => ('emit' in result ? (result.emit ?? []) : []);

describe('the parse stage', () => {
  it('emits the article and makes the links of its source known', async () => {
    const { result, frontier, label } = await run(page());
    expect(result.verdict).toBe('done');
    const [index] = emitted(result);
    if (index?.to !== 'index' || index.job.payload.type !== 'inline') throw new Error('no inline article');
    expect(index.job.payload.article).toMatchObject({
      id: urlIdOf(home),
      headline: 'New bridge opens',
      body: paragraphs.join('\n\n'),
      sourceId: 's',
      version: 1,
      firstSeenAt: '2026-01-03T00:00:00.000Z',
    });
    expect(label).toBe('parsed');
    expect(await frontier.getUrl('http://www.a.test/news/2026/01/01/ferry.html')).toMatchObject({ depth: 2 });
    expect(await frontier.getUrl('http://elsewhere.test/x.html')).toBeUndefined();
  });

  it('has heard from the frontier before it judges which links it told before', async () => {
    const { frontier, archive, job, context } = await run(page());
    const order: string[] = [];
    const heard = Promise.withResolvers<void>();
    const reader = createInlineReader({ pageBytesMax: 1_000_000 });
    const handle = createParse({
      ...{ archive, sources: createSourceCache(frontier), clock: () => now },
      reader: {
        async read(request) {
          const answer = await reader.read(request);
          // After all that needs not wait for it.
          setImmediate(heard.resolve);
          return answer;
        },
      },
      frontier: {
        ...frontier,
        async see(...asked) {
          await heard.promise;
          order.push('heard');
          return frontier.see(...asked);
        },
      },
      async follow() {
        order.push('judged');
        return { accepted: 0, turns: [] };
      },
    });
    await handle(job, context);
    expect(order).toEqual(['heard', 'judged']);
  });

  it.each<[string, string | undefined, string | undefined, string | undefined]>([
    ['none and no feed', undefined, undefined, undefined],
    ['none', '2026-01-02T12:00:00.000Z', '2026-01-02T12:00:00.000Z', 'feed-item'],
    ['none, and the feed one of next week', '2026-01-09T12:00:00.000Z', undefined, undefined],
    ['its own', '2026-01-02T12:00:00.000Z', '2026-01-01T08:00:00+00:00', 'meta:pubdate'],
  ])('takes the date of the feed for a page that gives %s', async (name, datePublished, expected, from) => {
    const head = name === 'its own' ? '<meta name="pubdate" content="2026-01-01T08:00:00Z">' : '';
    const address = 'http://www.a.test/news/88231-the-new-bridge-opens.html';
    const { result } = await run(page(head), undefined, {
      address,
      ...(datePublished === undefined ? {} : { told: { datePublished } }),
    });
    const [index] = emitted(result);
    if (index?.to !== 'index' || index.job.payload.type !== 'inline') throw new Error('no inline article');
    const { article } = index.job.payload;
    expect([article.datePublished, article.provenance.datePublished]).toEqual([expected, from]);
  });

  it('takes title and author of the feed for a page that has neither heading nor byline', async () => {
    const bare = page()
      .replace('<h1>New bridge opens</h1>', '')
      .replace('New bridge opens</title>', 'New bridge opens at last - Town - The Gazette</title>');
    const told = { headline: 'New bridge opens at last', author: 'Jane Doe' };
    const { result } = await run(bare, undefined, { told });
    const [index] = emitted(result);
    if (index?.to !== 'index' || index.job.payload.type !== 'inline') throw new Error('no inline article');
    const { article } = index.job.payload;
    expect(article).toMatchObject({
      headline: 'New bridge opens at last',
      contributors: [{ name: 'Jane Doe', role: 'author' }],
      provenance: { headline: 'feed-item', contributors: 'feed-item' },
    });
  });

  it('gives the same job when it runs again', async () => {
    const { result, handle, job, context } = await run(page());
    const again = await (handle(job, context) as Promise<StageResult<'parse'>>);
    expect(emitted(again)).toEqual(emitted(result));
  });

  it('ends a page that is no article with its reason', async () => {
    const { result, label } = await run('%PDF-1.7 \u0000\u0001 not text');
    expect(result).toMatchObject({ verdict: 'skipped', reason: 'unsupported_type' });
    expect(label).toBe('skipped:unsupported_type');
  });

  it.each([
    ['noindex', 'noindex'],
    ['newsmill: noindex', 'noindex'],
    ['otherbot: noindex', undefined],
  ])('X-Robots-Tag %s', async (value, reason) => {
    const { result } = await run(page(), [
      ['content-type', 'text/html'],
      ['X-Robots-Tag', value],
    ]);
    expect('reason' in result ? result.reason : undefined).toBe(reason);
  });

  it('follows no links when the page asks so', async () => {
    const { frontier } = await run(page('<meta name="robots" content="nofollow">'));
    expect(await frontier.getUrl('http://www.a.test/news/2026/01/01/ferry.html')).toBeUndefined();
  });

  it.each([1, 8])('sends on from an AMP view to the page proper, which is as deep (%i)', async (depth) => {
    const proper = 'http://www.a.test/news/2026/01/02/the-bridge.html';
    const amp = page(`<link rel="canonical" href="${proper}">`).replace('<html', '<html amp');
    const { result, frontier, label } = await run(amp, undefined, { depth });
    expect(result).toMatchObject({ verdict: 'skipped', reason: 'alternate_view' });
    expect(label).toBe('skipped:alternate_view');
    expect(await frontier.getUrl(proper)).toMatchObject({ depth, kind: 'article' });
  });

  it('takes an AMP view for the article when the page proper is out of scope', async () => {
    const amp = page('<link rel="canonical" href="http://www.a.test/members/bridge.html">').replace(
      '<html',
      '<html amp',
    );
    const { result } = await run(amp, undefined, { excludes: ['/members/*'] });
    expect(result.verdict).toBe('done');
  });

  it('sends on from a later page of an article to its first', async () => {
    const address = 'http://www.a.test/news/2026/01/02/bridge_2.html';
    const { result, frontier } = await run(page('<link rel="prev" href="bridge.html">'), undefined, { address });
    expect(result).toMatchObject({ verdict: 'skipped', reason: 'continuation' });
    expect(await frontier.getUrl(home)).toMatchObject({ depth: 1, kind: 'article' });
  });

  it('reads with the memory of the site, and hands back what the page teaches', async () => {
    const seen: string[] = [];
    const recall = {
      async of(asked: string) {
        seen.push(asked);
        return { site: 'a.test', edition: 1, base: emptyMemory, lessons: [] };
      },
      add: (asked: string, { fills }: Observation) => seen.push(`${asked} ${fills.headline}`),
    };
    const { result } = await run(page(), undefined, { recall });
    expect(result.verdict).toBe('done');
    expect(seen).toEqual([home, `${home} 1`]);
  });

  it('puts a large article into the archive instead of the queue', async () => {
    const { result, archive } = await run(
      page().replace(
        '</h1>',
        `</h1>${Array.from({ length: 300 }, (_, n) => `<p>${paragraphs[n % 3]} It was number ${n} of many such days.</p>`).join('')}`,
      ),
    );
    const [index] = emitted(result);
    if (index?.to !== 'index' || index.job.payload.type !== 'archived') throw new Error('not archived');
    const derived = await archive.readDerived(index.job.payload.ref);
    expect(JSON.parse(Buffer.from(derived.body).toString())).toMatchObject({ headline: 'New bridge opens' });
  });

  it('quarantines a job whose capture is gone, and skips what cannot be unpacked', async () => {
    const { handle, job, context } = await run(page());
    const gone = { ...job, captureRef: 'nothing-0001.warc.gz#0+10' };
    await expect(handle(gone, context)).rejects.toMatchObject({ name: 'PermanentError', reason: 'capture_missing' });
    const { result } = await run('not gzip', [['content-encoding', 'gzip']]);
    expect(result).toMatchObject({ verdict: 'skipped', reason: 'bad_encoding' });
  });

  it('makes an article of a replayed page anew, and follows none of its links', async () => {
    const { archive, frontier, job, handle, context } = await run(page());
    await frontier.record(job.hostId, job.urlId, indexed, now);
    const captureRef = await archive.write({
      ...(await archive.read(job.captureRef)),
      body: Buffer.from(page().replace('</h1>', more)),
    });
    const result = await replayed(frontier, { ...job, captureRef }, { handle, context });
    expect(emitted(result)).toMatchObject([{ to: 'index', job: { replayed: true, generation: 1 } }]);
    expect(await frontier.getUrl('http://www.a.test/news/2026/01/02/more.html')).toBeUndefined();
    expect(await frontier.getUrl(job.url)).toMatchObject({ state: 'parsed', generation: 1 });
  });

  it.each<[string, (archive: Archive, capture: Capture) => Promise<string>]>([
    ['is no article any more', (archive, capture) => archive.write({ ...capture, body: Buffer.from('<p>x</p>') })],
    [
      'is not to be indexed',
      (archive, capture) => archive.write({ ...capture, headers: [...capture.headers, ['x-robots-tag', 'noindex']] }),
    ],
    ['has lost its capture', async () => '20200101T000000-00000000-0001.warc.gz#0+1'],
  ])('leaves an article that is replayed what it is when its page %s', async (_, change) => {
    const { archive, frontier, job, handle, context } = await run(page());
    await frontier.record(job.hostId, job.urlId, indexed, now);
    const captureRef = await change(archive, await archive.read(job.captureRef));
    const result = await replayed(frontier, { ...job, captureRef }, { handle, context });
    expect(result).toMatchObject({ verdict: 'done', emit: [] });
    expect(await frontier.getUrl(job.url)).toMatchObject({ state: 'final', outcome: { verdict: 'indexed' } });
  });
});

const indexed = { type: 'finalized', outcome: { verdict: 'indexed' }, generation: 1 } as const;
const more = '</h1><a href="/news/2026/01/02/more.html">More about the bridge that was opened on Friday</a>';

/** An operator has a page worked through again. */
async function replayed(
  frontier: Frontier,
  job: ParseJob,
  { handle, context }: Pick<Awaited<ReturnType<typeof run>>, 'handle' | 'context'>,
): Promise<StageResult<'parse'>> {
  const { hostId, urlId, url, generation, captureRef } = job;
  const event = { type: 'reopened', url, generation, state: 'captured', captureRef, lost: true } as const;
  await frontier.record(hostId, urlId, event, now);
  const started = handle({ ...job, replayed: true }, context);
  if (Symbol.asyncIterator in started) throw new Error('the parse stage is no generator');
  return started;
}
