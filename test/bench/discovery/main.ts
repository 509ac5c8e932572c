/**
 * How soon news is found: `node test/bench/discovery/main.ts [--hosts 200] [--seconds 60] [--crawlers 4]`.
 * A world of hosts on loopback publishes all the time; four crawler processes and a parser look for it, and one crawler is
 * killed (SIGKILL) in the middle. Time is compressed: lists are looked at every 2 to 8 seconds instead of 10 minutes to a
 * day. Fails if an article was missed, a host saw two requests at once, or one sooner than its delay.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openPipeline } from '../../../services/cli/src/connect.ts';
import { type LocalService, startService } from '../../../services/cli/src/local.ts';
import { firstUrl, makeSource } from '../../../services/cli/src/make-source.ts';
import { startRedis } from '../frontier/redis-process.ts';
import { type Manner, startNewsWorld } from './news-world.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    crawlers: { type: 'string', default: '4' },
  },
});
const hosts = Number(values.hosts);
const publishMs = Number(values.seconds) * 1_000;
const delayMs = 100;
const perSecond = 20;

await using stack = new AsyncDisposableStack();
const world = stack.use(await startNewsWorld(hosts));
const server = stack.use(await startRedis());
const { host: redisHost, port: redisPort } = server.redis.options;
const redisUrl = `redis://${redisHost}:${redisPort}`;
const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-bench-'));
stack.defer(() => rm(dataDir, { recursive: true, force: true }));
const services: LocalService[] = [];
stack.defer(() => {
  for (const {
    process: { pid },
  } of services)
    kill(pid);
});
const start = async (name: 'crawler' | 'parser'): Promise<LocalService> => {
  const service = await startService(name, {
    redisUrl,
    elasticsearchUrl: 'http://127.0.0.1:9',
    redisPrefix: 'bench',
    archiveDir: join(dataDir, 'archive'),
    dataDir,
    apiPort: 0,
    environment: {
      FETCH_ALLOW_CIDRS: '127.0.0.0/8',
      FETCH_RESOLVE: `*.test=127.0.0.1:${world.port}`,
      HOST_DELAY_MS: String(delayMs),
      RETRY_BASE_MS: '300',
      FETCH_TIMEOUT_MS: '2000',
      QUEUE_LOCK_MS: '3000',
      TURN_MS: '2000',
      LIST_INTERVAL_FIRST_MS: '2000',
      LIST_INTERVAL_MIN_MS: '2000',
      LIST_INTERVAL_MAX_MS: '8000',
    },
  });
  services.push(service);
  return service;
};
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

await Promise.all([start('parser'), ...Array.from({ length: Number(values.crawlers) }, () => start('crawler'))]);
const pipeline = stack.use(openPipeline(redisUrl, 'bench'));
for (let at = 0; at < hosts; at += 1) for (let n = 0; n < 3; n += 1) world.publish(at);
const sources = world.hosts.map(({ name }) => makeSource(`http://${name}/`, { mode: 'standing' }, Date.now()));
for (const source of sources) await pipeline.frontier.putSource(source);
await pipeline.request(sources.map(firstUrl));

const begin = performance.now();
let published = hosts * 3;
let killed = false;
while (performance.now() - begin < publishMs) {
  await sleep(1_000);
  for (let n = 0; n < perSecond; n += 1, published += 1) world.publish((published * 7) % hosts);
  if (!killed && performance.now() - begin > publishMs / 2) {
    killed = true;
    const victim = services.find((service) => service.name === 'crawler');
    if (victim) kill(victim.process.pid);
  }
}
// The rest may take as long as the longest interval, a liar's five looks and a lost lease do.
const deadline = performance.now() + 150_000;
const missing = () => world.latencies().filter(({ ms }) => ms === undefined).length;
while (missing() > 0 && performance.now() < deadline) await sleep(500);

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const all = world.latencies().slice();
console.log(
  `${published} articles of ${hosts} hosts, ${values.crawlers} crawlers (one killed), lists looked at every 2 to 8 s`,
);
for (const manner of new Set<Manner>(world.hosts.map((host) => host.manner))) {
  const of = all.filter((one) => one.manner === manner);
  const found = of.flatMap(({ ms }) => ms ?? []).sort((a, b) => a - b);
  console.log(
    `  ${manner.padEnd(8)} ${String(found.length).padStart(5)} of ${of.length} found   published → fetched p50 ${seconds(quantile(found, 0.5))}, p95 ${seconds(quantile(found, 0.95))}`,
  );
}
const requests = world.hosts.reduce((sum, host) => sum + host.log.requests, 0);
const together = world.hosts.filter((host) => host.log.inFlightMax > 1);
const soon = world.hosts.filter(({ manner, log }) => log.gapMin < (manner === 'delay' ? 300 : delayMs) - 2);
console.log(
  `  ${requests} requests; hosts with two at once: ${together.length}; sooner than their delay: ${soon.length} (least pause ${Math.min(...world.hosts.map((host) => host.log.gapMin)).toFixed(1)} ms); missed: ${missing()}`,
);
if (missing() > 0 || together.length > 0 || soon.length > 0) process.exitCode = 1;
