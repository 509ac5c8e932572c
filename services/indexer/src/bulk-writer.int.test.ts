import { randomUUID } from 'node:crypto';
import type { Article } from '@newsmill/contracts';
import { type ArticleIndex, createElasticsearchClient, createElasticsearchIndex } from '@newsmill/search-index';
import { fixtureArticle } from '@newsmill/search-index/testing';
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { type BulkWriterOptions, createBulkWriter, type WriteTrouble, type WriteVerdict } from './bulk-writer.ts';
import { type Fault, startFaultProxy } from './fault-proxy.ts';

const target = inject('elasticsearchUrl');
const direct = createElasticsearchClient({ url: target });
const fast = { backoff: { baseMs: 2, maxMs: 20 }, random: () => 0.5 };
const articles = (count: number, fields: Partial<Article> = {}) =>
  Array.from({ length: count }, (_, n) => fixtureArticle({ url: `https://bulk.example/${n}`, ...fields }));
const indexed: WriteVerdict = { type: 'indexed' };

let prefix: string;
let index: ArticleIndex;
beforeEach(async () => {
  prefix = `test-${randomUUID().slice(0, 8)}-`;
  index = createElasticsearchIndex({ client: direct, prefix });
  await index.ensure();
});
afterEach(() => index.drop());
afterAll(() => direct.close());

/** A writer whose requests go through a proxy that fails as told. */
async function through(choose: Parameters<typeof startFaultProxy>[1], options: Partial<BulkWriterOptions> = {}) {
  const proxy = await startFaultProxy(target, choose);
  const client = createElasticsearchClient({ url: proxy.url });
  const troubles: WriteTrouble[] = [];
  const writer = createBulkWriter({
    index: createElasticsearchIndex({ client, prefix }),
    onTrouble: (trouble) => troubles.push(trouble),
    ...fast,
    ...options,
  });
  return {
    proxy,
    writer,
    troubles,
    async [Symbol.asyncDispose]() {
      await writer.close({ signal: AbortSignal.timeout(5_000) });
      await client.close();
      await proxy[Symbol.asyncDispose]();
    },
  };
}

async function stored(): Promise<number> {
  await index.refresh();
  return index.count();
}

describe('the bulk writer', () => {
  it('shares requests and gives each caller the answer for its own document', async () => {
    const bulks: string[] = [];
    await using run = await through(({ path }) => {
      if (path.includes('_bulk')) bulks.push(path);
      return 'pass';
    });
    const bad = { ...fixtureArticle({ url: 'https://bulk.example/bad' }), datePublished: 'yesterday' };
    const [good, refused] = await Promise.all([
      Promise.all(articles(300).map((article) => run.writer.write(article))),
      run.writer.write(bad),
    ]);
    expect(good).toEqual(good.map(() => indexed));
    expect(refused).toMatchObject({ type: 'rejected', status: 400, reason: expect.stringContaining('datePublished') });
    expect(bulks.length).toBeLessThanOrEqual(2);
    expect(await stored()).toBe(300);
  });

  it('keeps to its limits of documents and bytes', async () => {
    const sizes: number[] = [];
    await using run = await through(
      ({ body }) => {
        sizes.push(
          body
            .toString()
            .split('\n')
            .filter((line) => line.startsWith('{"index"')).length,
        );
        return 'pass';
      },
      { countMax: 40, bytesMax: 50_000 },
    );
    await Promise.all(articles(90).map((article) => run.writer.write(article)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(24); // 50,000 / 2,053
    sizes.length = 0;
    await Promise.all(articles(10, { body: 'x'.repeat(60_000) }).map((article) => run.writer.write(article)));
    expect(sizes).toEqual(Array.from({ length: 10 }, () => 1));
  });

  it('leaves a newer state in the index', async () => {
    await using run = await through(() => 'pass');
    const [article] = articles(1);
    if (article === undefined) throw new Error('no article');
    expect(await run.writer.write(article)).toEqual(indexed);
    expect(await run.writer.write({ ...article, fetchedAt: '2020-01-01T00:00:00Z' })).toEqual({ type: 'stale' });
  });

  const passing: [string, Fault, WriteTrouble['kind']][] = [
    ['429', { status: 429, body: '{"error":"busy"}' }, 'overloaded'],
    ['503', { status: 503 }, 'unavailable'],
    ['401', { status: 401 }, 'unavailable'],
    ['a 400 that is not Elasticsearch’s', { status: 400, body: '<html>Bad Request</html>' }, 'unavailable'],
    ['half an answer', { status: 200, body: '{"items":[{"index":' }, 'unavailable'],
    ['a page with status 200', { status: 200, body: '<html>' }, 'unavailable'],
    ['an answer without items', { status: 200, body: '{}' }, 'unavailable'],
    ['a broken connection', 'reset', 'unavailable'],
    ['a lost answer', 'lose-answer', 'unavailable'],
    ['a silent server', 'hang', 'unavailable'],
  ];
  it.each(passing)('waits out %s and writes everything', async (_, fault, kind) => {
    await using run = await through(({ number }) => (number % 3 === 0 ? 'pass' : fault), {
      countMax: 50,
      requestTimeoutMs: 300,
    });
    const verdicts = await Promise.all(articles(120).map((article) => run.writer.write(article)));
    expect(verdicts).toEqual(verdicts.map(() => indexed));
    expect(run.troubles.map((trouble) => trouble.kind)).toContain(kind);
    expect(await stored()).toBe(120);
  });

  it('sends documents again that were refused for the moment, and only those', async () => {
    const busy = {
      index: { status: 429, error: { type: 'es_rejected_execution_exception', reason: 'queue is full' } },
    };
    // A conflict is believed only if there is a document that can be newer.
    await index.write(articles(20).map((article) => ({ ...article, fetchedAt: '2020-01-01T00:00:00Z' })));
    let refusals = 3;
    await using run = await through(({ body }) => {
      const count = body
        .toString()
        .split('\n')
        .filter((line) => line.startsWith('{"index"')).length;
      if (count === 0) return 'pass';
      refusals -= 1;
      if (refusals < 0) return 'pass';
      const items = Array.from({ length: count }, (_, n) =>
        n === 0 && refusals > 0 ? { index: { status: 409 } } : busy,
      );
      return { status: 200, body: JSON.stringify({ errors: true, items }) };
    });
    const verdicts = await Promise.all(articles(20).map((article) => run.writer.write(article)));
    expect(verdicts.filter(({ type }) => type === 'stale')).toHaveLength(2);
    expect(verdicts.filter(({ type }) => type === 'indexed')).toHaveLength(18);
    expect(run.troubles.map(({ kind }) => kind)).toEqual([
      'documents-refused',
      'documents-refused',
      'documents-refused',
    ]);
    expect(await stored()).toBe(20);
  });

  // F22
  it('finds the one document that spoils a request', async () => {
    await using run = await through(() => 'pass');
    const poison = { ...fixtureArticle({ url: 'https://bulk.example/poison' }), id: 'x'.repeat(600) };
    const [verdicts, refused] = await Promise.all([
      Promise.all(articles(63).map((article) => run.writer.write(article))),
      run.writer.write(poison),
    ]);
    expect(verdicts).toEqual(verdicts.map(() => indexed));
    expect(refused).toMatchObject({ type: 'rejected', status: 400 });
    expect(run.proxy.requests).toBeLessThan(20);
    expect(await stored()).toBe(63);
  });

  it('makes requests smaller that are too large, and refuses the document that never fits', async () => {
    await using run = await through(({ body }) => (body.length > 100_000 ? { status: 413 } : 'pass'));
    const huge = fixtureArticle({ url: 'https://bulk.example/huge', body: 'x'.repeat(200_000) });
    const [verdicts, refused] = await Promise.all([
      Promise.all(articles(100, { body: 'x'.repeat(5_000) }).map((article) => run.writer.write(article))),
      run.writer.write(huge),
    ]);
    expect(verdicts).toEqual(verdicts.map(() => indexed));
    expect(refused).toMatchObject({ type: 'rejected', status: 413 });
    expect(await stored()).toBe(100);
  });

  it('waits for an index that is blocked, and says so', async () => {
    const names = { index: `${prefix}articles` };
    await direct.indices.putSettings({ ...names, settings: { 'index.blocks.write': true } });
    const unblock = Promise.withResolvers<void>();
    await using run = await through(() => 'pass', { onTrouble: () => unblock.resolve() });
    const writing = Promise.all(articles(5).map((article) => run.writer.write(article)));
    await unblock.promise;
    await direct.indices.putSettings({ ...names, settings: { 'index.blocks.write': false } });
    expect(await writing).toEqual([indexed, indexed, indexed, indexed, indexed]);
  });

  it('lets a caller go at any moment, and the others stay', async () => {
    await using run = await through(({ number }) => (number === 1 ? 'hang' : 'pass'), { requestTimeoutMs: 500 });
    const leaving = new AbortController();
    const [gone, stays] = articles(2);
    if (gone === undefined || stays === undefined) throw new Error('no articles');
    const left = run.writer.write(gone, { signal: leaving.signal });
    const stayed = run.writer.write(stays);
    leaving.abort(new Error('time is up'));
    await expect(left).rejects.toThrow('time is up');
    expect(await stayed).toEqual(indexed);
    await expect(run.writer.write(gone, { signal: leaving.signal })).rejects.toThrow('time is up');
  });

  it('sends what it holds when it is closed, and takes no more', async () => {
    await using run = await through(() => 'pass', { lingerMs: 60_000 });
    const writing = Promise.all(articles(10).map((article) => run.writer.write(article)));
    await run.writer.close();
    expect((await writing).length).toBe(10);
    expect(run.writer.load).toEqual({ documents: 0, requests: 0 });
    await expect(run.writer.write(fixtureArticle({ url: 'https://bulk.example/late' }))).rejects.toThrow(/closed/);
  });

  it('gives up at the deadline when it is closed without Elasticsearch', async () => {
    await using run = await through(() => 'hang');
    const writing = run.writer.write(fixtureArticle({ url: 'https://bulk.example/1' }));
    const closing = run.writer.close({ signal: AbortSignal.timeout(100) });
    await expect(writing).rejects.toThrow(/closed before Elasticsearch answered/);
    await closing;
  });
});
