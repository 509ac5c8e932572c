/**
 * What a known URL costs in Redis: `node test/bench/frontier/main.ts [--urls 1000000] [--hosts 200]`.
 * Starts a redis-server of its own with default settings, fills it through the frontier's own interface and reads
 * `used_memory`. Three worlds, each on an empty Redis: URLs that wait for their first fetch, articles that wait for a
 * re-check, URLs that are done; then what a crawl of months costs, by their shares in it.
 */
import { parseArgs } from 'node:util';
import { hostIdOf } from '../../../packages/core/src/url/index.ts';
import {
  createRedisFrontier,
  type FoundUrl,
  type Frontier,
  type TakenUrl,
} from '../../../packages/frontier/src/index.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';

const { values } = parseArgs({
  options: { urls: { type: 'string', default: '1000000' }, hosts: { type: 'string', default: '200' } },
});
const urls = Number(values.urls);
const hosts = Number(values.hosts);
const now = Date.parse('2026-06-01T00:00:00Z');
const day = 86_400_000;
const parallel = 16;
/** Bytes that the issue allows, and those that it aims at. */
const limit = 150;

/** An address as portals write them: about 70 characters. */
const urlOf = (at: number): string =>
  `https://news${at % hosts}.example.com/system/2026/05/${String(10 + (at % 20))}/${String(1_000_000 + at)}-the-news-of.shtml`;
const found = (at: number): FoundUrl => ({
  url: urlOf(at),
  kind: 'article',
  sourceId: `source-${at % hosts}`,
  depth: 2,
  standing: true,
});

async function inParallel(count: number, work: (at: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return performance.now() - start;
}

async function memoryOf({ redis }: RedisProcess): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
}

/** Admits as parsers do: the links of one page, of one host, at a time. */
async function admitAll(frontier: Frontier, count: number): Promise<number> {
  const perHost = Math.ceil(count / hosts);
  const pageSize = 100;
  const pages = Math.ceil(perHost / pageSize);
  return inParallel(hosts * pages, async (at) => {
    const host = at % hosts;
    const first = Math.floor(at / hosts) * pageSize;
    const links = Array.from({ length: Math.min(pageSize, perHost - first) }, (_, n) =>
      found(host + (first + n) * hosts),
    );
    await frontier.admit(links, now);
  });
}

/** Takes every URL of every host and says with `end` what became of it. */
async function takeAll(
  frontier: Frontier,
  end: (taken: TakenUrl, at: number, hostId: string) => Promise<void>,
): Promise<[ms: number, count: number]> {
  let count = 0;
  const ms = await inParallel(hosts, async (at) => {
    const hostId = hostIdOf(urlOf(at));
    for (let turn = 1; turn < 1_000; turn += 1) {
      const begun = await frontier.beginTurn({ v: 1, hostId, host: 'x', turn }, 'w', now, day);
      if (begun.status === 'ok') break;
    }
    for (;;) {
      const take = await frontier.take(hostId, 'w', now, day, day);
      if (take.status !== 'url') return;
      count += 1;
      await end(take.taken, count, hostId);
    }
  });
  return [ms, count];
}

async function finish(frontier: Frontier, { urlId }: TakenUrl, hostId: string, at: number): Promise<void> {
  const etag = `"${at.toString(16).padStart(16, '0')}"`;
  const captureRef = `20260601-000000-crawler-0001.warc.gz#${at * 20_000}+18000`;
  await frontier.record(
    hostId,
    urlId,
    { type: 'captured', captureRef, etag, bodyHash: `hash${at}`.padEnd(12, 'x') },
    now,
  );
  await frontier.record(
    hostId,
    urlId,
    { type: 'parsed', generation: 1, contentHash: `hash${at}`.padEnd(22, 'x') },
    now,
  );
  await frontier.record(hostId, urlId, { type: 'finalized', generation: 1, outcome: { verdict: 'indexed' } }, now);
}

const perSecond = (count: number, ms: number): string => `${Math.round((count * 1_000) / ms).toLocaleString('en')}/s`;
let worst = 0;
const measured: number[] = [];
function report(name: string, bytes: number, count: number, rates: string): void {
  const each = bytes / count;
  worst = Math.max(worst, each);
  measured.push(each);
  console.log(`${name.padEnd(34)} ${each.toFixed(1).padStart(6)} bytes/URL   ${rates}`);
}

async function world(fill: (server: RedisProcess, frontier: Frontier, empty: number) => Promise<void>): Promise<void> {
  await using server = await startRedis();
  await fill(server, createRedisFrontier(server.redis as never, 'nm'), await memoryOf(server));
}

const begin = performance.now();
await world(async (server, frontier, empty) => {
  console.log(`${urls.toLocaleString('en')} URLs of ${hosts} hosts, ${urlOf(0).length} characters each; ${server.how}`);
  const ms = await admitAll(frontier, urls);
  report('waiting for their first fetch', (await memoryOf(server)) - empty, urls, `admit ${perSecond(urls, ms)}`);
});
// The life of a URL is four round trips, so these are filled with a part and say so.
const part = Math.min(urls, 100_000);
await world(async (server, frontier, empty) => {
  await admitAll(frontier, part);
  const [ms, count] = await takeAll(frontier, (taken, at, hostId) => finish(frontier, taken, hostId, at));
  report(
    `waiting for a re-check (${part.toLocaleString('en')})`,
    (await memoryOf(server)) - empty,
    count,
    `take + capture + parse + index ${perSecond(count, ms)}`,
  );
});
await world(async (server, frontier, empty) => {
  const ms = await admitAll(frontier, urls);
  const gone = { type: 'fetch-failed', reason: 'http_404', transient: false } as const;
  const [tookMs, count] = await takeAll(frontier, async ({ urlId }, _, hostId) => {
    await frontier.record(hostId, urlId, gone, now);
  });
  report(
    'done',
    (await memoryOf(server)) - empty,
    count,
    `admit ${perSecond(urls, ms)}, take + record ${perSecond(count, tookMs)}`,
  );
});
const [waiting = 0, recheck = 0, done = 0] = measured;
const mixed = 0.05 * waiting + 0.1 * recheck + 0.85 * done;
console.log(`${'of 5 %, 10 % and 85 % of these'.padEnd(34)} ${mixed.toFixed(1).padStart(6)} bytes/URL   (computed)`);
// Scripts, names and buffers are there however few URLs there are, so a small run says nothing about one URL.
const judged = urls >= 100_000;
const verdict = judged ? (worst <= limit ? 'held' : 'NOT HELD') : 'not judged below 100,000 URLs';
console.log(`${((performance.now() - begin) / 1_000).toFixed(0)} s; at most ${limit} bytes/URL: ${verdict}`);
if (judged && worst > limit) process.exitCode = 1;
