import { gzipSync } from 'node:zlib';
import { type ByteSource, createMemoryArchive } from '@newsmill/archive';
import { parseJob, pipeline } from '@newsmill/contracts';
import { compileScope } from '@newsmill/core';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createMemoryFrontier } from '@newsmill/frontier';
import { createMemoryJobQueue } from '@newsmill/queue';
import { describe, expect, it } from 'vitest';
import { importSource } from '../commands/import.ts';
import { makeSource } from '../make-source.ts';
import { type ExportRun, exportWarc } from './export-warc.ts';
import { type ImportRun, importWarc } from './import-warc.ts';
import { type ForeignPage, foreignFile, foreignRecords } from './warc.fixture.ts';

const now = Date.parse('2026-03-02T00:00:00Z');
const page = (name: string, over: Partial<ForeignPage> = {}): ForeignPage => ({
  url: `http://www.a.test/news/${name}.html`,
  date: '2019-05-01T10:00:00Z',
  body: `<html><title>${name}</title>`,
  ...over,
});
const bytesOf = (bytes: Buffer): ByteSource => ({
  read: async (position, length) => bytes.subarray(position, position + length),
  async [Symbol.asyncDispose]() {},
});

function createWorld() {
  const archive = createMemoryArchive();
  const frontier = createMemoryFrontier();
  const queue = createMemoryJobQueue();
  const source = importSource(now);
  return {
    ...{ archive, frontier, queue, source },
    run: (file: Buffer, over: Partial<ImportRun> = {}) =>
      importWarc(bytesOf(file), {
        ...{ archive, frontier, queue, source, dryRun: false, recordBytesMax: 1_000_000, clock: () => now },
        ...{ signal: new AbortController().signal, onProgress: () => undefined, ...over },
      }),
    captures: async () => (await Array.fromAsync(archive.scan())).map(({ capture }) => capture),
    /** The jobs that wait for the parser, which then are gone. */
    async parses() {
      const { waiting } = await queue.depth(pipeline.parse.queue);
      const jobs: unknown[] = [];
      if (waiting === 0) return [];
      const { promise, resolve } = Promise.withResolvers<void>();
      const consumer = queue.consume(pipeline.parse.queue, { concurrency: 1 }, async ({ payload }) => {
        if (jobs.push(payload) === waiting) resolve();
        return { type: 'complete' };
      });
      await promise;
      await consumer.stop(1_000);
      return jobs.map((job) => parseJob.parse(job));
    },
    async export(over: Partial<ExportRun> = {}) {
      const report = { looked: 0, captures: 0, bytes: 0 };
      const members = exportWarc(
        {
          ...{ archive, info: {}, now: new Date(now), signal: new AbortController().signal },
          sourceOf: async (url) => (await frontier.getUrl(url))?.sourceId,
          ...over,
        },
        report,
      );
      return { file: Buffer.concat(await Array.fromAsync(members)), report };
    },
  };
}

describe('import', () => {
  it('takes captures into the archive, the ledger and the queue, under the time of their fetch', async () => {
    const world = createWorld();
    expect(await world.run(foreignFile([page('1'), page('2')]))).toMatchObject({
      ...{ records: 7, captures: 2, taken: 2, known: 0, left: {}, damaged: 0, interrupted: false },
    });
    const [first] = await world.captures();
    expect(first).toMatchObject({ url: page('1').url, fetchedAt: '2019-05-01T10:00:00.000Z', ip: '203.0.113.7' });
    expect(Buffer.from(first?.body ?? []).toString()).toBe(page('1').body);
    const row = await world.frontier.getUrl(page('1').url);
    expect(row).toMatchObject({ state: 'captured', generation: 1, sourceId: 'import', kind: 'article' });
    expect(row?.dueAt).toBeUndefined();
    expect(await world.frontier.balance()).toEqual({ import: { captured: 2, fetches: 2 } });
    const jobs = await world.parses();
    expect(jobs).toHaveLength(2);
    expect(jobs[0]).toMatchObject({
      ...{ urlId: urlIdOf(page('1').url), hostId: hostIdOf(page('1').url), generation: 1, url: page('1').url },
      ...{ fetchedAt: '2019-05-01T10:00:00.000Z', sourceId: 'import', depth: 0, captureRef: row?.captureRef },
    });
  });

  it('changes nothing when it is done again, also in the middle', async () => {
    const world = createWorld();
    const file = foreignFile(['1', '2', '3', '4'].map((name) => page(name)));
    const first = await world.run(file, { limit: 2 });
    expect(first).toMatchObject({ taken: 2 });
    expect(await world.run(file, { from: first.resumeAt })).toMatchObject({ captures: 3, taken: 2, known: 1 });
    expect(await world.run(file)).toMatchObject({ captures: 4, taken: 0, known: 4 });
    expect(await world.captures()).toHaveLength(4);
    expect(await world.parses()).toHaveLength(4);
  });

  it('leaves what is no page, and says how many', async () => {
    const world = createWorld();
    const file = foreignFile([
      page('1'),
      page('moved', { status: 301 }),
      page('gone', { status: 404 }),
      page('picture', { type: 'image/jpeg' }),
      page('pdf', { type: 'application/pdf' }),
      page('x', { url: 'ftp://www.a.test/x' }),
      page('dated', { date: 'yesterday' }),
      page('future', { date: '2026-03-04T00:00:00Z' }),
      page('elsewhere', { url: 'http://www.b.test/1.html' }),
    ]);
    const of = makeSource('http://www.a.test/', { mode: 'standing' }, now);
    expect(await world.run(file, { source: of, scope: compileScope(of) })).toMatchObject({
      taken: 1,
      left: { status: 2, media: 2, address: 1, date: 2, scope: 1 },
    });
    expect(await world.frontier.balance()).toEqual({ 'www.a.test': { captured: 1, fetches: 1 } });
  });

  it('does nothing in a dry run', async () => {
    const world = createWorld();
    expect(await world.run(foreignFile([page('1')]), { dryRun: true })).toMatchObject({ taken: 1 });
    expect([await world.captures(), await world.parses(), await world.frontier.balance()]).toEqual([[], [], {}]);
  });

  it('takes several captures of a page in their order, and none that is older than what is known', async () => {
    const world = createWorld();
    const later = page('1', { date: '2019-06-01T10:00:00Z', body: 'later' });
    expect(await world.run(foreignFile([page('1'), later]))).toMatchObject({ taken: 2 });
    expect(await world.frontier.getUrl(later.url)).toMatchObject({
      generation: 2,
      fetchedAt: Date.parse('2019-06-01T10:00:00Z'),
    });
    const earlier = page('1', { date: '2019-05-15T10:00:00Z', body: 'between' });
    expect(await world.run(foreignFile([earlier]))).toMatchObject({ taken: 0, known: 1 });
  });

  it('saves a URL that waits from being fetched, and leaves one that is gone', async () => {
    const world = createWorld();
    const waits = { url: page('1').url, kind: 'article', sourceId: 's', depth: 1, standing: true } as const;
    await world.frontier.admit([waits, { ...waits, url: page('2').url }], now - 1_000);
    const event = { type: 'fetch-failed', reason: 'http_410', transient: false } as const;
    await world.frontier.record(hostIdOf(page('2').url), urlIdOf(page('2').url), event, now - 500);
    const file = foreignFile([page('1'), page('2')]);
    expect(await world.run(file)).toMatchObject({ taken: 1, left: { gone: 1 } });
    const row = await world.frontier.getUrl(page('1').url);
    expect(row).toMatchObject({ state: 'captured', sourceId: 's', generation: 1 });
    expect(row?.dueAt).toBeUndefined();
  });

  it('says where a file is damaged, and takes what is good before and behind', async () => {
    const world = createWorld();
    const records = ['1', '2', '3'].flatMap((name) => foreignRecords(page(name))).map((record) => gzipSync(record));
    const offset = records.slice(0, 4).reduce((sum, member) => sum + member.byteLength, 0);
    records[4]?.fill(0xff, 20, 60);
    const report = await world.run(Buffer.concat(records));
    expect(report).toMatchObject({ taken: 2, damaged: 1 });
    expect(report.damage).toEqual([{ offset, what: 'bytes that gzip cannot have written' }]);
    const whole = foreignFile([page('4'), page('5')]);
    expect(await world.run(whole.subarray(0, -200))).toMatchObject({
      taken: 1,
      damage: [{ what: 'the file ends in the middle of a record' }],
    });
    const giant = foreignFile([page('6', { body: 'x'.repeat(2_000_000) }), page('7')]);
    expect(await world.run(giant)).toMatchObject({
      taken: 1,
      damage: [{ what: expect.stringMatching(/^a record of 2/) }],
    });
  });

  it('stops when told to, and goes on where it stopped', async () => {
    const world = createWorld();
    const stop = new AbortController();
    const file = foreignFile(Array.from({ length: 60 }, (_, at) => page(String(at))));
    const onProgress = ({ taken }: { taken: number }) => taken >= 10 && stop.abort();
    const report = await world.run(file, { signal: stop.signal, onProgress });
    expect(report).toMatchObject({ interrupted: true });
    expect(report.taken).toBeLessThan(60);
    const rest = await world.run(file, { from: report.resumeAt });
    expect(rest.taken + report.taken).toBe(60);
  });

  it('ends with the error of whoever fails', async () => {
    const world = createWorld();
    const broken = { write: () => Promise.reject(new Error('the disk is gone')) };
    await expect(world.run(foreignFile([page('1')]), { archive: broken })).rejects.toThrow('the disk is gone');
  });
});

describe('export', () => {
  it('makes a file that imports as the same captures', async () => {
    const world = createWorld();
    await world.run(foreignFile([page('1'), page('2'), page('3', { date: '2020-01-01T00:00:00Z' })]));
    const { file, report } = await world.export();
    expect(report).toMatchObject({ captures: 3, bytes: expect.any(Number) });
    const other = createWorld();
    expect(await other.run(file)).toMatchObject({ taken: 3, damaged: 0 });
    expect(await other.captures()).toEqual(await world.captures());
  });

  it('keeps to what was asked for', async () => {
    const world = createWorld();
    const b = page('b', { url: 'http://www.b.test/1.html' });
    await world.run(foreignFile([page('1'), page('3', { date: '2020-01-01T00:00:00Z' })]));
    const of = makeSource('http://www.b.test/', { mode: 'standing' }, now);
    await world.run(foreignFile([b]), { source: of });
    const urls = async (over: Partial<ExportRun>) => {
      const other = createWorld();
      await other.run((await world.export(over)).file);
      return (await other.captures()).map(({ url }) => url);
    };
    expect(await urls({ host: 'www.b.test' })).toEqual([b.url]);
    expect(await urls({ sourceId: 'www.b.test' })).toEqual([b.url]);
    expect(await urls({ sourceId: 'none' })).toEqual([]);
    expect(await urls({ from: Date.parse('2019-12-01') })).toEqual([page('3').url]);
    expect(await urls({ to: Date.parse('2019-12-01') })).toEqual([page('1').url, b.url]);
  });
});
