/**
 * How soon news is found, and how politely: `node test/bench/discovery/main.ts [--hosts 200] [--seconds 60] [--crawlers 4] [--cluster]`.
 * 200 hosts on loopback, each at its own address and with its own manners (test/crawl-world), publish all the time; four
 * crawler processes and a parser look for it; crawlers and the parser are killed (SIGKILL) meanwhile. Time is compressed:
 * lists are looked at every 2 to 8 seconds instead of 10 minutes to a day. Fails if an article was missed, if a host saw
 * two requests at once, or one sooner than its delay, by the server's own log. `--cluster`: on a Redis Cluster of three.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isBad, type Manner } from '../../crawl-world/host.ts';
import { judge, latencies, quantile } from '../../crawl-world/judge.ts';
import { startCrawlRun } from '../../crawl-world/run.ts';
import { startRedisCluster } from '../../support/redis-cluster.ts';
import { startRedis } from '../frontier/redis-process.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    crawlers: { type: 'string', default: '4' },
    cluster: { type: 'boolean', default: false },
  },
});
const hosts = Number(values.hosts);
const publishMs = Number(values.seconds) * 1_000;
const delayMs = 100;
const perSecond = 20;

await using stack = new AsyncDisposableStack();
const cluster = values.cluster ? await startRedisCluster() : undefined;
if (cluster !== undefined) stack.use(cluster);
const server = stack.use(await startRedis());
const { host: redisHost, port: redisPort } = server.redis.options;
const redisUrl = cluster
  ? `redis-cluster://${cluster.nodes.map(({ host, port }) => `${host}:${port}`).join(',')}`
  : `redis://${redisHost}:${redisPort}`;
/** Bytes of the frontier's keys: queues and robots.txt are not URLs. */
async function frontierBytes(): Promise<number> {
  let bytes = 0;
  for await (const keys of server.redis.scanStream({ match: 'bench:{h*', count: 1_000 })) {
    const own = (keys as string[]).filter((key) => !key.endsWith(':robots'));
    const usages = await Promise.all(own.map((key) => server.redis.memory('USAGE', key, 'SAMPLES', 0)));
    bytes += usages.reduce<number>((sum, usage) => sum + Number(usage ?? 0), 0);
  }
  return bytes;
}
const run = stack.use(
  await startCrawlRun({
    redisUrl,
    prefix: 'bench',
    hosts,
    crawlers: Number(values.crawlers),
    delayMs,
    listIntervalMaxMs: 8_000,
  }),
);
const { world } = run;

const begin = performance.now();
let published = 0;
let kills = 0;
const killAt = [() => run.replaceCrawler(), () => run.replaceParser(), () => run.replaceCrawler()];
while (performance.now() - begin < publishMs) {
  await sleep(1_000);
  for (let n = 0; n < perSecond; n += 1, published += 1) world.publish(published * 7);
  const strike = performance.now() - begin > ((kills + 1) * publishMs) / 4 ? killAt[kills] : undefined;
  if (strike !== undefined) {
    kills += 1;
    await strike();
  }
}
// The rest may take as long as the longest interval, a liar's five looks and a lost lease do.
await run.allFetched(150_000);

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const judged = judge(world.hosts, { delayMs, kills });
const balance = Object.values(await run.pipeline.frontier.balance());
const urls = balance
  .flatMap((headings) => Object.entries(headings))
  .reduce((sum, [heading, count]) => (heading === 'fetches' ? sum : sum + count), 0);
const bytes = await frontierBytes();
console.log(`${hosts} hosts, ${values.crawlers} crawlers, ${kills} processes killed, lists looked at every 2 to 8 s`);
const line = (name: string, found: readonly number[]) =>
  console.log(
    `  ${name.padEnd(13)}${String(found.length).padStart(5)} found   published → fetched p50 ${seconds(quantile(found, 0.5))}, p95 ${seconds(quantile(found, 0.95))}`,
  );
for (const [manner, found] of latencies(world.hosts)) line(manner, found);
const feeds = [...latencies(world.hosts)].filter(
  ([manner]) => !['section', 'sitemap', 'news-sitemap'].includes(manner),
);
const all = feeds.flatMap(([, found]) => found).sort((a, b) => a - b);
line('all feeds', all);
const perHost = (manner: Manner) => {
  const of = world.hosts.filter((host) => host.manner === manner);
  return `${manner} ${Math.round(of.reduce((sum, { log }) => sum + log.length, 0) / of.length)}`;
};
const bad = [...new Set(world.hosts.map(({ manner }) => manner))].filter(
  (manner) => isBad(manner) || manner === 'calendar' || manner === 'facets' || manner === 'rss',
);
console.log(`  requests per host: ${bad.map(perHost).join(', ')}`);
console.log(
  `  ${judged.requests} requests; at once: ${judged.overlaps.length}; sooner than their delay: ${judged.tooSoon.length} (least pause ${judged.gapMinMs.toFixed(1)} ms, asked for ${delayMs}); missed: ${judged.missed.length}; fetched again: ${judged.twice.length}`,
);
console.log(
  `  Redis: ${urls} URLs known${bytes > 0 ? `, ${Math.round(bytes / urls)} bytes of the frontier each (few URLs for many hosts; see test/bench/frontier)` : ''}`,
);
const faults = [...judged.overlaps, ...judged.tooSoon, ...judged.missed, ...judged.twice];
for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
if (faults.length > 0) process.exitCode = 1;
