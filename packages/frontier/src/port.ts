import type { LinkKind, ParseJob, SkipReason, Source, VisitJob } from '@newsmill/contracts';
import type { Schedule, UrlEvent, UrlRow } from '@newsmill/core/schedule';
import type { Ledger } from './ledger.ts';

export type { UrlEvent, UrlRow } from '@newsmill/core/schedule';

/** A URL that somebody found. */
export interface FoundUrl {
  /** Canonical. */
  readonly url: string;
  readonly kind: LinkKind;
  readonly sourceId: string;
  readonly depth: number;
  readonly standing: boolean;
  readonly hops?: number;
  readonly datePublished?: string;
  readonly headline?: string;
  readonly author?: string;
  /** When it falls due, if that is later than now; epoch milliseconds. */
  readonly notBefore?: number | undefined;
}

/** A turn that a host should get: to be put on the `visit` queue. */
export interface Turn {
  readonly job: VisitJob;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

export interface Admission {
  /** URLs that were not known before. */
  readonly accepted: number;
  /** URLs that were not taken in because their host or source has as many as it may have; absent for none. */
  readonly refused?: number;
  readonly turns: readonly Turn[];
}

/** How many URLs may be known; about, since several processes admit at once. */
export interface AdmissionLimits {
  /** Of one host. */
  readonly hostUrlsMax?: number | undefined;
  /** Of the source that they were found for. */
  readonly sourceUrlsMax?: number | undefined;
}

export interface FrontierOptions {
  readonly schedule?: Schedule;
}

export type TurnStart =
  /** Go on: the host is yours until the lease ends; nothing may be sent before `nextFetchAt`. */
  | { readonly status: 'ok'; readonly nextFetchAt: number; readonly delayMs: number | undefined }
  /** Another turn has taken this one's place. */
  | { readonly status: 'superseded' }
  /** Another worker holds the host. */
  | { readonly status: 'busy'; readonly untilMs: number };

/** A row as it was seen. Given to `record`, it spares a question, and does no harm if the row has changed since. */
export interface SeenRow {
  readonly row: UrlRow;
}

/** A URL whose turn it is; it falls due again by itself if nothing is recorded for it. */
export interface TakenUrl extends SeenRow {
  readonly urlId: string;
}

export type Take =
  | { readonly status: 'url'; readonly taken: TakenUrl }
  /** Nothing of this host is due now. */
  | { readonly status: 'none' }
  /** The lease was lost: stop at once. */
  | { readonly status: 'lost' };

export interface RobotsEntry {
  /** `allow` and `disallow` are for a robots.txt that is absent or out of reach. */
  readonly type: 'rules' | 'allow' | 'disallow';
  /** The file, one character per octet (latin1): its rules may be in any charset, and are compared as octets. */
  readonly text?: string;
  /** Of `disallow`: why the host could not be asked, and whether that may pass; absent when it answered with an error. */
  readonly failure?: { readonly reason: SkipReason; readonly transient: boolean };
  /** Epoch milliseconds. */
  readonly fetchedAt: number;
}

/** Source → heading (`accepted`, `captured`, `parsed`, `indexed`, `skipped:…`, `quarantined:…`, `fetches`) → URLs. */
export type Balance = Record<string, Record<string, number>>;

/** What a crash or a Redis that forgot left lying: jobs to be put on their queues again (known ids change nothing). */
export interface Reconciliation {
  readonly turns: readonly Turn[];
  readonly parses: readonly ParseJob[];
}

/** A capture that waits to be parsed, or whose article waits to be indexed. */
export interface OpenCapture {
  readonly captureRef: string;
  /** Epoch milliseconds: what was made of it in the archive is not older. */
  readonly since: number;
}

/**
 * Every known URL of every host, its due time and its fate: the only scheduler, and the ledger.
 * Times are epoch milliseconds and come from the caller.
 */
export interface Frontier {
  putSource(source: Source): Promise<void>;
  getSource(id: string): Promise<Source | undefined>;
  listSources(): Promise<Source[]>;
  removeSource(id: string): Promise<boolean>;
  /** One more fetch for a one-off crawl; false when `max` are used up. */
  spendPage(sourceId: string, max: number): Promise<boolean>;

  /** Makes URLs of one source known; those that are new fall due at once. */
  admit(found: readonly FoundUrl[], now: number, limits?: AdmissionLimits): Promise<Admission>;
  /** Makes URLs due now, also those known already, which then belong to the source that asks. No limits hold. */
  want(found: readonly FoundUrl[], now: number): Promise<Admission>;
  /** What a URL that is done or waits has no use for any more (validators, its capture's place) may be missing. */
  getUrl(url: string): Promise<UrlRow | undefined>;

  /** Takes the host for `leaseMs`; `token` names the worker's run. */
  beginTurn(job: VisitJob, token: string, now: number, leaseMs: number): Promise<TurnStart>;
  /** Renews the lease; false when the host is somebody else's by now. */
  holdTurn(hostId: string, token: string, now: number, leaseMs: number): Promise<boolean>;
  /** The next due URL of a host that is held, out of the line for `hiddenMs`; renews the lease. */
  take(hostId: string, token: string, now: number, leaseMs: number, hiddenMs: number): Promise<Take>;
  /** Gives the host back; nobody may send to it before `nextFetchAt`. */
  endTurn(
    job: VisitJob,
    token: string,
    now: number,
    pace: { nextFetchAt: number; delayMs: number },
  ): Promise<Turn | undefined>;

  /** For who will have something to record about a URL and has other things to do until then. */
  see(hostId: string, urlId: string): Promise<SeenRow | undefined>;

  /**
   * Tells the ledger what happened to a URL. Returns the row as it is now, and a turn if its new due time needs one;
   * undefined when the URL is not known, or so long done that its address is not kept (then nothing that still matters
   * can have happened to it). The row of an event that came too late may lack its `url` too.
   */
  record(
    hostId: string,
    urlId: string,
    event: UrlEvent,
    now: number,
    seen?: SeenRow,
  ): Promise<{ readonly row: UrlRow; readonly turn?: Turn } | undefined>;

  getRobots(hostId: string): Promise<RobotsEntry | undefined>;
  putRobots(hostId: string, entry: RobotsEntry, ttlMs: number): Promise<void>;

  balance(): Promise<Balance>;
  /** Captures that are on their way through the pipeline: whoever removes captures leaves these alone. */
  openCaptures(): AsyncIterable<OpenCapture>;
  /** For those who audit: row by row, whatever became of each. */
  readonly ledger: Ledger;
  /** Looks for what has not moved for `olderThanMs`. */
  reconcile(now: number, olderThanMs: number): Promise<Reconciliation>;
}
