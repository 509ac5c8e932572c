import { randomUUID } from 'node:crypto';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { Redis } from 'ioredis';
import { afterAll, expect, inject, it } from 'vitest';
import { seeded } from '../../../test/support/random.ts';
import { createMemoryFrontier } from './memory.ts';
import type { FoundUrl, Frontier, TakenUrl, UrlEvent, UrlRow } from './port.ts';
import { createRedisFrontier } from './redis.ts';

const redis = new Redis(inject('redisUrl'));
const prefix = `test-${randomUUID()}`;
const hour = 3_600_000;
const t0 = Date.parse('2026-01-01T00:00:00Z');
const hostId = hostIdOf('http://a.test/');

afterAll(async () => {
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.del(...keys);
  }
  redis.disconnect();
});

/** What may happen to a URL that was taken, as crawler, parser and indexer would tell it. */
function fate(random: () => number, row: UrlRow): UrlEvent[] {
  const pick = random();
  if (pick < 0.1) return [{ type: 'fetch-failed', reason: 'http_404', transient: false }];
  if (pick < 0.2) return [{ type: 'fetch-failed', reason: 'http_5xx', transient: true, retryBaseMs: hour }];
  if (pick < 0.4 && row.outcome !== undefined) return [{ type: 'unchanged', by: 'validators' }];
  const captured: UrlEvent = {
    type: 'captured',
    captureRef: 'x#0+1',
    etag: '"1"',
    bodyHash: String(pick).slice(2, 12),
  };
  const generation = row.generation + 1;
  if (row.kind !== 'article' || pick < 0.5) {
    const outcome = { verdict: 'skipped', reason: 'section_page' } as const;
    return [captured, { type: 'finalized', generation, outcome, newLinks: pick < 0.6 ? 1 : 0 }];
  }
  const contentHash = pick < 0.7 ? 'same' : String(pick);
  return [
    captured,
    { type: 'parsed', generation, contentHash },
    { type: 'finalized', generation, outcome: { verdict: 'indexed' } },
  ];
}

async function takeAll(frontier: Frontier, now: number): Promise<Map<string, TakenUrl>> {
  const taken = new Map<string, TakenUrl>();
  for (;;) {
    const take = await frontier.take(hostId, 'w', now, 10 * hour, 24 * 365 * hour);
    if (take.status !== 'url') return taken;
    taken.set(take.taken.row.url, take.taken);
  }
}

it.each([1, 2, 3])('Redis and memory lead the same lives (seed %d)', async (seed) => {
  const random = seeded(seed);
  const both = [createMemoryFrontier(), createRedisFrontier(redis, `${prefix}-${seed}`)] as const;
  let now = t0;
  const kinds = ['article', 'article', 'article', 'section', 'feed', 'sitemap'] as const;
  const found = (at: number): FoundUrl => ({
    url: `http://a.test/${at}`,
    kind: kinds[at % kinds.length] ?? 'article',
    sourceId: `s${at % 3}`,
    depth: at % 4,
    standing: at % 7 !== 0,
  });
  await Promise.all(both.map((frontier) => frontier.admit([found(0)], now)));
  for (const frontier of both)
    await frontier.beginTurn({ v: 1, hostId, host: 'a.test', turn: 1 }, 'w', now, 1_000 * 24 * hour);
  let known = 1;
  let wanted = 0;
  for (let round = 0; round < 40; round += 1) {
    const batch = Array.from({ length: Math.floor(random() * 20) }, (_, at) => found(known + at - 3)).filter(
      (one) => !one.url.includes('-'),
    );
    known += Math.max(0, batch.length - 3);
    const [a, b] = await Promise.all(both.map((frontier) => frontier.admit(batch, now)));
    expect(b?.accepted).toBe(a?.accepted);
    if (random() < 0.2) {
      const again = [found(Math.floor(random() * known))];
      wanted += 1;
      await Promise.all(both.map((frontier) => frontier.want(again, now)));
    }
    const [ours, theirs] = await Promise.all(both.map((frontier) => takeAll(frontier, now)));
    expect([...(theirs?.keys() ?? [])].sort()).toEqual([...(ours?.keys() ?? [])].sort());
    for (const [url, { row }] of ours ?? []) {
      expect(theirs?.get(url)?.row).toEqual(row);
      for (const event of fate(random, row)) {
        // What it was taken as is too old from the second event on, which must make no difference.
        const seen = random() < 0.5 ? theirs?.get(url) : undefined;
        const [one, other] = await Promise.all(
          both.map((frontier) => frontier.record(hostId, urlIdOf(url), event, now, seen)),
        );
        expect(other?.row).toEqual(one?.row);
      }
    }
    const [balance, other] = await Promise.all(both.map((frontier) => frontier.balance()));
    expect(other).toEqual(balance);
    now += [hour, hour, 6 * hour, 30 * hour][Math.floor(random() * 4)] ?? hour;
  }
  expect(wanted).toBeGreaterThan(2);
  expect(known).toBeGreaterThan(150);
});
