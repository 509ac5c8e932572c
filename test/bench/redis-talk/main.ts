/**
 * What a page asks of Redis, and what a distant Redis costs it:
 * `node test/bench/redis-talk/main.ts [--hosts 20] [--articles 25] [--latency 150] [--trace]`.
 * First commands per page by service, while many pages are under way; then how long one page alone takes from the wish to
 * the index with Redis beside it and with Redis so many milliseconds away (each way). `--trace` prints one page's commands in order.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { startStack } from '../../../infra/local/src/index.ts';
import { openIndex, openPipeline } from '../../../services/cli/src/connect.ts';
import { startService } from '../../../services/cli/src/local.ts';
import { firstUrl, makeSource } from '../../../services/cli/src/make-source.ts';
import { progressOf } from '../../../services/cli/src/progress.ts';
import { startTcpProxy } from '../../chaos/world/tcp-proxy.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '20' },
    articles: { type: 'string', default: '25' },
    latency: { type: 'string', default: '150' },
    trace: { type: 'boolean', default: false },
  },
});
const hosts = Number(values.hosts);
const articles = Number(values.articles);
/** Articles of each host that are kept for the pages that go alone. */
const alone = 4;
const prefix = 'talk';
const services = ['crawler', 'parser', 'indexer'] as const;

await using stack = new AsyncDisposableStack();
const origin: ChildProcess = fork(new URL('../crawl-compare/origin.ts', import.meta.url), [
  values.hosts,
  String(articles + alone),
]);
stack.defer(() => void origin.kill('SIGKILL'));
const [{ port }] = (await once(origin, 'message')) as [{ port: number }];
const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-talk-'));
stack.defer(() => rm(dataDir, { recursive: true, force: true }));
// As root the servers run as another user, who must be able to enter.
await chmod(dataDir, 0o755);
const servers = await startStack({ dataDir: join(dataDir, 'stack') });
stack.defer(() => servers.stop());
const admin = new Redis(servers.redisUrl);
stack.defer(() => admin.disconnect());
const proxy = stack.use(await startTcpProxy({ port: Number(new URL(servers.redisUrl).port) }));

const index = stack.use(
  openIndex(servers.elasticsearchUrl, {
    ...{ REDIS_PREFIX: prefix, ELASTICSEARCH_PREFIX: prefix, API_PORT: 0 },
    dataDir,
  }),
);
await index.index.ensure();
const started = await Promise.all(
  services.map(async (service) => {
    // Whoever asks is told by the name that he comes under.
    await admin.call('ACL', 'SETUSER', service, 'on', '>secret', '~*', '&*', '+@all');
    return startService(service, {
      redisUrl: `redis://${service}:secret@127.0.0.1:${proxy.port}`,
      elasticsearchUrl: servers.elasticsearchUrl,
      ...{
        redisPrefix: prefix,
        elasticsearchPrefix: prefix,
        archiveDir: join(dataDir, 'archive'),
        dataDir,
        apiPort: 0,
      },
      environment: {
        FETCH_ALLOW_CIDRS: '127.0.0.0/8',
        FETCH_ALLOW_PORTS: String(port),
        HOST_DELAY_MS: '0',
        LOG_LEVEL: 'warn',
        PARSER_PROCESSES: '1',
      },
    });
  }),
);
stack.defer(() => {
  for (const { process: name } of started) process.kill(name.pid, 'SIGKILL');
});
const { frontier, request } = stack.use(openPipeline(servers.redisUrl, prefix));
const sources = Array.from({ length: hosts }, (_, n) =>
  makeSource(`http://127.0.1.${n + 1}:${port}/`, { mode: 'once' }, Date.now()),
);
for (const source of sources) await frontier.putSource(source);

/** Makes articles of hosts due, and waits until they are indexed; milliseconds. */
async function crawl(from: number, till: number, of = sources): Promise<number> {
  const begin = performance.now();
  const before = progressOf(await frontier.balance());
  const found = of.flatMap((source) => {
    const first = firstUrl(source);
    return Array.from({ length: till - from }, (_, at) => ({
      ...first,
      url: new URL(`/news/2026/06/01/${10_000 + from + at}.html`, first.url).href,
      kind: 'article' as const,
      // As deep as may be: the page's own links are read and not followed.
      depth: source.depthMax,
    }));
  });
  await request(found);
  for (;;) {
    const { indexed } = progressOf(await frontier.balance());
    if (indexed - before.indexed >= found.length) return performance.now() - begin;
    await sleep(5);
  }
}

interface Said {
  readonly service: string;
  readonly atMs: number;
  readonly args: readonly string[];
}
/** What the services say to Redis meanwhile. */
async function overheard(during: () => Promise<unknown>): Promise<Said[]> {
  const own = admin.duplicate();
  const monitor = await own.monitor();
  const said: { readonly address: string; readonly atMs: number; readonly args: readonly string[] }[] = [];
  monitor.on('monitor', (time: string, args: string[], address: string) => {
    said.push({ address, atMs: Number(time) * 1_000, args });
  });
  await during();
  const clients = String(await admin.call('CLIENT', 'LIST'));
  monitor.disconnect();
  own.disconnect();
  const users = new Map(
    [...clients.matchAll(/ addr=(\S+) .* user=(\S+)/g)].map(([, address, user]) => [address ?? '', user ?? '']),
  );
  return said.flatMap(({ address, atMs, args }) => {
    // Commands of scripts come from nowhere.
    const service = users.get(address);
    return service === undefined || service === 'default' ? [] : [{ service, atMs, args }];
  });
}

const scripts = new Map<string, string>();
function nameOf({ args: [name = '', sha = '', , ...rest] }: Said): string {
  const command = name.toLowerCase();
  if (command !== 'evalsha' && command !== 'eval') return command;
  const known = scripts.get(sha) ?? `script ${sha.slice(0, 6)} ${(rest[0] ?? '').split(':').slice(-2).join(':')}`;
  scripts.set(sha, known);
  return known;
}

// Everything is warm, every host's robots.txt known, every script loaded.
await crawl(0, 5);
const batch = await overheard(() => crawl(5, articles));
const pages = hosts * (articles - 5);
for (const service of services) {
  const own = batch.filter((one) => one.service === service);
  const counts = [...Map.groupBy(own, nameOf)].sort((a, b) => b[1].length - a[1].length);
  console.log(`${service}: ${(own.length / pages).toFixed(1)} commands a page`);
  for (const [name, of] of counts) {
    if (of.length / pages >= 0.02) console.log(`  ${(of.length / pages).toFixed(2)} ${name}`);
  }
}
console.log(`all: ${(batch.length / pages).toFixed(1)} commands a page, ${pages} pages`);

const some = sources.slice(0, 3);
async function timeAlone(n: number): Promise<number> {
  const times: number[] = [];
  for (const source of some) times.push(await crawl(n, n + 1, [source]));
  return times.sort((a, b) => a - b)[1] ?? Number.NaN;
}
await timeAlone(articles);
const nearMs = await timeAlone(articles + 1);
if (values.trace) {
  const one = await overheard(() => crawl(articles + 2, articles + 3, sources.slice(0, 1)));
  const began = one[0]?.atMs ?? 0;
  for (const said of one)
    console.log(
      `${(said.atMs - began).toFixed(1).padStart(8)} ${said.service.padEnd(8)} ${nameOf(said)} ${said.args.slice(1, 6).join(' ').slice(0, 110)}`,
    );
}
proxy.weather = { latencyMs: Number(values.latency) };
const farMs = await timeAlone(articles + 3);
const trips = (farMs - nearMs) / (2 * Number(values.latency));
console.log(
  `one page alone: ${nearMs.toFixed(0)} ms; with Redis ${values.latency} ms away: ${farMs.toFixed(0)} ms, which is ${trips.toFixed(1)} questions one after another`,
);
proxy.weather = 'clear';
