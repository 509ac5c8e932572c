/**
 * What an audit costs: `node test/bench/audit/main.ts [--urls 1000000] [--hosts 1000]`.
 * Fills a Redis, an Elasticsearch and an archive of its own (or those that NEWSMILL_TEST_REDIS_URL and
 * NEWSMILL_TEST_ELASTICSEARCH_URL name), audits them, takes some things away and audits again.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startStack } from '../../../infra/local/src/index.ts';
import { createFsArchive } from '../../../packages/archive/src/index.ts';
import { type AuditProgress, audit, balanceOf } from '../../../packages/audit/src/index.ts';
import { urlIdOf } from '../../../packages/core/src/url/index.ts';
import { Redis } from '../../../packages/frontier/node_modules/ioredis/built/index.js';
import { createRedisFrontier } from '../../../packages/frontier/src/index.ts';
import { createBullInventory, createBullJobQueue, createRedisQuarantine } from '../../../packages/queue/src/index.ts';
import {
  createElasticsearchClient,
  createElasticsearchIndex,
  createElasticsearchInventory,
  indexNames,
} from '../../../packages/search-index/src/index.ts';
import { fateOf, fill, urlOf } from './fill.ts';

const { values } = parseArgs({
  options: { urls: { type: 'string', default: '1000000' }, hosts: { type: 'string', default: '1000' } },
});
const urls = Number(values.urls);
const hosts = Number(values.hosts);
const { NEWSMILL_TEST_REDIS_URL: redisUrl, NEWSMILL_TEST_ELASTICSEARCH_URL: elasticsearchUrl } = process.env;
const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-bench-audit-'));
await chmod(dataDir, 0o755);
const stack = await startStack({
  dataDir,
  ...(redisUrl && { redisUrl }),
  ...(elasticsearchUrl && { elasticsearchUrl }),
});
const prefix = `bench-${process.pid}`;
const redis = new Redis(stack.redisUrl);
const client = createElasticsearchClient({ url: stack.elasticsearchUrl });
const index = createElasticsearchIndex({ client, prefix });
const queue = createBullJobQueue({ redisUrl: stack.redisUrl, prefix });
const jobs = createBullInventory(redis, prefix);
const archive = createFsArchive({ folder: join(dataDir, 'archive'), durability: 'none' });
const frontier = createRedisFrontier(redis, prefix);
const quarantine = createRedisQuarantine(redis, prefix);
const inventory = createElasticsearchInventory({ client, prefix });

/** Runs an audit, timing its phases and watching the memory of this process. */
async function timed(): Promise<{
  progress: AuditProgress;
  seconds: Record<string, number>;
  peakMb: number;
  cpuSeconds: number;
}> {
  const seconds: Record<string, number> = {};
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  let phase = '';
  let began = performance.now();
  const cpu = process.cpuUsage();
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const progress = await audit(
    { frontier, archive, index: inventory, queue, jobs, quarantine },
    {
      onProgress(now) {
        if (now.phase === phase) return;
        if (phase !== '') seconds[phase] = (performance.now() - began) / 1_000;
        ({ phase } = now);
        began = performance.now();
      },
    },
  );
  clearInterval(watch);
  const { user, system } = process.cpuUsage(cpu);
  return { progress, seconds, peakMb: (peak - before) / 1_000_000, cpuSeconds: (user + system) / 1e6 };
}

function report(what: string, { progress, seconds, peakMb, cpuSeconds }: Awaited<ReturnType<typeof timed>>): void {
  const total = Object.values(seconds).reduce((sum, one) => sum + one, 0);
  console.log(
    `\n${what}: ${total.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of CPU here), ${Math.round(urls / total)} URLs/s, ${peakMb.toFixed(0)} MB above what the process had`,
  );
  for (const [name, one] of Object.entries(seconds)) console.log(`  ${name.padEnd(11)} ${one.toFixed(1)} s`);
  console.log(`  balance     ${JSON.stringify(balanceOf(progress))}`);
  console.log(`  found       ${JSON.stringify(progress.found)}`);
}

try {
  await index.ensure();
  const began = performance.now();
  let told = 0;
  await fill({ frontier, archive, index, queue, quarantine }, urls, hosts, (done) => {
    if (done - told < urls / 10) return;
    told = done;
    console.log(`filled ${done} in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  });
  const bytes = Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
  console.log(`${urls} URLs of ${hosts} hosts; Redis holds ${(bytes / 1_000_000).toFixed(0)} MB`);
  // Nobody has put visits on the queue: that is found, and is the only thing.
  report('undisturbed', await timed());
  const victims: string[] = [];
  for (let at = 0; victims.length < 100; at += 997)
    if (fateOf(at % urls) === 'indexed') victims.push(urlOf(at % urls, hosts));
  for (const url of new Set(victims)) await client.delete({ index: indexNames(prefix).alias, id: urlIdOf(url) });
  await index.refresh();
  report(`without ${new Set(victims).size} documents`, await timed());
} finally {
  await index.drop();
  await client.close();
  await jobs[Symbol.asyncDispose]();
  await queue[Symbol.asyncDispose]();
  await archive[Symbol.asyncDispose]();
  for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 10_000 })) {
    if (keys.length > 0) await redis.unlink(...(keys as string[]));
  }
  redis.disconnect();
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
