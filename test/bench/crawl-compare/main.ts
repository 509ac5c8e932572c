/**
 * CPU seconds of all client processes per 1,000 pages, newsmill beside Scrapy and Crawlee, on the same sites in one run:
 * `node test/bench/crawl-compare/main.ts [--hosts 40] [--articles 50] [--dir <where the others are installed>] [--only newsmill]`.
 * The others fetch, read links, title and paragraphs by selectors written for these very sites; newsmill keeps every page in
 * its archive, finds article and fields by itself and indexes them. CPU of the sites, of Redis and of Elasticsearch is not counted.
 * Linux only, since it reads /proc.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startStack } from '../../../infra/local/src/index.ts';
import { openIndex, openPipeline } from '../../../services/cli/src/connect.ts';
import { type ServiceName, startService } from '../../../services/cli/src/local.ts';
import { firstUrl, makeSource } from '../../../services/cli/src/make-source.ts';
import { progressOf } from '../../../services/cli/src/progress.ts';
import { cpuSeconds, ownSeconds, reapedSeconds } from './cpu.ts';
import { installOthers } from './others.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '40' },
    articles: { type: 'string', default: '50' },
    dir: { type: 'string', default: join(tmpdir(), 'newsmill-crawl-compare') },
    only: { type: 'string' },
    /** Writes CPU profiles of newsmill's services there. */
    profile: { type: 'string' },
  },
});
const hosts = Number(values.hosts);
const articles = Number(values.articles);
const pages = hosts * articles;
/** Nobody may take longer than this. */
const timeoutMs = 300_000;

await using stack = new AsyncDisposableStack();
const origin: ChildProcess = fork(new URL('./origin.ts', import.meta.url), [values.hosts, values.articles]);
stack.defer(() => void origin.kill('SIGKILL'));
const [{ port }] = (await once(origin, 'message')) as [{ port: number }];
const starts = Array.from({ length: hosts }, (_, n) => `http://127.0.1.${n + 1}:${port}/`);
async function served(): Promise<{ served: number; distinct: number }> {
  origin.send('served');
  const [answer] = (await once(origin, 'message')) as [{ served: number; distinct: number }];
  return answer;
}

const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-bench-'));
stack.defer(() => rm(dataDir, { recursive: true, force: true }));
// As root the servers run as another user, who must be able to enter.
await chmod(dataDir, 0o755);
const servers = await startStack({ dataDir: join(dataDir, 'stack') });
stack.defer(() => servers.stop());

interface Result {
  readonly name: string;
  readonly pages: number;
  readonly cpu: number;
  readonly cpuWithStart: number;
  readonly seconds: number;
}

async function newsmill(name: string, prefix: string, services: readonly ServiceName[]): Promise<Result> {
  await using own = new AsyncDisposableStack();
  const environment = {
    FETCH_ALLOW_CIDRS: '127.0.0.0/8',
    FETCH_ALLOW_PORTS: String(port),
    HOST_DELAY_MS: '0',
    LOG_LEVEL: 'warn',
    ...(values.profile === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${values.profile}/${prefix}` }),
  };
  const where = {
    ...{ redisUrl: servers.redisUrl, elasticsearchUrl: servers.elasticsearchUrl, redisPrefix: prefix },
    ...{ elasticsearchPrefix: prefix, archiveDir: join(dataDir, prefix), dataDir: join(dataDir, prefix), apiPort: 0 },
  };
  await mkdir(where.dataDir, { recursive: true });
  const index = own.use(
    openIndex(servers.elasticsearchUrl, {
      ...{ REDIS_PREFIX: prefix, ELASTICSEARCH_PREFIX: prefix, API_PORT: 0 },
      dataDir,
    }),
  );
  await index.index.ensure();
  const started = await Promise.all(services.map((service) => startService(service, { ...where, environment })));
  const pids = started.map((service) => service.process.pid);
  const stop = values.profile === undefined ? 'SIGKILL' : 'SIGTERM';
  own.defer(async () => {
    for (const pid of pids) process.kill(pid, stop);
    if (stop === 'SIGTERM') await sleep(5_000);
  });
  const { frontier, request } = own.use(openPipeline(servers.redisUrl, prefix));
  await served();
  const eachBefore = pids.map((pid) => cpuSeconds([pid]));
  const ownBefore = pids.map(ownSeconds);
  const before = cpuSeconds(pids);
  const begin = performance.now();
  const crawlsAlone = services.length === 1;
  const sources = starts.map((url) => makeSource(url, { mode: 'once' }, Date.now()));
  for (const source of sources) await frontier.putSource(source);
  // Without a parser nobody reads links: the crawler is told.
  const told = sources.flatMap((source) => {
    const first = firstUrl(source);
    const paths = Array.from(
      { length: articles },
      (_, n) => new URL(`/news/2026/06/01/${10_000 + n}.html`, first.url).href,
    );
    return crawlsAlone ? paths.map((url) => ({ ...first, url, kind: 'article' as const, depth: 1 })) : [first];
  });
  await request(told);
  const deadline = begin + timeoutMs;
  for (;;) {
    await sleep(250);
    const balance = await frontier.balance();
    const progress = progressOf(balance);
    const isDone = crawlsAlone ? progress.fetched >= pages : progress.fetched > pages && progress.open === 0;
    if (isDone) break;
    if (performance.now() > deadline) throw new Error(`${name} did not end: ${JSON.stringify(progress)}`);
  }
  const seconds = (performance.now() - begin) / 1_000;
  const cpuWithStart = cpuSeconds(pids);
  const { distinct } = await served();
  if (!crawlsAlone) {
    const each = pids.map((pid, n) => {
      const per = (seconds: number) => ((seconds / distinct) * 1_000).toFixed(1);
      const used = cpuSeconds([pid]) - (eachBefore[n] ?? 0);
      const below = used - (ownSeconds(pid) - (ownBefore[n] ?? 0));
      return `${started[n]?.name} ${per(used)}${below > 0.1 ? ` (its reading processes ${per(below)})` : ''}`;
    });
    console.log(`  of newsmill: ${each.join(', ')} CPU s per 1,000 pages`);
    await index.index.refresh();
    const count = await index.index.count();
    if (count < pages) console.log(`  ${name}: only ${count} of ${pages} articles in the index`);
  }
  return { name, pages: distinct, cpu: cpuWithStart - before, cpuWithStart, seconds };
}

async function other(name: string, command: string, args: readonly string[], cwd: string): Promise<Result> {
  await served();
  const before = reapedSeconds();
  const begin = performance.now();
  const child = spawn(command, [...args, starts.join(',')], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  await once(child, 'exit');
  clearTimeout(timer);
  const cpu = reapedSeconds() - before;
  const { distinct } = await served();
  return { name, pages: distinct, cpu, cpuWithStart: cpu, seconds: (performance.now() - begin) / 1_000 };
}

const results: Result[] = [];
results.push(await newsmill('newsmill: crawler (fetch, archive, ledger, queue)', 'alone', ['crawler']));
results.push(await newsmill('newsmill: all (crawler, parser, indexer)', 'whole', ['crawler', 'parser', 'indexer']));
if (values.only === undefined) {
  await mkdir(values.dir, { recursive: true });
  const { others, missing } = await installOthers(values.dir);
  for (const { name, command, args, cwd } of others) results.push(await other(name, command, args, cwd));
  for (const one of missing) console.log(`not measured: ${one}`);
}

console.log(
  `\n${hosts} hosts, ${pages} articles of 20 to 60 KB, gzip; CPU seconds of all client processes per 1,000 pages`,
);
console.log('| system | pages | CPU s / 1,000 pages | with its start | wall s |\n|---|---|---|---|---|');
for (const { name, pages: got, cpu, cpuWithStart, seconds } of results) {
  const per = (value: number) => ((value / got) * 1_000).toFixed(1);
  console.log(`| ${name} | ${got} | ${per(cpu)} | ${per(cpuWithStart)} | ${seconds.toFixed(0)} |`);
  if (got < pages) process.exitCode = 1;
}
if (values.profile !== undefined) await writeFile(join(values.profile, 'done'), '');
