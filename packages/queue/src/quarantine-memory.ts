import {
  matchesFilter,
  newEntry,
  type Quarantine,
  type QuarantineEntry,
  type QuarantineLimits,
  quarantineLimits,
  retriedEntry,
  withoutPayload,
} from './quarantine.ts';

/** A quarantine inside one process, for tests. */
export function createMemoryQuarantine(options: QuarantineLimits = {}): Quarantine {
  const limits = { ...quarantineLimits, ...options };
  const entries = new Map<string, QuarantineEntry>();
  const retried = new Map<string, QuarantineEntry>();
  let evicted = 0;

  const bytesOf = (entry: QuarantineEntry): number => Buffer.byteLength(JSON.stringify(entry));
  const bytes = (): number => [...entries.values()].reduce((sum, entry) => sum + bytesOf(entry), 0);
  const newestFirst = (): QuarantineEntry[] =>
    [...entries.values()].sort((a, b) => b.quarantinedAt.localeCompare(a.quarantinedAt) || (a.id < b.id ? 1 : -1));

  async function* scan(filter = {}): AsyncGenerator<QuarantineEntry> {
    for (const entry of newestFirst()) if (matchesFilter(entry, filter)) yield entry;
  }

  return {
    async put(job) {
      // Through JSON, as it would travel.
      const copy = JSON.parse(JSON.stringify(job));
      entries.set(job.id, newEntry(copy, entries.get(job.id) ?? retried.get(job.id)));
      retried.delete(job.id);
      while (entries.size > 1 && (entries.size > limits.entriesMax || bytes() > limits.bytesMax)) {
        const oldest = newestFirst().findLast((entry) => entry.id !== job.id);
        if (oldest === undefined) break;
        entries.delete(oldest.id);
        evicted += 1;
      }
    },
    get: async (id) => entries.get(id) ?? retried.get(id),
    async list(filter = {}) {
      return (await Array.fromAsync(scan(filter))).slice(0, filter.limit ?? 100);
    },
    scan,
    async beginRetry(id, at) {
      const entry = entries.get(id);
      if (entry === undefined) return undefined;
      const next = retriedEntry(entry, at);
      entries.set(id, next);
      return next;
    },
    async endRetry(id, at) {
      const entry = entries.get(id);
      if (entry?.retriedAt !== at) return false;
      entries.delete(id);
      retried.set(id, withoutPayload(entry));
      const [first] = retried.keys();
      if (retried.size > limits.retriedMax && first !== undefined) retried.delete(first);
      return true;
    },
    async drop(id) {
      retried.delete(id);
      return entries.delete(id);
    },
    ids: async () => [...entries.keys()],
    count: async () => entries.size,
    figures: async () => ({ entries: entries.size, bytes: bytes(), evicted }),
  };
}
