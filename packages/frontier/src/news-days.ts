import { type NewsHistory, newsHistoryDays } from '@newsmill/core/schedule';
import type { Redis } from 'ioredis';

/** How many new articles each source brings a day: who falls silent is told by it. */
export interface NewsDays {
  add(sourceId: string, count: number, now: number): Promise<void>;
  /** By source id. */
  read(now: number): Promise<Map<string, NewsHistory>>;
}

const dayMs = 86_400_000;
const dayOf = (at: number): number => Math.floor(at / dayMs);

/** The caller owns the connection. A hash for each day, which ends by itself, and one of the last times. */
export function createRedisNewsDays(redis: Redis, prefix: string): NewsDays {
  const keyOf = (day: number) => `${prefix}:news:${day}`;
  const lastKey = `${prefix}:news-last`;
  return {
    async add(sourceId, count, now) {
      const key = keyOf(dayOf(now));
      const [sum] = await Promise.all([redis.hincrby(key, sourceId, count), redis.hset(lastKey, sourceId, now)]);
      // The first of a source on a day: often enough to keep the key's end in mind.
      if (sum === count) await redis.pexpire(key, (newsHistoryDays + 2) * dayMs);
    },

    async read(now) {
      const today = dayOf(now);
      const days = Array.from({ length: newsHistoryDays }, (_, at) => today - newsHistoryDays + at);
      const [last, ...counts] = await Promise.all([lastKey, ...days.map(keyOf)].map((key) => redis.hgetall(key)));
      return historiesOf(last ?? {}, counts);
    },
  };
}

function historiesOf(
  last: Readonly<Record<string, string | number>>,
  counts: readonly Readonly<Record<string, string | number>>[],
): Map<string, NewsHistory> {
  return new Map(
    Object.entries(last).map(([sourceId, lastAt]) => [
      sourceId,
      { lastAt: Number(lastAt), days: counts.map((of) => Number(of[sourceId] ?? 0)) },
    ]),
  );
}

/** Inside one process, for unit tests. */
export function createMemoryNewsDays(): NewsDays {
  const days = new Map<number, Record<string, number>>();
  const last: Record<string, number> = {};
  return {
    async add(sourceId, count, now) {
      const own = days.get(dayOf(now)) ?? {};
      days.set(dayOf(now), own);
      own[sourceId] = (own[sourceId] ?? 0) + count;
      last[sourceId] = now;
    },
    async read(now) {
      const from = dayOf(now) - newsHistoryDays;
      return historiesOf(
        last,
        Array.from({ length: newsHistoryDays }, (_, at) => days.get(from + at) ?? {}),
      );
    },
  };
}
