import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, expect, inject, it } from 'vitest';
import { badManners, newsManners } from '../crawl-world/host.ts';
import { judge } from '../crawl-world/judge.ts';
import { startCrawlRun } from '../crawl-world/run.ts';

/** Two hosts of each manner; test/bench/discovery runs 200 of them for longer. */
const hosts = 2 * (newsManners.length + badManners.length);
const delayMs = 100;
const prefix = `crawl-${randomUUID().slice(0, 8)}`;
/** How many requests a host that brings nothing, or brings it in ever new addresses, may be worth meanwhile. */
const requestsMax = { bad: 40, trap: 600 };

afterAll(async () => {
  const redis = new Redis(inject('redisUrl'));
  for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.del(...keys);
  }
  redis.disconnect();
});

it('finds all that is new on hosts of every manner, politely, while crawlers and a parser are killed', async () => {
  await using run = await startCrawlRun({
    ...{ redisUrl: inject('redisUrl'), prefix, hosts, crawlers: 4, delayMs, listIntervalMaxMs: 2_000 },
  });
  const { world } = run;
  const strikes = [run.replaceCrawler, run.replaceParser, run.replaceCrawler];
  for (const strike of strikes) {
    for (const { number } of world.hosts) world.publish(number);
    // In the middle of the work on what was published a moment ago.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await strike();
  }
  for (const { number } of world.hosts) world.publish(number);
  await run.allFetched(90_000);

  const judged = judge(world.hosts, { delayMs, kills: strikes.length });
  expect(judged.overlaps).toEqual([]);
  expect(judged.tooSoon).toEqual([]);
  expect(judged.missed).toEqual([]);
  expect(judged.twice).toEqual([]);
  expect(judged.requests).toBeGreaterThan(hosts * 3);
  const requests = (manners: readonly string[]) =>
    Math.max(...world.hosts.filter(({ manner }) => manners.includes(manner)).map(({ log }) => log.length));
  expect(requests(badManners)).toBeLessThan(requestsMax.bad);
  expect(requests(['calendar', 'facets'])).toBeLessThan(requestsMax.trap);
});
