import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Archive, createFsArchive, fileSource, walkWarc } from '../../../packages/archive/src/index.ts';
import { createRedisFrontier } from '../../../packages/frontier/src/index.ts';
import { importSource } from '../../../services/cli/src/commands/import.ts';
import { importWarc } from '../../../services/cli/src/import/import-warc.ts';
import { foreignFile } from '../../../services/cli/src/import/warc.fixture.ts';
import { startRedis } from '../frontier/redis-process.ts';

/**
 * What the archive costs: node test/bench/archive/main.ts [pages]. Pages of 60 KB that compress like HTML (4:1).
 * Processor time is of this process, in all threads.
 */
const pages = Number(process.argv[2] ?? 2_000);
const words = Array.from({ length: 4_000 }, () => randomBytes(3).toString('hex'));
const pageOf = (at: number): string => {
  let text = `<html><head><title>${at}</title></head><body>`;
  for (let word = at; text.length < 60_000; word += 1) text += `<p class="story">${words[(word * 7) % words.length]} `;
  return text;
};
const bodies = Array.from({ length: 50 }, (_, at) => pageOf(at));
const packed = bodies.map((body) => gzipSync(body));

async function measure(what: string, count: number, work: () => Promise<unknown>): Promise<void> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1_000;
  console.log(
    `${what.padEnd(44)} ${(cpuMs / count).toFixed(3)} ms CPU each · ${((count * 1_000) / wallMs).toFixed(0)}/s · ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`,
  );
}

const capture = (at: number, compressed: boolean) => ({
  ...{
    url: `http://www.a.test/${at}`,
    fetchedAt: new Date(1.7e12 + at).toISOString(),
    status: 200,
    httpVersion: '1.1',
  },
  headers: [
    ['content-type', 'text/html'],
    ...(compressed ? [['content-encoding', 'gzip'] as const] : []),
  ] as const satisfies readonly (readonly [string, string])[],
  body: compressed ? (packed[at % packed.length] ?? Buffer.of()) : Buffer.from(bodies[at % bodies.length] ?? ''),
});

/** As 50 hosts that are visited at once. */
async function writeAll(archive: Archive, write: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < pages) {
      next += 1;
      await write(next);
    }
  };
  await Promise.all(Array.from({ length: 50 }, work));
  await archive[Symbol.asyncDispose]();
}

const folder = await mkdtemp(join(tmpdir(), 'newsmill-bench-archive-'));
try {
  for (const compressed of [true, false]) {
    const archive = createFsArchive({ folder: join(folder, String(compressed)) });
    const what = `write a page, ${compressed ? 'gzip as received' : 'plain'}`;
    await measure(what, pages, () => writeAll(archive, (at) => archive.write(capture(at, compressed))));
  }
  const archive = createFsArchive({ folder: join(folder, 'revisits') });
  const of = { fetchedAt: '2026-01-01T00:00:00.000Z' };
  await measure('write a revisit', pages, () => writeAll(archive, (at) => archive.writeRevisit(capture(at, true), of)));
  {
    await using reading = createFsArchive({ folder: join(folder, 'true') });
    await measure('walk over our own (scan)', pages, async () => {
      for await (const found of reading.scan()) if (found.ref === '') return;
    });
  }

  const file = join(folder, 'CC-NEWS.warc.gz');
  await writeFile(
    file,
    foreignFile(
      Array.from({ length: pages }, (_, at) => ({
        ...{
          url: `http://www.a.test/${at}.html`,
          date: '2026-01-01T00:00:00Z',
          body: bodies[at % bodies.length] ?? '',
        },
      })),
    ),
  );
  console.log(`CC-NEWS style file: ${pages} pages, ${((await stat(file)).size / 1e6).toFixed(0)} MB`);
  await measure('walk over it, digests checked', pages, async () => {
    await using source = await fileSource(file);
    for await (const walked of walkWarc(source)) if (walked.offset < 0) return;
  });
  await using server = await startRedis();
  const frontier = createRedisFrontier(server.redis, 'bench');
  await using target = createFsArchive({ folder: join(folder, 'imported') });
  await measure('import it (ledger in Redis, no parser)', pages, async () => {
    await using source = await fileSource(file);
    await importWarc(source, {
      ...{ archive: target, frontier, source: importSource(Date.now()), clock: Date.now },
      ...{ dryRun: false, recordBytesMax: 64e6, signal: new AbortController().signal, onProgress: () => undefined },
      queue: { add: async () => undefined, depth: async () => ({ waiting: 0, delayed: 0, active: 0 }) },
    });
  });
  await measure('import it again (all known)', pages, async () => {
    await using source = await fileSource(file);
    await importWarc(source, {
      ...{ archive: target, frontier, source: importSource(Date.now()), clock: Date.now },
      ...{ dryRun: false, recordBytesMax: 64e6, signal: new AbortController().signal, onProgress: () => undefined },
      queue: { add: async () => undefined, depth: async () => ({ waiting: 0, delayed: 0, active: 0 }) },
    });
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
