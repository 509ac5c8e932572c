import type { FinalOutcome, LinkKind, SkipReason } from '@newsmill/contracts';
import {
  askedIntervalMs,
  conditionalLooksMax,
  deadListDelayMs,
  nextIntervalMs,
  nextRecheckMs,
  patienceMs,
  retryDelayMs,
  type Schedule,
  transientFailuresMax,
} from './intervals.ts';

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
  /** Of the bytes of the last capture. */
  readonly bodyHash?: string;
  /** Looks in a row that were answered "unchanged" on the strength of the validators. */
  readonly looks?: number;
  /** The last capture came with the validators of the one before, or of what was known. */
  readonly sameValidators?: boolean;
  /** The server keeps its validators while its content changes: they are not sent any more. */
  readonly distrusted?: boolean;
  /** States of the article that were seen. */
  readonly version?: number;
  /** Fetches in a row that failed in a way that may pass. */
  readonly failures?: number;
  /** Why the last of those failed. */
  readonly lastFailure?: SkipReason;
  /** Least time between two looks at a list, as its headers and itself ask. */
  readonly intervalMinMs?: number;
  /** How long until the next look at a feed, sitemap or section. */
  readonly intervalMs?: number;
  /** Redirects that led here. */
  readonly hops?: number;
  /** What the feed or sitemap said, ISO 8601. */
  readonly datePublished?: string;
  /** What the feed or news sitemap said, plain text. */
  readonly headline?: string;
  readonly author?: string;
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
      readonly bodyHash?: string | undefined;
      /** How long the response calls itself fresh (`Cache-Control: max-age`, `Expires`). */
      readonly freshnessMs?: number | undefined;
      /** When that was, if it was not now: a capture that was found in the archive. */
      readonly fetchedAt?: number;
      /** The row of a URL that is done does not know its address any more. */
      readonly url?: string;
    }
  | {
      readonly type: 'unchanged';
      /** `validators`: the server said 304; `bytes`: the whole body came, equal to the last one. */
      readonly by?: 'validators' | 'bytes';
    }
  | {
      readonly type: 'fetch-failed';
      readonly reason: SkipReason;
      /** Whether the same request may succeed later. */
      readonly transient: boolean;
      /** What the server asked for. */
      readonly retryAfterMs?: number | undefined;
      /** The operator's pause before the first retry; later ones grow from it. */
      readonly retryBaseMs?: number | undefined;
      /** Nothing of the host can be had: that says nothing about this URL, and is not counted against it for a while. */
      readonly hostAway?: boolean | undefined;
    }
  /** Somebody says that a list has changed (WebSub). */
  | { readonly type: 'nudged' }
  | { readonly type: 'parsed'; readonly generation: number; readonly contentHash: string }
  | {
      readonly type: 'finalized';
      readonly outcome: FinalOutcome;
      /** Of the job that ended; an older one than the row's has nothing to say any more. Absent: decided at the fetch. */
      readonly generation?: number;
      /** For a page that lists others: how many of its links were new. */
      readonly newLinks?: number;
      /** And how many links it has in all. */
      readonly links?: number;
      /** How long a feed itself asks not to be fetched again. */
      readonly ttlMs?: number;
      /** What was worked through again stays the article that it is, without being parsed anew. */
      readonly kept?: true;
    }
  /**
   * An operator has the last fetch of a URL worked through again that was quarantined or skipped: its end is taken back,
   * and the job that is put on its queue brings the next one.
   */
  | {
      readonly type: 'reopened';
      /** The row of a URL that is done does not know its address any more. */
      readonly url: string;
      readonly generation: number;
      /** `captured`: it is parsed again; `parsed`: it is indexed again. */
      readonly state: 'captured' | 'parsed';
      /** Without it the reconciler cannot help if the job is lost. */
      readonly captureRef?: string;
      /** What the ledger says of its end is not true any more (its document is gone): take it back whatever it is. */
      readonly lost?: true;
    }
  /** An operator has dropped the job of a URL that was quarantined: nothing is expected of it any more. */
  | { readonly type: 'dropped'; readonly generation: number };

/** Enough of a hash (48 bits) to tell two states of one page apart; every row carries it. */
const hashLength = 8;

/** A list is not looked at sooner than this after its last look, however often somebody says that it has changed. */
const nudgePauseMs = 30_000;

/** Leaves out what is undefined, so that rows stay small and comparable. */
function compact(row: { [Key in keyof UrlRow]: UrlRow[Key] | undefined }): UrlRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as UrlRow;
}

type Look = { readonly newLinks: number; readonly links?: number | undefined; readonly ttlMs?: number | undefined };

/** When a URL that has just become final is looked at next; nothing: never. */
function nextLook(row: UrlRow, outcome: FinalOutcome, look: Look, now: number, schedule: Schedule): Partial<UrlRow> {
  if (!row.standing) return {};
  if (row.kind !== 'article') {
    const floorMs = Math.max(row.intervalMinMs ?? 0, askedIntervalMs({ ttlMs: look.ttlMs }));
    const intervalMs = nextIntervalMs(row.intervalMs, look, floorMs, schedule);
    return { intervalMs, dueAt: now + intervalMs, ...(floorMs > 0 ? { intervalMinMs: floorMs } : {}) };
  }
  if (outcome.verdict !== 'indexed') return {};
  const dueAt = nextRecheckMs(row.firstSeenAt, now, schedule);
  return dueAt === undefined ? {} : { dueAt };
}

function finalize(row: UrlRow, outcome: FinalOutcome, look: Look, now: number, schedule: Schedule): UrlRow {
  const { dueAt: _due, openSince: _open, ...rest } = row;
  return compact({ ...rest, state: 'final', outcome, ...nextLook(row, outcome, look, now, schedule) });
}

/** Validators of a server that was caught lying are not kept. */
const withoutValidators = { etag: undefined, lastModified: undefined, looks: undefined, sameValidators: undefined };

/** Whether the next fetch of a URL may be conditional: not when its server lies, nor when it is time to see whether it does. */
export function mayAskConditionally(row: UrlRow): boolean {
  if (row.outcome === undefined || row.outcome.verdict === 'quarantined') return false;
  return row.distrusted !== true && (row.looks ?? 0) < conditionalLooksMax;
}

/**
 * For so long an unchanged body is only noted as such (a WARC revisit record); then it is kept and parsed again, so that
 * nothing refers back further than retention can see. Longer than the last re-check of an article is away.
 */
const knownBodyAgeMaxMs = 8 * 86_400_000;

/** Whether a body is that of the last capture, of which the outcome is known. `bodyHash` is base64url. */
export const isKnownBody = (row: UrlRow, bodyHash: string, now: number): boolean =>
  row.bodyHash === bodyHash.slice(0, hashLength) &&
  row.outcome !== undefined &&
  row.outcome.verdict !== 'quarantined' &&
  now - (row.fetchedAt ?? 0) < knownBodyAgeMaxMs;

/**
 * The one place where a URL's state changes. Pure: the same row, event and time give the same row.
 * An event that comes too late (of an older generation, or a repeat) returns the row itself.
 */
export function nextUrlState(row: UrlRow, event: UrlEvent, now: number, schedule: Schedule = {}): UrlRow {
  switch (event.type) {
    case 'wanted': {
      // Bytes that are on their way through the pipeline are as new as can be: let them arrive first.
      if (row.state === 'captured' || row.state === 'parsed') return row;
      // The whole page is asked for and parsed again, as if it had never been seen; only its versions go on.
      const { failures: _f, lastFailure: _l, etag: _e, lastModified: _m, bodyHash: _b, looks: _k, ...rest } = row;
      const { sourceId, depth, standing, kind } = event;
      return compact({ ...rest, sourceId, depth, standing, kind, state: 'accepted', dueAt: now });
    }
    case 'captured': {
      const { dueAt: _due, failures: _failures, lastFailure: _last, looks: _looks, ...rest } = row;
      const { etag, lastModified } = event;
      const same =
        etag === undefined ? lastModified !== undefined && lastModified === row.lastModified : etag === row.etag;
      const intervalMinMs = row.kind === 'article' ? 0 : askedIntervalMs({ freshnessMs: event.freshnessMs });
      const fetchedAt = event.fetchedAt ?? now;
      return compact({
        ...rest,
        // The clock of whoever found it may be a moment ahead of the fetcher's: what was fetched had been seen.
        firstSeenAt: Math.min(row.firstSeenAt, fetchedAt),
        state: 'captured',
        generation: row.generation + 1,
        captureRef: event.captureRef,
        fetchedAt,
        openSince: now,
        bodyHash: event.bodyHash?.slice(0, hashLength),
        intervalMinMs: intervalMinMs > 0 ? intervalMinMs : undefined,
        ...(row.distrusted ? withoutValidators : { etag, lastModified, sameValidators: same ? true : undefined }),
      });
    }
    case 'unchanged': {
      const { failures: _failures, lastFailure: _last, looks, ...rest } = row;
      if (row.outcome === undefined) return row;
      const next = event.by === 'bytes' ? rest : { ...rest, looks: (looks ?? 0) + 1 };
      return finalize(next, row.outcome, { newLinks: 0 }, now, schedule);
    }
    case 'fetch-failed':
      return afterFailure(row, event, now, schedule);
    case 'nudged': {
      // What fails is tried again in its own time; what is not looked at again is not looked at for this.
      if (row.dueAt === undefined || row.failures !== undefined || row.kind === 'article') return row;
      const dueAt = Math.max(now, (row.fetchedAt ?? 0) + nudgePauseMs);
      return dueAt < row.dueAt ? { ...row, dueAt } : row;
    }
    case 'parsed': {
      if (event.generation !== row.generation || row.state !== 'captured') return row;
      const contentHash = event.contentHash.slice(0, hashLength);
      const changed = contentHash !== row.contentHash;
      return compact({ ...row, state: 'parsed', contentHash, version: (row.version ?? 0) + (changed ? 1 : 0) });
    }
    case 'finalized': {
      if (event.generation !== undefined) {
        if (event.generation !== row.generation || row.state === 'final') return row;
        // A ledger that forgot that it was parsed may have forgotten its links too: it waits for the parser once more.
        if (event.outcome.verdict === 'indexed' && row.state === 'captured' && !event.kept) return row;
      }
      const { sameValidators, ...rest } = row;
      const newLinks = event.newLinks ?? 0;
      // New links under old validators: a conditional request would have missed them.
      const lied = sameValidators === true && row.kind !== 'article' && newLinks > 0;
      const heard = lied ? { ...rest, ...withoutValidators, distrusted: true } : rest;
      const look = { newLinks, links: event.links, ttlMs: event.ttlMs };
      return finalize(compact(heard), event.outcome, look, now, schedule);
    }
    case 'dropped': {
      const quarantined = row.state === 'final' && row.outcome?.verdict === 'quarantined';
      if (!quarantined || event.generation !== row.generation) return row;
      return { ...row, outcome: { verdict: 'skipped', reason: 'dropped' } };
    }
    case 'reopened': {
      const ended = row.state === 'final' && row.outcome !== undefined;
      if (!ended || (row.outcome?.verdict === 'indexed' && !event.lost) || event.generation !== row.generation)
        return row;
      const { outcome: _outcome, dueAt: _due, ...rest } = row;
      const { url, state, captureRef = row.captureRef } = event;
      return compact({ ...rest, url, state, openSince: now, captureRef });
    }
  }
}

function afterFailure(
  row: UrlRow,
  event: Extract<UrlEvent, { type: 'fetch-failed' }>,
  now: number,
  schedule: Schedule,
): UrlRow {
  const { reason } = event;
  if (event.transient && event.hostAway && now - row.firstSeenAt < patienceMs(row)) {
    // The host's own pause decides when it is asked again, and for which of its URLs.
    const dueAt = now + retryDelayMs(1, event.retryBaseMs, event.retryAfterMs);
    return compact({ ...row, lastFailure: reason, dueAt });
  }
  const failures = (row.failures ?? 0) + 1;
  if (event.transient && (failures <= transientFailuresMax || row.outcome !== undefined)) {
    // A page that was good before keeps its outcome while its host is away, and is asked for ever less often.
    const dueAt = now + retryDelayMs(failures, event.retryBaseMs, event.retryAfterMs);
    return compact({ ...row, failures, lastFailure: reason, dueAt });
  }
  const outcome: FinalOutcome = { verdict: 'skipped', reason };
  const never = reason === 'source_removed' || reason === 'out_of_scope' || reason === 'trap';
  const failed = finalize(
    { ...row, failures, standing: row.standing && !never },
    outcome,
    { newLinks: 0 },
    now,
    schedule,
  );
  if (!failed.standing) return failed;
  // A standing source's own page and every list come back, however long they have been dead. What redirects or is
  // forbidden is no failure of the server, but no reason to ask often either.
  if (row.kind === 'article' && row.depth > 0) return failed;
  // When it is back, its interval is learnt anew.
  const { intervalMs: _interval, ...dead } = failed;
  return { ...dead, dueAt: now + deadListDelayMs(failures, row.kind) };
}

/** The balance's heading for a row: `accepted`, `captured`, `parsed`, `indexed`, `skipped:http_404`, `quarantined:…`. */
export function balanceLabel(row: UrlRow): string {
  if (row.state !== 'final' || row.outcome === undefined) return row.state;
  return row.outcome.verdict === 'indexed' ? 'indexed' : `${row.outcome.verdict}:${row.outcome.reason}`;
}
