import { type Source, source as sourceSchema, type VisitJob } from '@newsmill/contracts';
import { dueScore, nextUrlState, type UrlRow } from '@newsmill/core/schedule';
import { hostIdOf, hostKeyOf, urlIdOf } from '@newsmill/core/url';
import type { Redis } from 'ioredis';
import { packHead, packTail, unpackRow } from './packing.ts';
import type {
  Admission,
  AdmissionLimits,
  FoundUrl,
  Frontier,
  FrontierOptions,
  Reconciliation,
  RobotsEntry,
  SeenRow,
  Take,
  Turn,
  UrlEvent,
} from './port.ts';
import { createRedisLedger } from './redis-ledger.ts';
import { createRedisNames } from './redis-names.ts';
import { admission, inRows, nowhere, placeOf, shortId, ticketOf } from './redis-rows.ts';
import { countChanges, countField, newRow, parseJobOf, settle, sumCounts } from './row.ts';
import * as scripts from './scripts.ts';

/** URLs in one call of the admit script: 5 arguments each, far from Lua's limit, and never long enough to hold up Redis. */
const admitBatch = 500;
/** A row that changes under us this often is being fought over by a bug. */
const casTriesMax = 20;
const hostsPerScan = 500;
const openPerScan = 1_000;
const noLimit = 2 ** 40;

/** A row with what a change of it is compared with. */
interface StandingRow extends SeenRow {
  readonly host: string;
  readonly mark: Buffer;
  readonly packed: Buffer;
}

type Argument = string | number | Buffer;
type Scripts = Record<
  | 'nmAdmit'
  | 'nmBeginTurn'
  | 'nmHoldTurn'
  | 'nmTakeBuffer'
  | 'nmEndTurn'
  | 'nmGetBuffer'
  | 'nmRecord'
  | 'nmStuckBuffer',
  (...args: Argument[]) => Promise<(string | number | Buffer)[]>
>;

/** What an event tells of its URL's address, which the row of one that is done has not kept. */
function addressIn(event: UrlEvent, urlId: string): string | undefined {
  const url = 'url' in event ? event.url : undefined;
  return url !== undefined && urlIdOf(url) === urlId ? url : undefined;
}

/** The caller owns the connection. `prefix` is the first part of every key. */
export function createRedisFrontier(redis: Redis, prefix: string, options: FrontierOptions = {}): Frontier {
  for (const [name, lua] of Object.entries({
    nmAdmit: scripts.admit,
    nmBeginTurn: scripts.beginTurn,
    nmHoldTurn: scripts.holdTurn,
    nmTake: scripts.take,
    nmEndTurn: scripts.endTurn,
    nmGet: scripts.get,
    nmRecord: scripts.record,
    nmStuck: scripts.stuck,
  })) {
    redis.defineCommand(name, { numberOfKeys: 7, lua });
  }
  const run = redis as unknown as Scripts;
  const names = createRedisNames(redis, `${prefix}:names`);
  const sourcesKey = `${prefix}:sources`;
  const pagesKey = `${prefix}:source-pages`;
  const knownKey = `${prefix}:source-urls`;
  const hostsKey = `${prefix}:hosts`;
  const keyOf = (hostId: string, part: string) => `${prefix}:{${hostId}}:${part}`;
  const keysOf = (hostId: string) =>
    ['host', 'rows', 'due', 'open', 'counts', 'b', 'l'].map((part) => keyOf(hostId, part));

  const turnOf = (hostId: string, host: string, turn: unknown, turnAt: unknown): Turn | undefined =>
    turn === undefined || String(turn) === ''
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

  async function admitHost(
    hostId: string,
    found: readonly FoundUrl[],
    now: number,
    limits: { readonly hostUrlsMax: number; readonly newMax: number },
  ): Promise<Required<Admission>> {
    const host = hostKeyOf(found[0]?.url ?? '');
    // Before the rows: a host that is listed without rows costs nothing, a row without its host would be out of sight.
    await redis.hset(hostsKey, hostId, host);
    const sum = { accepted: 0, refused: 0, turns: [] as Turn[] };
    for (let start = 0; start < found.length; start += admitBatch) {
      const args: Argument[] = [now, host, limits.hostUrlsMax, limits.newMax - sum.accepted];
      for (const one of found.slice(start, start + admitBatch)) {
        const row = newRow(one, now);
        args.push(...(await admission(row, host, now, names)), countField(row));
      }
      const [accepted, refused, turn, turnAt] = await run.nmAdmit(...keysOf(hostId), ...args);
      sum.accepted += Number(accepted);
      sum.refused += Number(refused);
      const given = turnOf(hostId, host, turn, turnAt);
      if (given) sum.turns.push(given);
    }
    return sum;
  }

  async function admit(
    found: readonly FoundUrl[],
    now: number,
    { hostUrlsMax = noLimit, sourceUrlsMax }: AdmissionLimits = {},
  ): Promise<Admission> {
    const sourceId = found[0]?.sourceId ?? '';
    let newMax = noLimit;
    if (sourceUrlsMax !== undefined) {
      newMax = Math.max(0, sourceUrlsMax - Number((await redis.hget(knownKey, sourceId)) ?? 0));
    }
    const sum = { accepted: 0, refused: 0, turns: [] as Turn[] };
    for (const [hostId, group] of Map.groupBy(found, (one) => hostIdOf(one.url))) {
      const one = await admitHost(hostId, group, now, { hostUrlsMax, newMax: newMax - sum.accepted });
      sum.accepted += one.accepted;
      sum.refused += one.refused;
      sum.turns.push(...one.turns);
    }
    if (sum.accepted > 0) await redis.hincrby(knownKey, sourceId, sum.accepted);
    const { accepted, refused, turns } = sum;
    return { accepted, ...(refused > 0 ? { refused } : {}), turns };
  }

  /** What rows were seen as, for as long as somebody holds them. */
  const standing = new WeakMap<SeenRow, StandingRow>();

  /** A row as it stands. */
  async function read(
    hostId: string,
    urlId: string,
    how: { url?: string | undefined; withTail: boolean },
  ): Promise<StandingRow | undefined> {
    const [name, mark, packed] = (await run.nmGetBuffer(
      ...keysOf(hostId),
      shortId(urlId),
      how.withTail ? '1' : '',
    )) as Buffer[];
    if (name === undefined || mark === undefined || packed === undefined || packed.length === 0) return undefined;
    const host = name.toString();
    return { host, mark, packed, row: await unpackRow(packed, { host, names, url: how.url }) };
  }

  /** Writes what `change` makes of a row, as often as somebody else was quicker, or `seen` was too old. */
  async function update(
    hostId: string,
    urlId: string,
    url: string | undefined,
    now: number,
    change: (row: UrlRow) => UrlRow,
    seen?: StandingRow,
  ): ReturnType<Frontier['record']> {
    for (let tries = 0; tries < casTriesMax; tries += 1) {
      // Who brings the address along wants it in the row.
      let known = tries === 0 && url === undefined ? seen : undefined;
      // That there is nothing to write must be true now; what is written is compared with what stands then.
      if (known === undefined || change(known.row) === known.row)
        known = await read(hostId, urlId, { url, withTail: false });
      if (known === undefined) return undefined;
      if (change(known.row) === known.row) return { row: known.row };
      const place = known.mark[0];
      if (url === undefined && place !== inRows && place !== nowhere) {
        known = await read(hostId, urlId, { withTail: true });
      }
      if (known === undefined) return undefined;
      const { host, mark, packed, row: before } = known;
      const row = settle(change(before));
      // Its address is wanted where it goes on.
      if (row.url === '' && placeOf(row, now) !== nowhere) return undefined;
      const score = dueScore(row, now);
      const [written, turn, turnAt] = await run.nmRecord(
        ...keysOf(hostId),
        now,
        shortId(urlId),
        mark,
        mark[0] === inRows ? packed : '',
        placeOf(row, now),
        await packHead(row, names),
        placeOf(row, now) === nowhere ? '' : await packTail(row, host, names),
        score ?? '',
        score === undefined ? '' : ticketOf(score),
        row.openSince ?? '',
        ...countChanges(before, row).flat(),
      );
      if (written !== 1) continue;
      const given = turnOf(hostId, host, turn, turnAt);
      return { row, ...(given ? { turn: given } : {}) };
    }
    throw new Error(`the row of ${urlId} changed ${casTriesMax} times while it was being written`);
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

    admit,
    async want(found, now) {
      const admission = await admit(found, now);
      const turns = [...admission.turns];
      for (const { url, sourceId, depth, standing, kind } of found) {
        const event = { type: 'wanted', sourceId, depth, standing, kind } as const;
        const change = (row: UrlRow) => nextUrlState(row, event, now, options.schedule);
        const recorded = await update(hostIdOf(url), urlIdOf(url), url, now, change);
        if (recorded?.turn) turns.push(recorded.turn);
      }
      return { ...admission, turns };
    },
    getUrl: async (url) => (await read(hostIdOf(url), urlIdOf(url), { url, withTail: false }))?.row,

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
    async holdTurn(hostId, token, now, leaseMs) {
      const [held] = await run.nmHoldTurn(...keysOf(hostId), now, token, leaseMs);
      return held === 1;
    },
    async take(hostId, token, now, leaseMs, hiddenMs): Promise<Take> {
      for (;;) {
        const [said, host, packed] = await run.nmTakeBuffer(...keysOf(hostId), now, token, leaseMs, hiddenMs);
        const status = String(said);
        if (status === 'lost' || status === 'none') return { status };
        if (status !== 'url') continue;
        const row = await unpackRow(packed as Buffer, { host: String(host), names });
        const taken = { urlId: urlIdOf(row.url), row };
        standing.set(taken, { host: String(host), mark: Buffer.of(inRows), packed: packed as Buffer, row });
        return { status: 'url', taken };
      }
    },
    async endTurn(job, token, now, pace) {
      const keys = keysOf(job.hostId);
      const [turn, turnAt] = await run.nmEndTurn(...keys, now, token, Math.ceil(pace.nextFetchAt), pace.delayMs);
      return turnOf(job.hostId, job.host, turn, turnAt);
    },

    async see(hostId, urlId) {
      const known = await read(hostId, urlId, { withTail: false });
      if (known === undefined) return undefined;
      const seen = { row: known.row };
      standing.set(seen, known);
      return seen;
    },
    record: (hostId, urlId, event, now, seen) =>
      update(
        hostId,
        urlId,
        addressIn(event, urlId),
        now,
        (row) => nextUrlState(row, event, now, options.schedule),
        seen && standing.get(seen),
      ),

    async getRobots(hostId) {
      const text = await redis.get(keyOf(hostId, 'robots'));
      return text === null ? undefined : (JSON.parse(text) as RobotsEntry);
    },
    async putRobots(hostId, entry, ttlMs) {
      await redis.set(keyOf(hostId, 'robots'), JSON.stringify(entry), 'PX', Math.max(1, Math.round(ttlMs)));
    },

    async balance() {
      // Some hundreds of hosts share a round trip, and only sums are kept: 100,000 hosts take a sixth of a second of Redis.
      const sums = new Map<string, number>();
      for await (const page of hosts()) {
        const counts = await Promise.all(page.map(([hostId]) => redis.hgetall(keyOf(hostId, 'counts'))));
        for (const host of counts) {
          for (const field in host) sums.set(field, (sums.get(field) ?? 0) + Number(host[field]));
        }
      }
      return sumCounts(sums);
    },

    ledger: createRedisLedger({ redis, names, keysOf, hosts, hostsKey, knownKey }),

    async *openCaptures() {
      for await (const page of hosts()) {
        for (const [hostId, host] of page) {
          let cursor = '0';
          do {
            const [next, flat] = await redis.zscanBuffer(keyOf(hostId, 'open'), cursor, 'COUNT', openPerScan);
            cursor = String(next);
            const ids = flat.filter((_, at) => at % 2 === 0);
            if (ids.length === 0) continue;
            for (const packed of await redis.hmgetBuffer(keyOf(hostId, 'rows'), ...ids)) {
              const row = packed === null ? undefined : await unpackRow(packed, { host, names });
              const since = row?.openSince;
              if (since !== undefined && row?.captureRef !== undefined) yield { captureRef: row.captureRef, since };
            }
          } while (cursor !== '0');
        }
      }
    },

    async reconcile(now, olderThanMs) {
      const result: { turns: Turn[]; parses: Reconciliation['parses'][number][] } = { turns: [], parses: [] };
      for await (const page of hosts()) {
        await Promise.all(
          page.map(async ([hostId, host]) => {
            const [turn, turnAt, ...open] = await run.nmStuckBuffer(...keysOf(hostId), now, now - olderThanMs);
            const given = turnOf(hostId, host, turn, turnAt);
            if (given) result.turns.push(given);
            for (const packed of open) {
              const row = await unpackRow(packed as Buffer, { host, names });
              const parse = parseJobOf(hostId, urlIdOf(row.url), row);
              if (parse) result.parses.push(parse);
            }
          }),
        );
      }
      return result;
    },
  };
}
