import { dueScore } from '@newsmill/core/schedule';
import { urlIdOf } from '@newsmill/core/url';
import { type Ledger, type LedgerEntry, type LedgerHost, type LedgerPage, shortIdOf } from './ledger.ts';
import type { MemoryHost } from './memory.ts';
import type { Turn } from './port.ts';
import { countField, settle } from './row.ts';

export interface MemoryLedgerParts {
  readonly hosts: ReadonlyMap<string, MemoryHost>;
  readonly hostOf: (url: string) => MemoryHost;
  readonly add: (host: MemoryHost, field: string, change: number) => void;
  readonly ensureTurn: (host: MemoryHost, now: number) => Turn | undefined;
}

/** The ledger of a frontier in memory: a page per host. */
export function createMemoryLedger({ hosts, hostOf, add, ensureTurn }: MemoryLedgerParts): Ledger {
  const entryOf = (host: MemoryHost, urlId: string): LedgerEntry | undefined => {
    const row = host.urls.get(urlId);
    if (row === undefined) return undefined;
    return { hostId: host.id, shortId: shortIdOf(urlId), row, scheduled: host.due.has(urlId), waits: false };
  };
  const countsOf = (host: MemoryHost) => Object.fromEntries([...host.counts].filter(([, count]) => count !== 0));
  const turnOf = (host: MemoryHost, now: number): Turn | undefined => {
    const leased = host.lease !== undefined && host.lease.until > now;
    if (leased || host.due.size === 0) return undefined;
    const turn = host.turnAt === undefined ? 0 : host.turn;
    return { job: { v: 1, hostId: host.id, host: host.name, turn }, dueAt: host.turnAt ?? now };
  };
  const hostNow = (host: MemoryHost, now: number): LedgerHost => {
    const turn = turnOf(host, now);
    return {
      hostId: host.id,
      host: host.name,
      lined: 0,
      counts: countsOf(host),
      ...(turn === undefined ? {} : { turn }),
    };
  };
  async function* walkHost(hostId: string, now: number): AsyncGenerator<LedgerPage, void, void> {
    const host = hosts.get(hostId);
    if (host === undefined) return;
    const entries = [...host.urls.keys()].flatMap((urlId) => entryOf(host, urlId) ?? []);
    yield { entries, ended: [hostNow(host, now)], position: hostId };
  }
  return {
    async *walk(now, after = '') {
      const ids = [...hosts.keys()].filter((hostId) => hostId > after).sort();
      for (const hostId of ids) yield* walkHost(hostId, now);
    },
    walkHost,
    async host(hostId, now) {
      const host = hosts.get(hostId);
      return host === undefined ? undefined : hostNow(host, now);
    },
    async find(hostId, ids) {
      const host = hosts.get(hostId);
      if (host === undefined) return ids.map(() => undefined);
      const byShortId = new Map([...host.urls.keys()].map((urlId) => [shortIdOf(urlId), urlId]));
      return ids.map((id) => entryOf(host, byShortId.get(shortIdOf(id)) ?? ''));
    },
    async restore(given, now) {
      const row = settle(given);
      const host = hostOf(row.url);
      const urlId = urlIdOf(row.url);
      if (host.urls.has(urlId)) return undefined;
      host.urls.set(urlId, row);
      const score = dueScore(row, now);
      if (score !== undefined) host.due.set(urlId, score);
      add(host, countField(row), 1);
      if (row.generation > 0) add(host, `${row.sourceId}|fetches`, row.generation);
      const turn = ensureTurn(host, now);
      return turn === undefined ? {} : { turn };
    },
    async giveTurn(hostId, now) {
      const host = hosts.get(hostId);
      if (host === undefined) return undefined;
      return ensureTurn(host, now) ?? turnOf(host, now);
    },
    // Here a URL is in one place only.
    rests: async () => ({ rows: [], urls: [], stranded: [], hollow: [] }),
    unlisted: async () => [],
    listHost: async () => undefined,
    async forget({ hostId, shortId, row }) {
      const host = hosts.get(hostId);
      const urlId = [...(host?.urls.keys() ?? [])].find((id) => shortIdOf(id) === shortId);
      if (host === undefined || urlId === undefined || row === undefined) return;
      host.urls.delete(urlId);
      host.due.delete(urlId);
      add(host, countField(row), -1);
    },
    async recount(hostId, from, to) {
      const host = hosts.get(hostId);
      if (host === undefined || JSON.stringify(sorted(countsOf(host))) !== JSON.stringify(sorted(from))) return false;
      host.counts.clear();
      for (const [field, count] of Object.entries(to)) host.counts.set(field, count);
      return true;
    },
  };
}

const sorted = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
