import type { FinalOutcome, LinkKind, SkipReason } from '@newsmill/contracts';
import { firstIntervalMs, nextIntervalMs, nextRecheckMs, retryDelayMs, transientFailuresMax } from './intervals.ts';

/**
 * The ledger's row of one URL. Times are epoch milliseconds.
 * `accepted` waits for its fetch; `captured` lies in the archive and waits to be parsed; `parsed` waits for
 * Elasticsearch; `final` has its outcome, and a `dueAt` when it will be looked at again.
 */
export interface UrlRow {
  readonly url: string;
  readonly kind: LinkKind;
  readonly sourceId: string;
  /** Links away from the source's own page. */
  readonly depth: number;
  /** A standing source's URLs are looked at again; those of a one-off crawl are not. */
  readonly standing: boolean;
  readonly state: 'accepted' | 'captured' | 'parsed' | 'final';
  readonly outcome?: FinalOutcome;
  /** Fetches that brought bytes; names the jobs that follow from each. */
  readonly generation: number;
  readonly firstSeenAt: number;
  /** When it is to be fetched. Absent: not before something else happens to it. */
  readonly dueAt?: number;
  /** Since when it has been waiting for the parser or the indexer. */
  readonly openSince?: number;
  readonly captureRef?: string;
  readonly fetchedAt?: number;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly contentHash?: string;
  /** States of the article that were seen. */
  readonly version?: number;
  /** Fetches in a row that failed in a way that may pass. */
  readonly failures?: number;
  /** How long until the next look at a feed, sitemap or section. */
  readonly intervalMs?: number;
  /** Redirects that led here. */
  readonly hops?: number;
  /** What the feed or sitemap said, ISO 8601. */
  readonly datePublished?: string;
}

export type UrlEvent =
  /** An operator asks for a URL that is known already: it is due now, and belongs to the source that asks. */
  | {
      readonly type: 'wanted';
      readonly sourceId: string;
      readonly depth: number;
      readonly standing: boolean;
      readonly kind: LinkKind;
    }
  | {
      readonly type: 'captured';
      readonly captureRef: string;
      readonly etag?: string | undefined;
      readonly lastModified?: string | undefined;
    }
  /** 304, or bytes equal to the last ones. */
  | { readonly type: 'unchanged' }
  | {
      readonly type: 'fetch-failed';
      readonly reason: SkipReason;
      /** Whether the same request may succeed later. */
      readonly transient: boolean;
      /** What the server asked for. */
      readonly retryAfterMs?: number | undefined;
      /** The operator's pause before the first retry; later ones grow from it. */
      readonly retryBaseMs?: number | undefined;
    }
  | { readonly type: 'parsed'; readonly generation: number; readonly contentHash: string }
  | {
      readonly type: 'finalized';
      readonly outcome: FinalOutcome;
      /** Of the job that ended; an older one than the row's has nothing to say any more. Absent: decided at the fetch. */
      readonly generation?: number;
      /** For a page that lists others: how many of its links were new. */
      readonly newLinks?: number;
    };

/** Leaves out what is undefined, so that rows stay small and comparable. */
function compact(row: { [Key in keyof UrlRow]: UrlRow[Key] | undefined }): UrlRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as UrlRow;
}

/** When a URL that has just become final is looked at next; undefined: never. */
function nextLook(row: UrlRow, outcome: FinalOutcome, newLinks: number | undefined, now: number): Partial<UrlRow> {
  if (!row.standing) return {};
  if (row.kind !== 'article') {
    const intervalMs =
      row.intervalMs === undefined ? firstIntervalMs : nextIntervalMs(row.intervalMs, (newLinks ?? 0) > 0);
    return { intervalMs, dueAt: now + intervalMs };
  }
  if (outcome.verdict !== 'indexed') return {};
  const dueAt = nextRecheckMs(row.firstSeenAt, now);
  return dueAt === undefined ? {} : { dueAt };
}

function finalize(row: UrlRow, outcome: FinalOutcome, newLinks: number | undefined, now: number): UrlRow {
  const { dueAt: _due, openSince: _open, ...rest } = row;
  return compact({ ...rest, state: 'final', outcome, ...nextLook(row, outcome, newLinks, now) });
}

/**
 * The one place where a URL's state changes. Pure: the same row, event and time give the same row.
 * An event that comes too late (of an older generation, or a repeat) returns the row itself.
 */
export function nextUrlState(row: UrlRow, event: UrlEvent, now: number): UrlRow {
  switch (event.type) {
    case 'wanted': {
      // Bytes that are on their way through the pipeline are as new as can be: let them arrive first.
      if (row.state === 'captured' || row.state === 'parsed') return row;
      const { failures: _failures, ...rest } = row;
      const { sourceId, depth, standing, kind } = event;
      return compact({ ...rest, sourceId, depth, standing, kind, state: 'accepted', dueAt: now });
    }
    case 'captured': {
      const { dueAt: _due, failures: _failures, ...rest } = row;
      return compact({
        ...rest,
        state: 'captured',
        generation: row.generation + 1,
        captureRef: event.captureRef,
        fetchedAt: now,
        openSince: now,
        etag: event.etag,
        lastModified: event.lastModified,
      });
    }
    case 'unchanged': {
      const { failures: _failures, ...rest } = row;
      if (row.outcome === undefined) return row;
      return finalize(rest, row.outcome, 0, now);
    }
    case 'fetch-failed': {
      const failures = (row.failures ?? 0) + 1;
      const wait = Math.max(event.retryAfterMs ?? 0, retryDelayMs(failures, event.retryBaseMs));
      if (event.transient && (failures <= transientFailuresMax || row.outcome !== undefined)) {
        // A page that was good before keeps its outcome while its host is away, and is asked for ever less often.
        return compact({ ...row, failures, dueAt: now + wait });
      }
      const outcome: FinalOutcome = { verdict: 'skipped', reason: event.reason };
      if (event.reason === 'source_removed') return finalize({ ...row, standing: false }, outcome, 0, now);
      const failed = finalize({ ...row, failures }, outcome, 0, now);
      // A standing source's own page comes back, however long it has been dead.
      if (!row.standing || row.depth > 0) return failed;
      return compact({ ...failed, dueAt: now + Math.max(wait, failed.intervalMs ?? 0) });
    }
    case 'parsed': {
      if (event.generation !== row.generation || row.state !== 'captured') return row;
      const changed = event.contentHash !== row.contentHash;
      return compact({
        ...row,
        state: 'parsed',
        contentHash: event.contentHash,
        version: (row.version ?? 0) + (changed ? 1 : 0),
      });
    }
    case 'finalized': {
      if (event.generation !== undefined && event.generation !== row.generation) return row;
      if (event.generation !== undefined && row.state === 'final') return row;
      return finalize(row, event.outcome, event.newLinks, now);
    }
  }
}

/** The balance's heading for a row: `accepted`, `captured`, `parsed`, `indexed`, `skipped:http_404`, `quarantined:…`. */
export function balanceLabel(row: UrlRow): string {
  if (row.state !== 'final' || row.outcome === undefined) return row.state;
  return row.outcome.verdict === 'indexed' ? 'indexed' : `${row.outcome.verdict}:${row.outcome.reason}`;
}
