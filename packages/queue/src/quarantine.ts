import type { QuarantineReason, StageName } from '@newsmill/contracts';

/** One time that a job was put back, and why it had been taken out then. */
export interface QuarantineRetry {
  /** ISO 8601: when it was put back. */
  readonly at: string;
  readonly quarantinedAt: string;
  readonly reason: QuarantineReason;
  readonly message: string;
}

/** A job as a stage takes it out of the flow, with all that is needed to understand it and to run it again. */
export interface QuarantinedJob {
  /** `<stage>/<job id>`. */
  readonly id: string;
  readonly stage: StageName;
  readonly jobId: string;
  /** As it was delivered, also when it does not fit the schema. Absent above 256 KB: then it cannot be put back. */
  readonly payload?: unknown;
  readonly reason: QuarantineReason;
  /** What went wrong, cut to 2,000 characters. */
  readonly message: string;
  readonly attempts: number;
  /** ISO 8601. */
  readonly quarantinedAt: string;
}

export interface QuarantineEntry extends QuarantinedJob {
  /** What had happened to the same job before, the first time first; the last 20. */
  readonly retries: readonly QuarantineRetry[];
  /** It was put back then, and has not come back since. */
  readonly retriedAt?: string;
}

export interface QuarantineFilter {
  readonly stage?: StageName | undefined;
  readonly reason?: QuarantineReason | undefined;
  /** As addresses have it: `news.example` or `news.example:8080`. */
  readonly host?: string | undefined;
  /** The same host as jobs name it, for those that carry no address. */
  readonly hostId?: string | undefined;
  /** Quarantined before then, epoch milliseconds. */
  readonly before?: number | undefined;
}

export interface QuarantineFigures {
  readonly entries: number;
  /** Of the entries as they are kept. */
  readonly bytes: number;
  /** Entries that had to go because newer ones needed the room. */
  readonly evicted: number;
}

/**
 * Jobs that cannot go on, until somebody retries or drops them. Bounded: when it is full, the oldest entries go. What they
 * were about is still known: the ledger has its reason, the archive its capture.
 */
export interface Quarantine {
  /** The same id again replaces the entry and keeps its history: a stage that runs twice makes one entry. */
  put(job: QuarantinedJob): Promise<void>;
  /** Also one that was put back (without its payload then), as long as that is remembered. */
  get(id: string): Promise<QuarantineEntry | undefined>;
  /** Newest first; 100 unless told otherwise. */
  list(filter?: QuarantineFilter & { readonly limit?: number }): Promise<QuarantineEntry[]>;
  /** All that match at the time of the call, newest first, a few at a time. */
  scan(filter?: QuarantineFilter): AsyncIterable<QuarantineEntry>;
  /** Notes that the job is about to be put back. The entry stays: if the caller dies now, nothing is lost. */
  beginRetry(id: string, at: string): Promise<QuarantineEntry | undefined>;
  /** The job is back on its queue: takes the entry out, unless the job has come back to quarantine since. */
  endRetry(id: string, at: string): Promise<boolean>;
  drop(id: string): Promise<boolean>;
  /** Of all entries. */
  ids(): Promise<readonly string[]>;
  count(): Promise<number>;
  figures(): Promise<QuarantineFigures>;
}

export interface QuarantineLimits {
  /** Default 10,000. */
  readonly entriesMax?: number;
  /** Default 100 MB: a seventh of the Redis that docker-compose.yml starts. */
  readonly bytesMax?: number;
  /** Jobs that were put back, of which the history is remembered. Default 5,000. */
  readonly retriedMax?: number;
}

export const quarantineLimits: Required<QuarantineLimits> = {
  entriesMax: 10_000,
  bytesMax: 100_000_000,
  retriedMax: 5_000,
};

const messageLengthMax = 2_000;
/** Ours are far smaller (an article travels inside of its job up to 32 KB); what is larger was not made by us. */
const payloadLengthMax = 262_144;
const retriesMax = 20;

/** The entry that a job makes, given the one it had before. */
export function newEntry(job: QuarantinedJob, before: QuarantineEntry | undefined): QuarantineEntry {
  const { payload, ...rest } = job;
  const kept = (JSON.stringify(payload) ?? '').length <= payloadLengthMax;
  return {
    ...rest,
    ...(kept && payload !== undefined ? { payload } : {}),
    message: job.message.slice(0, messageLengthMax),
    retries: before?.retries ?? [],
  };
}

/** The entry of a job that is about to be put back. */
export function retriedEntry(entry: QuarantineEntry, at: string): QuarantineEntry {
  const { quarantinedAt, reason, message } = entry;
  // The same retry, begun twice, is one.
  const earlier = entry.retries.filter((retry) => retry.quarantinedAt !== quarantinedAt);
  return {
    ...entry,
    retriedAt: at,
    retries: [...earlier, { at, quarantinedAt, reason, message }].slice(-retriesMax),
  };
}

/** What is remembered of a job that was put back. */
export function withoutPayload({ payload: _payload, ...entry }: QuarantineEntry): QuarantineEntry {
  return entry;
}

export function matchesFilter(entry: QuarantineEntry, filter: QuarantineFilter): boolean {
  if (filter.stage !== undefined && entry.stage !== filter.stage) return false;
  if (filter.reason !== undefined && entry.reason !== filter.reason) return false;
  if (filter.before !== undefined && !(Date.parse(entry.quarantinedAt) < filter.before)) return false;
  if (filter.host === undefined && filter.hostId === undefined) return true;
  const { host, hostId } = quarantineSubject(entry.payload);
  return (host !== undefined && host === filter.host) || (hostId !== undefined && hostId === filter.hostId);
}

/** What a job is about, as far as its payload tells, whatever stage it is for and whether or not it fits the schema. */
export interface QuarantineSubject {
  readonly url?: string;
  readonly host?: string;
  readonly hostId?: string;
  /** Where the raw page lies in the archive. */
  readonly captureRef?: string;
  /** Where the article lies in the archive that was too large for its job. */
  readonly articleRef?: string;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
const words = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export function quarantineSubject(payload: unknown): QuarantineSubject {
  const carried = member(payload, 'payload');
  const article = member(carried, 'article');
  const url = words(member(payload, 'url')) ?? words(member(article, 'url'));
  const named =
    words(member(payload, 'host')) ?? (url !== undefined && URL.canParse(url) ? new URL(url).host : undefined);
  const hostId = words(member(payload, 'hostId'));
  const captureRef = words(member(payload, 'captureRef')) ?? words(member(article, 'captureRef'));
  const articleRef = words(member(carried, 'ref'));
  return {
    ...(url === undefined ? {} : { url }),
    ...(named === undefined ? {} : { host: named }),
    ...(hostId === undefined ? {} : { hostId }),
    ...(captureRef === undefined ? {} : { captureRef }),
    ...(articleRef === undefined ? {} : { articleRef }),
  };
}
