/**
 * Measures what docs/sizing.md reckons with, and with --write puts the figures into docs/sizing.json and the tables into the page:
 * `node test/bench/sizing/main.ts [--hosts 20] [--articles 50] [--data <labelled pages>] [--write]`.
 * CPU of each part over a crawl of sites made for it (twice: the second is reckoned, so that starting up is not), Redis and
 * Elasticsearch by their own accounts; what the labelled pages, real ones, cost to read and weigh packed. Linux only.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Redis } from 'ioredis';
import { startStack } from '../../../infra/local/src/index.ts';
import { parsePage } from '../../../packages/core/src/index.ts';
import { createElasticsearchClient } from '../../../packages/search-index/src/index.ts';
import { openIndex, openPipeline } from '../../../services/cli/src/connect.ts';
import { startService } from '../../../services/cli/src/local.ts';
import { firstUrl, makeSource } from '../../../services/cli/src/make-source.ts';
import { progressOf } from '../../../services/cli/src/progress.ts';
import { cpuSeconds } from '../crawl-compare/cpu.ts';
import { bodySets, hasSet, readSet } from '../extract/data.ts';
import { type Figures, tablesOf, withTables } from './plan.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '20' },
    articles: { type: 'string', default: '50' },
    data: { type: 'string', default: process.env.NEWSMILL_BENCH_DATA ?? '../shared/data' },
    write: { type: 'boolean', default: false },
  },
});
const hosts = Number(values.hosts);
const articles = Number(values.articles);
const data = resolve(values.data);

/** Mean CPU ms of reading a real page, and its mean weight packed; undefined without labelled pages. */
function measureRealPages(): { readMs: number; packedBytes: number } | undefined {
  const names = existsSync(join(data, 'pages')) ? [...bodySets, 'zh'].filter((set) => hasSet(data, set)) : [];
  const pages = names.flatMap((set) => [...readSet(data, set)]).filter((_, at) => at % 4 === 0);
  if (pages.length === 0) return undefined;
  const fetchedAt = new Date().toISOString();
  const read = () => {
    for (const page of pages)
      parsePage({ url: page.url, bytes: page.bytes, contentType: 'text/html', fetchedAt, obeysRobots: false });
  };
  read();
  const before = process.cpuUsage();
  read();
  const { user, system } = process.cpuUsage(before);
  const packed = pages.reduce((sum, page) => sum + gzipSync(page.bytes).length, 0);
  return { readMs: (user + system) / 1_000 / pages.length, packedBytes: packed / pages.length };
}

await using stack = new AsyncDisposableStack();
const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-sizing-'));
stack.defer(() => rm(dataDir, { recursive: true, force: true }));
await chmod(dataDir, 0o755);
const servers = await startStack({ dataDir: join(dataDir, 'stack') });
stack.defer(() => servers.stop());
const redis = new Redis(servers.redisUrl);
stack.defer(() => redis.disconnect());
const client = createElasticsearchClient({ url: servers.elasticsearchUrl });
stack.defer(() => client.close());

async function redisFigure(section: string, name: string): Promise<number> {
  return Number(new RegExp(`^${name}:(\\S+)`, 'm').exec(await redis.info(section))?.[1]);
}
const redisCpu = async () => (await redisFigure('cpu', 'used_cpu_user')) + (await redisFigure('cpu', 'used_cpu_sys'));
async function elasticsearchCpuMs(): Promise<number> {
  const { nodes } = await client.nodes.stats({ metric: 'process' });
  return Object.values(nodes).reduce((sum, node) => sum + Number(node.process?.cpu?.total_in_millis ?? 0), 0);
}

/** Bytes of the records of copies and of what sites have taught. */
async function redisBytes(prefix: string): Promise<{ copies: number; memory: number }> {
  const sum = { copies: 0, memory: 0 };
  for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1_000 })) {
    for (const key of keys as string[]) {
      const kind = key.startsWith(`{${prefix}:copies}`)
        ? 'copies'
        : key.startsWith(`${prefix}:memory:`)
          ? 'memory'
          : undefined;
      if (kind !== undefined) sum[kind] += (await redis.memory('USAGE', key, 'SAMPLES', 0)) ?? 0;
    }
  }
  return sum;
}

/** A crawl of all sites, with its own origin, prefix and processes that stay warm from one round to the next. */
async function measureCrawl(): Promise<
  Omit<Figures['measured'], 'archiveBytesPerPage' | 'redisBytesPerUrl'> & { readMs: number }
> {
  const prefix = 'sizing';
  const where = { dataDir: join(dataDir, 'services'), archiveDir: join(dataDir, 'archive') };
  await mkdir(where.dataDir, { recursive: true });
  const rounds = [1, 2].map(() =>
    fork(new URL('../crawl-compare/origin.ts', import.meta.url), [values.hosts, values.articles]),
  );
  for (const origin of rounds) stack.defer(() => void origin.kill('SIGKILL'));
  const ports = await Promise.all(
    rounds.map(async (origin) => ((await once(origin, 'message')) as [{ port: number }])[0].port),
  );
  const opened = stack.use(
    openIndex(servers.elasticsearchUrl, {
      REDIS_PREFIX: prefix,
      ELASTICSEARCH_PREFIX: prefix,
      API_PORT: 0,
      dataDir,
    } as never),
  );
  await opened.index.ensure();
  const services = await Promise.all(
    (['crawler', 'parser', 'indexer'] as const).map((name) =>
      startService(name, {
        ...{ redisUrl: servers.redisUrl, elasticsearchUrl: servers.elasticsearchUrl, redisPrefix: prefix },
        ...{ elasticsearchPrefix: prefix, apiPort: 0, ...where },
        environment: {
          FETCH_ALLOW_CIDRS: '127.0.0.0/8',
          FETCH_ALLOW_PORTS: ports.join(','),
          HOST_DELAY_MS: '0',
          LOG_LEVEL: 'warn',
        },
      }),
    ),
  );
  stack.defer(() => {
    for (const { process: named } of services) process.kill(named.pid, 'SIGKILL');
  });
  const { frontier, request } = stack.use(openPipeline(servers.redisUrl, prefix));
  const crawl = async (port: number) => {
    const sources = Array.from({ length: hosts }, (_, n) =>
      makeSource(`http://127.0.1.${n + 1}:${port}/`, { mode: 'once' }, Date.now()),
    );
    for (const source of sources) await frontier.putSource(source);
    await request(sources.map(firstUrl));
    const deadline = performance.now() + 300_000;
    for (;;) {
      await sleep(250);
      const progress = progressOf(
        await frontier.balance(),
        sources.map(({ id }) => id),
      );
      if (progress.fetched >= hosts * articles && progress.open === 0) return progress;
      if (performance.now() > deadline) throw new Error(`the crawl did not end: ${JSON.stringify(progress)}`);
    }
  };
  const [warmUp = 0, measured = 0] = ports;
  await crawl(warmUp);
  const cpu = () => services.map(({ process: named }) => cpuSeconds([named.pid]) * 1_000);
  const before = {
    cpu: cpu(),
    redis: await redisCpu(),
    elasticsearch: await elasticsearchCpuMs(),
  };
  const { fetched, indexed } = await crawl(measured);
  const after = {
    cpu: cpu(),
    redis: await redisCpu(),
    elasticsearch: await elasticsearchCpuMs(),
  };
  const kept = await redisBytes(prefix);
  await opened.index.refresh();
  const stats = await client.indices.stats({ index: `${prefix}article*`, metric: ['store', 'docs'] });
  const { store, docs } = stats._all.primaries ?? {};
  const used = (at: number, count: number) => ((after.cpu[at] ?? 0) - (before.cpu[at] ?? 0)) / count;
  // What the parser's own reading of these pages costs, to put that of real ones in its place.
  const page = await (await fetch(`http://127.0.1.1:${measured}/news/2026/06/01/10003.html`)).bytes();
  const read = () =>
    parsePage({
      url: 'http://sizing.test/1.html',
      bytes: page,
      contentType: 'text/html',
      fetchedAt: new Date().toISOString(),
      obeysRobots: false,
    });
  for (let n = 0; n < 100; n += 1) read();
  const start = process.cpuUsage();
  for (let n = 0; n < 100; n += 1) read();
  const { user, system } = process.cpuUsage(start);
  return {
    crawlerMsPerFetch: used(0, fetched),
    parserMsPerPage: used(1, fetched),
    indexerMsPerArticle: used(2, indexed),
    elasticsearchMsPerArticle: (after.elasticsearch - before.elasticsearch) / indexed,
    redisMsPerPage: ((after.redis - before.redis) * 1_000) / fetched,
    redisBytesPerRecentArticle: kept.copies / (2 * indexed),
    redisBytesPerHost: kept.memory / (2 * hosts),
    elasticsearchBytesPerArticle: (store?.size_in_bytes ?? 0) / (docs?.count ?? 1),
    readMs: (user + system) / 1_000 / 100,
  };
}

const { readMs, ...crawl } = await measureCrawl();
const real = measureRealPages();
const page = new URL('../../../docs/sizing.md', import.meta.url);
const file = new URL('../../../docs/sizing.json', import.meta.url);
const former = JSON.parse(readFileSync(file, 'utf8')) as Figures;
const figures: Figures = {
  ...former,
  measured: {
    ...crawl,
    // It takes a million URLs to see it: test/bench/frontier.
    redisBytesPerUrl: former.measured.redisBytesPerUrl,
    parserMsPerPage: crawl.parserMsPerPage + (real === undefined ? 0 : real.readMs - readMs),
    archiveBytesPerPage: real?.packedBytes ?? former.measured.archiveBytesPerPage,
  },
};
const { figures: table, needs } = tablesOf(figures);
console.log(`${table}\n\n${needs}`);
console.log(
  `\nreading one of these pages: ${readMs.toFixed(2)} ms; a real one: ${real?.readMs.toFixed(2) ?? 'not measured (no labelled pages)'}`,
);
if (values.write) {
  writeFileSync(
    file,
    `${JSON.stringify(figures, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(3)) : value), 2)}\n`,
  );
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), JSON.parse(readFileSync(file, 'utf8')) as Figures));
}
