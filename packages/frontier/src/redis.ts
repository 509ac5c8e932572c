import { type Source, source as sourceSchema, type VisitJob } from '@newsmill/contracts';
import { dueScore, nextUrlState } from '@newsmill/core/schedule';
import { hostIdOf, hostKeyOf, urlIdOf } from '@newsmill/core/url';
import type { Redis } from 'ioredis';
import type { Admission, FoundUrl, Frontier, Reconciliation, RobotsEntry, Take, Turn } from './port.ts';
import { countChanges, countField, newRow, packRow, parseJobOf, sumCounts, unpackRow } from './row.ts';
import * as scripts from './scripts.ts';

/** URLs in one call of the admit script: 4 arguments each, far from Lua's limit, and never long enough to hold up Redis. */
const admitBatch = 500;
/** A row that changes under us this often is being fought over by a bug. */
const casTriesMax = 20;
const hostsPerScan = 500;

type Scripts = Record<
  'nmAdmit' | 'nmBeginTurn' | 'nmTake' | 'nmEndTurn' | 'nmRecord' | 'nmStuck',
  (...args: (string | number)[]) => Promise<(string | number)[]>
>;

/** The caller owns the connection. `prefix` is the first part of every key. */
export function createRedisFrontier(redis: Redis, prefix: string): Frontier {
  for (const [name, lua] of Object.entries({
    nmAdmit: scripts.admit,
    nmBeginTurn: scripts.beginTurn,
    nmTake: scripts.take,
    nmEndTurn: scripts.endTurn,
    nmRecord: scripts.record,
    nmStuck: scripts.stuck,
  })) {
    redis.defineCommand(name, { numberOfKeys: 5, lua });
  }
  const run = redis as unknown as Scripts;
  const sourcesKey = `${prefix}:sources`;
  const pagesKey = `${prefix}:source-pages`;
  const hostsKey = `${prefix}:hosts`;
  const keyOf = (hostId: string, part: string) => `${prefix}:{${hostId}}:${part}`;
  const keysOf = (hostId: string) => ['host', 'urls', 'due', 'open', 'counts'].map((part) => keyOf(hostId, part));

  const turnOf = (hostId: string, host: string, turn: unknown, turnAt: unknown): Turn | undefined =>
    turn === undefined || turn === ''
      ? undefined
      : { job: { v: 1, hostId, host, turn: Number(turn) }, dueAt: Number(turnAt) };

  async function* hosts(): AsyncGenerator<[hostId: string, name: string][]> {
    let cursor = '0';
    do {
      const [next, flat] = await redis.hscan(hostsKey, cursor, 'COUNT', hostsPerScan);
      cursor = next;
      const page: [string, string][] = [];
      for (let i = 0; i + 1 < flat.length; i += 2) page.push([flat[i] as string, flat[i + 1] as string]);
      if (page.length > 0) yield page;
    } while (cursor !== '0');
  }

  async function admitHost(hostId: string, found: readonly FoundUrl[], now: number): Promise<Admission> {
    const host = hostKeyOf(found[0]?.url ?? '');
    // Before the rows: a host that is listed without rows costs nothing, a row without its host would be out of sight.
    await redis.hset(hostsKey, hostId, host);
    let accepted = 0;
    const turns: Turn[] = [];
    for (let start = 0; start < found.length; start += admitBatch) {
      const args: (string | number)[] = [now, host];
      for (const one of found.slice(start, start + admitBatch)) {
        const row = newRow(one, now);
        args.push(urlIdOf(one.url), packRow(row), dueScore(row, now) ?? now, countField(row));
      }
      const [count, turn, turnAt] = await run.nmAdmit(...keysOf(hostId), ...args);
      accepted += Number(count);
      const given = turnOf(hostId, host, turn, turnAt);
      if (given) turns.push(given);
    }
    return { accepted, turns };
  }

  return {
    async putSource(source) {
      await redis.hset(sourcesKey, source.id, JSON.stringify(source));
    },
    async getSource(id) {
      const text = await redis.hget(sourcesKey, id);
      return text === null ? undefined : sourceSchema.parse(JSON.parse(text));
    },
    async listSources() {
      const all = await redis.hvals(sourcesKey);
      const sources: Source[] = all.map((text) => sourceSchema.parse(JSON.parse(text)));
      return sources.sort((a, b) => a.addedAt.localeCompare(b.addedAt) || a.id.localeCompare(b.id));
    },
    removeSource: async (id) => (await redis.hdel(sourcesKey, id)) === 1,
    spendPage: async (sourceId, max) => (await redis.hincrby(pagesKey, sourceId, 1)) <= max,

    async admit(found, now) {
      const byHost = Map.groupBy(found, (one) => hostIdOf(one.url));
      const admissions = await Promise.all([...byHost].map(([hostId, group]) => admitHost(hostId, group, now)));
      return {
        accepted: admissions.reduce((sum, one) => sum + one.accepted, 0),
        turns: admissions.flatMap((one) => one.turns),
      };
    },
    async getUrl(url) {
      const text = await redis.hget(keyOf(hostIdOf(url), 'urls'), urlIdOf(url));
      return text === null ? undefined : unpackRow(text);
    },

    async beginTurn(job: VisitJob, token, now, leaseMs) {
      const [status, value, delay] = await run.nmBeginTurn(...keysOf(job.hostId), now, job.turn, token, leaseMs);
      if (status === 'busy') return { status: 'busy', untilMs: Number(value) };
      if (status === 'superseded') return { status: 'superseded' };
      return {
        status: 'ok',
        nextFetchAt: Number(value),
        delayMs: delay === undefined || delay === '' ? undefined : Number(delay),
      };
    },
    async take(hostId, token, now, leaseMs, hiddenMs): Promise<Take> {
      for (;;) {
        const [status, urlId, row] = await run.nmTake(...keysOf(hostId), now, token, leaseMs, hiddenMs);
        if (status === 'url') return { status: 'url', taken: { urlId: String(urlId), row: unpackRow(String(row)) } };
        if (status === 'lost' || status === 'none') return { status };
      }
    },
    async endTurn(job, token, now, pace) {
      const keys = keysOf(job.hostId);
      const [turn, turnAt] = await run.nmEndTurn(...keys, now, token, Math.ceil(pace.nextFetchAt), pace.delayMs);
      return turnOf(job.hostId, job.host, turn, turnAt);
    },

    async record(hostId, urlId, event, now) {
      const urls = keyOf(hostId, 'urls');
      for (let tries = 0; tries < casTriesMax; tries += 1) {
        const text = await redis.hget(urls, urlId);
        if (text === null) return undefined;
        const before = unpackRow(text);
        const row = nextUrlState(before, event, now);
        if (row === before) return { row };
        const [written, turn, turnAt] = await run.nmRecord(
          ...keysOf(hostId),
          now,
          urlId,
          text,
          packRow(row),
          dueScore(row, now) ?? '',
          row.openSince ?? '',
          ...countChanges(before, row).flat(),
        );
        if (written !== 1) continue;
        const given = turnOf(hostId, hostKeyOf(row.url), turn, turnAt);
        return { row, ...(given ? { turn: given } : {}) };
      }
      throw new Error(`the row of ${urlId} changed ${casTriesMax} times while it was being written`);
    },

    async getRobots(hostId) {
      const text = await redis.get(keyOf(hostId, 'robots'));
      return text === null ? undefined : (JSON.parse(text) as RobotsEntry);
    },
    async putRobots(hostId, entry, ttlMs) {
      await redis.set(keyOf(hostId, 'robots'), JSON.stringify(entry), 'PX', Math.max(1, Math.round(ttlMs)));
    },

    async balance() {
      const fields: [string, string][] = [];
      for await (const page of hosts()) {
        const counts = await Promise.all(page.map(([hostId]) => redis.hgetall(keyOf(hostId, 'counts'))));
        for (const host of counts) fields.push(...Object.entries(host));
      }
      return sumCounts(fields);
    },

    async reconcile(now, olderThanMs) {
      const result: { turns: Turn[]; parses: Reconciliation['parses'][number][] } = { turns: [], parses: [] };
      for await (const page of hosts()) {
        await Promise.all(
          page.map(async ([hostId, host]) => {
            const [, turn, turnAt, ...open] = await run.nmStuck(...keysOf(hostId), now, now - olderThanMs);
            const given = turnOf(hostId, host, turn, turnAt);
            if (given) result.turns.push(given);
            for (let i = 0; i + 1 < open.length; i += 2) {
              const row = open[i + 1] === '' ? undefined : unpackRow(String(open[i + 1]));
              const parse = row && parseJobOf(hostId, String(open[i]), row);
              if (parse) result.parses.push(parse);
            }
          }),
        );
      }
      return result;
    },
  };
}
