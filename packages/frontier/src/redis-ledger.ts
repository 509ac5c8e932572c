import { dueScore, type UrlRow } from '@newsmill/core/schedule';
import { hostIdOf, hostKeyOf, urlIdOf } from '@newsmill/core/url';
import type { Redis } from 'ioredis';
import type { Ledger, LedgerEntry, LedgerHost, LedgerPage } from './ledger.ts';
import { findRests } from './ledger-rests.ts';
import * as scripts from './ledger-scripts.ts';
import { type Names, packHead, packTail, unpackRow } from './packing.ts';
import type { Turn } from './port.ts';
import { inRows, nowhere, placeOf, shortId, ticketOf } from './redis-rows.ts';
import { countField, settle } from './row.ts';

type Argument = string | number | Buffer;
type Scripts = Record<
  | 'nmlLineBuffer'
  | 'nmlForget'
  | 'nmlHollowBuffer'
  | 'nmlWalkBuffer'
  | 'nmlFindBuffer'
  | 'nmlHost'
  | 'nmlGiveTurn'
  | 'nmlRestore'
  | 'nmlRecount',
  (...args: Argument[]) => Promise<(string | number | Buffer)[]>
>;

/** Buckets in one step: about 1,600 URLs, a few milliseconds of Redis. */
const bucketsPerStep = 20;
/** Hosts whose first steps are asked for at once: most hosts are small, and a round trip each would be the slowest part. */
const hostsPerStep = 64;
const idsPerFind = 500;

export interface RedisLedgerParts {
  readonly redis: Redis;
  readonly names: Names;
  readonly keysOf: (hostId: string) => string[];
  /** All hosts, some at a time; a host may come twice. */
  readonly hosts: () => AsyncIterable<readonly (readonly [hostId: string, name: string])[]>;
  readonly hostsKey: string;
  /** Hash of source → URLs known of it. */
  readonly knownKey: string;
}

export function createRedisLedger({ redis, names, keysOf, hosts, hostsKey, knownKey }: RedisLedgerParts): Ledger {
  for (const [name, lua] of Object.entries({
    nmlWalk: scripts.walk,
    nmlFind: scripts.find,
    nmlHost: scripts.host,
    nmlGiveTurn: scripts.giveTurn,
    nmlRestore: scripts.restore,
    nmlRecount: scripts.recount,
    nmlLine: scripts.line,
    nmlForget: scripts.forget,
    nmlHollow: scripts.hollow,
  })) {
    redis.defineCommand(name, { numberOfKeys: 7, lua });
  }
  const run = redis as unknown as Scripts;

  const turnFrom = (hostId: string, host: string, turn: unknown, turnAt: unknown): Turn | undefined =>
    String(turn ?? '') === ''
      ? undefined
      : { job: { v: 1, hostId, host, turn: Number(String(turn)) }, dueAt: Number(String(turnAt)) };

  /** One entry of a script's answer; undefined for a URL that is not known. */
  async function entryFrom(hostId: string, host: string, flat: readonly Buffer[], at: number) {
    const [id, mark, packed, score] = flat.slice(at, at + 4);
    if (id === undefined || mark === undefined || packed === undefined || mark.length === 0) return undefined;
    const place = mark[0];
    const head = place === inRows ? packed : mark.subarray(place === nowhere ? 1 : 2);
    // A mark without its row: somebody took the row away.
    if (head.length === 0) return undefined;
    const row = await unpackRow(head, { host, names });
    const waits = place !== inRows && place !== nowhere;
    const scheduled = waits || (score !== undefined && score.length > 0);
    return { hostId, shortId: id.toString('base64url'), row, scheduled, waits } satisfies LedgerEntry;
  }

  async function step(hostId: string, now: number, grid: { level: string; split: string }, from: number) {
    const answer = (await run.nmlWalkBuffer(
      ...keysOf(hostId),
      ...[now, grid.level, grid.split, from, bucketsPerStep],
    )) as Buffer[];
    const [name, level, split, turn, turnAt] = answer.slice(0, 5).map(String);
    const [lined, fields] = [Number(answer[5]), Number(answer[6])];
    const counts = countsFrom(answer.slice(7, 7 + fields).map(String));
    const entries: LedgerEntry[] = [];
    for (let at = 7 + fields; at < answer.length; at += 4) {
      const entry = await entryFrom(hostId, name ?? '', answer, at);
      if (entry !== undefined) entries.push(entry);
    }
    const known = { level: level ?? '', split: split ?? '' };
    const buckets = 2 ** Number(level) + Number(split);
    return {
      host: name ?? '',
      grid: known,
      counts,
      entries,
      turn,
      turnAt,
      lined,
      ended: from + bucketsPerStep >= buckets,
    };
  }

  async function* walkHost(
    hostId: string,
    now: number,
    start: { readonly grid: { level: string; split: string }; readonly from: number },
    first?: Awaited<ReturnType<typeof step>>,
  ): AsyncGenerator<LedgerPage, void, void> {
    let { grid, from } = start;
    let counts: Readonly<Record<string, number>> | undefined;
    for (let known = first; ; known = undefined) {
      const page = known ?? (await step(hostId, now, grid, from));
      if (from === 0) ({ counts } = page);
      grid = page.grid;
      from += bucketsPerStep;
      const still = counts !== undefined && sameCounts(counts, page.counts);
      const turn = turnFrom(hostId, page.host, page.turn, page.turnAt);
      const host: LedgerHost = {
        ...{ hostId, host: page.host, lined: page.lined },
        ...(turn === undefined ? {} : { turn }),
        ...(still ? { counts: page.counts } : {}),
      };
      const inside = `${hostId}/${grid.level}/${grid.split}/${from}`;
      yield { entries: page.entries, ended: page.ended ? [host] : [], position: page.ended ? hostId : inside };
      if (page.ended) return;
    }
  }

  return {
    async *walk(now, after) {
      const [lastHost = '', level, split, from] = after?.split('/') ?? [];
      const all = new Set<string>();
      for await (const page of hosts()) for (const [hostId] of page) all.add(hostId);
      const left = [...all].filter((hostId) => hostId > lastHost).sort();
      if (level !== undefined && split !== undefined) {
        yield* walkHost(lastHost, now, { grid: { level, split }, from: Number(from) });
      }
      const beginning = { grid: { level: '', split: '' }, from: 0 };
      for (let at = 0; at < left.length; at += hostsPerStep) {
        const group = left.slice(at, at + hostsPerStep);
        const firsts = await Promise.all(group.map((hostId) => step(hostId, now, beginning.grid, 0)));
        for (const [index, hostId] of group.entries()) yield* walkHost(hostId, now, beginning, firsts[index]);
      }
    },

    walkHost: (hostId, now) => walkHost(hostId, now, { grid: { level: '', split: '' }, from: 0 }),
    async host(hostId, now) {
      const [name, turn, turnAt, lined, ...flat] = (await run.nmlHost(...keysOf(hostId), now)).map(String);
      if (name === undefined || name === '') return undefined;
      const given = turnFrom(hostId, name, turn, turnAt);
      return {
        hostId,
        host: name,
        lined: Number(lined),
        counts: countsFrom(flat),
        ...(given === undefined ? {} : { turn: given }),
      };
    },

    async find(hostId, ids) {
      const found: (LedgerEntry | undefined)[] = [];
      for (let at = 0; at < ids.length; at += idsPerFind) {
        const asked = ids.slice(at, at + idsPerFind).map(shortId);
        const answer = (await run.nmlFindBuffer(...keysOf(hostId), ...asked)) as Buffer[];
        const host = String(answer[0]);
        for (let i = 1; i < answer.length; i += 4) found.push(await entryFrom(hostId, host, answer, i));
      }
      return found;
    },

    async restore(given, now) {
      const row: UrlRow = settle(given);
      const hostId = hostIdOf(row.url);
      const host = hostKeyOf(row.url);
      await redis.hset(hostsKey, hostId, host);
      const score = dueScore(row, now);
      const place = placeOf(row, now);
      const [done, turn, turnAt] = await run.nmlRestore(
        ...keysOf(hostId),
        ...[now, host, shortId(urlIdOf(row.url)), place],
        ...[await packHead(row, names), place === nowhere ? '' : await packTail(row, host, names)],
        ...[score ?? '', score === undefined ? '' : ticketOf(score), row.openSince ?? ''],
        ...[countField(row), `${row.sourceId}|fetches`, row.generation],
      );
      if (done !== 1) return undefined;
      await redis.hincrby(knownKey, row.sourceId, 1);
      const next = turnFrom(hostId, host, turn, turnAt);
      return next === undefined ? {} : { turn: next };
    },

    async giveTurn(hostId, now) {
      const [host, turn, turnAt] = await run.nmlGiveTurn(...keysOf(hostId), now);
      return turnFrom(hostId, String(host), turn, turnAt);
    },

    rests: (hostId, now) =>
      findRests({
        line: async (...range) => (await run.nmlLineBuffer(...keysOf(hostId), ...range)) as Buffer[],
        rows: (cursor) => redis.hscanBuffer(keysOf(hostId)[1] ?? '', cursor, 'COUNT', idsPerFind),
        find: async (ids) => ((await run.nmlFindBuffer(...keysOf(hostId), ...ids)) as Buffer[]).slice(1),
        host: async () => (await redis.hget(hostsKey, hostId)) ?? '',
        walk: () => walkHost(hostId, now, { grid: { level: '', split: '' }, from: 0 }),
        hollow: async (from) => (await run.nmlHollowBuffer(...keysOf(hostId), from, bucketsPerStep)) as Buffer[],
        bucketsPerStep,
        names,
      }),
    async forget({ hostId, shortId: id, row }) {
      const field = row === undefined ? '' : countField(row);
      await run.nmlForget(...keysOf(hostId), Buffer.from(id, 'base64url'), field);
    },
    async unlisted(hostIds) {
      const listed = hostIds.length === 0 ? [] : await redis.hmget(hostsKey, ...hostIds);
      const found: { hostId: string; host: string }[] = [];
      for (const [at, hostId] of hostIds.entries()) {
        const host = listed[at] === null ? await redis.hget(keysOf(hostId)[0] ?? '', 'name') : null;
        // A host is put into the list before its first URL: one that is new this moment is there by now.
        if (host !== null && (await redis.hexists(hostsKey, hostId)) === 0) found.push({ hostId, host });
      }
      return found;
    },
    async listHost(hostId, host) {
      await redis.hset(hostsKey, hostId, host);
    },

    async recount(hostId, from, to) {
      const flat = Object.entries(from).flat();
      const done = await run.nmlRecount(...keysOf(hostId), flat.length / 2, ...flat, ...Object.entries(to).flat());
      return Number(done) === 1;
    },
  };
}

/** Fields and counts one after another, without those that are 0. */
function countsFrom(flat: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const count = Number(flat[at + 1]);
    if (count !== 0) counts[flat[at] ?? ''] = count;
  }
  return counts;
}

function sameCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const fields = Object.keys(a);
  return fields.length === Object.keys(b).length && fields.every((field) => a[field] === b[field]);
}
