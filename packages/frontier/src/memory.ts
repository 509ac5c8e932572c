import type { Source, VisitJob } from '@newsmill/contracts';
import { dueScore, lookHeadStartMs, nextUrlState, type UrlEvent, type UrlRow } from '@newsmill/core/schedule';
import { hostIdOf, hostKeyOf, urlIdOf } from '@newsmill/core/url';
import { createMemoryLedger } from './memory-ledger.ts';
import type { Admission, AdmissionLimits, FoundUrl, Frontier, FrontierOptions, RobotsEntry, Turn } from './port.ts';
import { countChanges, countField, newRow, parseJobOf, settle, sumCounts } from './row.ts';

export interface MemoryHost {
  readonly id: string;
  readonly name: string;
  readonly urls: Map<string, UrlRow>;
  readonly due: Map<string, number>;
  readonly counts: Map<string, number>;
  turn: number;
  turnAt?: number | undefined;
  nextAt: number;
  /** The last look went before something new, which is next. */
  alternate?: boolean;
  delayMs?: number;
  lease?: { token: string; until: number } | undefined;
  robots?: RobotsEntry;
}

/** The frontier inside one process, for unit tests and one-off runs; nothing is durable. */
export function createMemoryFrontier(options: FrontierOptions = {}): Frontier {
  const hosts = new Map<string, MemoryHost>();
  const sources = new Map<string, Source>();
  const pages = new Map<string, number>();
  const known = new Map<string, number>();

  const add = (host: MemoryHost, field: string, change: number) =>
    host.counts.set(field, (host.counts.get(field) ?? 0) + change);
  /** The same rule as the script of that name. */
  const firstDue = (host: MemoryHost, now: number, alternate = false): [string, number, ahead: boolean] | undefined => {
    let [again, fresh]: ([string, number] | undefined)[] = [];
    for (const entry of host.due) {
      const row = host.urls.get(entry[0]);
      if (row?.kind !== 'article' && row?.state === 'final') {
        if (again === undefined || entry[1] < again[1]) again = entry;
      } else if (fresh === undefined || entry[1] < fresh[1]) fresh = entry;
    }
    if (again === undefined) return fresh && [...fresh, false];
    if (fresh === undefined) return [...again, false];
    const isDue = again[1] <= now;
    const rank = isDue && !alternate ? again[1] - lookHeadStartMs : again[1];
    return fresh[1] < rank ? [...fresh, false] : [...again, isDue && fresh[1] <= now];
  };
  const jobOf = (host: MemoryHost): VisitJob => ({ v: 1, hostId: host.id, host: host.name, turn: host.turn });
  /** The same rule as the script of that name. */
  const ensureTurn = (host: MemoryHost, now: number): Turn | undefined => {
    if (host.lease && host.lease.until > now) return undefined;
    const first = firstDue(host, now);
    if (first === undefined) return undefined;
    const wanted = Math.max(first[1], host.nextAt, now);
    if (host.turnAt !== undefined && host.turnAt <= wanted + 50) return undefined;
    host.turn += 1;
    host.turnAt = wanted;
    return { job: jobOf(host), dueAt: wanted };
  };
  const hostOf = (url: string): MemoryHost => {
    const id = hostIdOf(url);
    const known = hosts.get(id);
    if (known) return known;
    const host: MemoryHost = {
      id,
      name: hostKeyOf(url),
      urls: new Map(),
      due: new Map(),
      counts: new Map(),
      turn: 0,
      nextAt: 0,
    };
    hosts.set(id, host);
    return host;
  };

  function admit(found: readonly FoundUrl[], now: number, limits: AdmissionLimits = {}): Admission {
    let accepted = 0;
    let refused = 0;
    const touched = new Set<MemoryHost>();
    for (const one of found) {
      const host = hostOf(one.url);
      touched.add(host);
      const id = urlIdOf(one.url);
      if (host.urls.has(id)) continue;
      const ofSource = known.get(one.sourceId) ?? 0;
      if (host.urls.size >= (limits.hostUrlsMax ?? Infinity) || ofSource >= (limits.sourceUrlsMax ?? Infinity)) {
        refused += 1;
        continue;
      }
      known.set(one.sourceId, ofSource + 1);
      const row = newRow(one, now);
      host.urls.set(id, row);
      host.due.set(id, dueScore(row, now) ?? now);
      add(host, countField(row), 1);
      accepted += 1;
    }
    const turns = [...touched].flatMap((host) => ensureTurn(host, now) ?? []);
    return { accepted, ...(refused > 0 ? { refused } : {}), turns };
  }

  function record(hostId: string, urlId: string, event: UrlEvent, now: number) {
    const host = hosts.get(hostId);
    const before = host?.urls.get(urlId);
    if (host === undefined || before === undefined) return undefined;
    const changed = nextUrlState(before, event, now, options.schedule);
    if (changed === before) return { row: before };
    const row = settle(changed);
    host.urls.set(urlId, row);
    const score = dueScore(row, now);
    if (score === undefined) host.due.delete(urlId);
    else host.due.set(urlId, score);
    for (const [field, change] of countChanges(before, row)) add(host, field, change);
    const turn = ensureTurn(host, now);
    return { row, ...(turn ? { turn } : {}) };
  }

  return {
    async putSource(source) {
      sources.set(source.id, source);
    },
    getSource: async (id) => sources.get(id),
    listSources: async () =>
      [...sources.values()].sort((a, b) => a.addedAt.localeCompare(b.addedAt) || a.id.localeCompare(b.id)),
    removeSource: async (id) => sources.delete(id),
    async spendPage(sourceId, max) {
      const spent = (pages.get(sourceId) ?? 0) + 1;
      pages.set(sourceId, spent);
      return spent <= max;
    },

    admit: async (found, now, limits) => admit(found, now, limits),
    async want(found, now) {
      const admission = admit(found, now);
      const turns = [...admission.turns];
      for (const { url, sourceId, depth, standing, kind } of found) {
        const event = { type: 'wanted', sourceId, depth, standing, kind } as const;
        const recorded = record(hostIdOf(url), urlIdOf(url), event, now);
        if (recorded?.turn) turns.push(recorded.turn);
      }
      return { ...admission, turns };
    },
    getUrl: async (url) => hosts.get(hostIdOf(url))?.urls.get(urlIdOf(url)),

    async beginTurn(job, token, now, leaseMs) {
      const host = hosts.get(job.hostId);
      if (host === undefined || host.turn !== job.turn) return { status: 'superseded' };
      if (host.lease && host.lease.until > now && host.lease.token !== token) {
        return { status: 'busy', untilMs: host.lease.until };
      }
      host.lease = { token, until: now + leaseMs };
      return { status: 'ok', nextFetchAt: host.nextAt, delayMs: host.delayMs };
    },
    async holdTurn(hostId, token, now, leaseMs) {
      const host = hosts.get(hostId);
      if (host?.lease?.token !== token) return false;
      host.lease.until = now + leaseMs;
      return true;
    },
    async take(hostId, token, now, leaseMs, hiddenMs) {
      const host = hosts.get(hostId);
      if (host?.lease?.token !== token) return { status: 'lost' };
      host.lease.until = now + leaseMs;
      const first = firstDue(host, now, host.alternate);
      host.alternate = false;
      if (first === undefined || first[1] > now) return { status: 'none' };
      const row = host.urls.get(first[0]);
      if (row === undefined) return { status: 'none' };
      host.due.set(first[0], now + hiddenMs);
      const [, , ahead] = first;
      host.alternate = ahead;
      return { status: 'url', taken: { urlId: first[0], row } };
    },
    async endTurn(job, token, now, pace) {
      const host = hosts.get(job.hostId);
      if (host?.lease?.token !== token) return undefined;
      host.lease = undefined;
      host.turnAt = undefined;
      host.nextAt = Math.ceil(pace.nextFetchAt);
      host.delayMs = pace.delayMs;
      return ensureTurn(host, now);
    },

    async see(hostId, urlId) {
      const row = hosts.get(hostId)?.urls.get(urlId);
      return row && { row };
    },
    record: async (hostId, urlId, event, now) => record(hostId, urlId, event, now),

    getRobots: async (hostId) => hosts.get(hostId)?.robots,
    async putRobots(hostId, entry) {
      const host = hosts.get(hostId);
      if (host) host.robots = entry;
    },

    ledger: createMemoryLedger({ hosts, hostOf, add, ensureTurn }),
    async *openCaptures() {
      for (const host of hosts.values()) {
        for (const { captureRef, openSince: since } of host.urls.values()) {
          if (since !== undefined && captureRef !== undefined) yield { captureRef, since };
        }
      }
    },
    balance: async () => sumCounts([...hosts.values()].flatMap((host) => [...host.counts])),
    async reconcile(now, olderThanMs) {
      const turns: Turn[] = [];
      const parses = [];
      for (const host of hosts.values()) {
        const fresh = ensureTurn(host, now);
        const held = host.lease !== undefined && host.lease.until > now;
        const late = (host.turnAt ?? 0) <= now - olderThanMs;
        if (fresh) turns.push(fresh);
        else if (!held && late && host.due.size > 0 && host.turn > 0) {
          turns.push({ job: jobOf(host), dueAt: host.turnAt ?? now });
        }
        for (const [urlId, row] of host.urls) {
          const parse = parseJobOf(host.id, urlId, row);
          if (parse && (row.openSince ?? now) <= now - olderThanMs) parses.push(parse);
        }
      }
      return { turns, parses };
    },
  };
}
