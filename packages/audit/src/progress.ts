import type { FindingCode } from './findings.ts';

/** What is walked over, in this order: what restores rows of the ledger comes before the ledger itself. */
export const auditPhases = ['index', 'quarantine', 'queues', 'ledger', 'archive', 'done'] as const;
export type AuditPhase = (typeof auditPhases)[number];

/** A URL whose last capture is looked for, to be worked through again. */
export interface Wanted {
  readonly code: FindingCode;
  readonly hostId: string;
  readonly host: string;
  readonly shortId: string;
  readonly generation: number;
  readonly subject?: string;
  /** Found in the archive by now. */
  readonly capture?: { readonly ref: string; readonly url: string; readonly sentAt: number };
}

/** How far an audit is, and what it has found: all that is needed to go on with it. Plain data. */
export interface AuditProgress {
  phase: AuditPhase;
  /** Inside the phase; absent at its beginning. */
  position?: string | undefined;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** URLs that the ledger knows, by what became of them: the balance. */
  readonly urls: {
    indexed: number;
    skipped: Record<string, number>;
    quarantined: Record<string, number>;
    /** Waiting for a fetch, for the parser, for Elasticsearch. */
    accepted: number;
    captured: number;
    parsed: number;
  };
  hosts: number;
  documents: number;
  captures: number;
  quarantined: number;
  jobs: number;
  readonly found: Partial<Record<FindingCode, number>>;
  /** Of those, what was put back. */
  readonly repaired: Partial<Record<FindingCode, number>>;
  wanted: Wanted[];
}

export const newProgress = (now: number): AuditProgress => ({
  phase: 'index',
  startedAt: now,
  urls: { indexed: 0, skipped: {}, quarantined: {}, accepted: 0, captured: 0, parsed: 0 },
  ...{ hosts: 0, documents: 0, captures: 0, quarantined: 0, jobs: 0 },
  found: {},
  repaired: {},
  wanted: [],
});

const sum = (counts: Readonly<Partial<Record<string, number>>>): number =>
  Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0);

/** The sums of a balance: `accepted` is all that the ledger knows. */
export function balanceOf({ urls }: AuditProgress) {
  const skipped = sum(urls.skipped);
  const quarantined = sum(urls.quarantined);
  const inFlight = urls.accepted + urls.captured + urls.parsed;
  return {
    accepted: urls.indexed + skipped + quarantined + inFlight,
    indexed: urls.indexed,
    skipped,
    quarantined,
    inFlight,
  };
}

/** Whether nothing was found, or all that was found was put back. */
export function isBalanced({ found, repaired }: Pick<AuditProgress, 'found' | 'repaired'>): boolean {
  return sum(found) === sum(repaired);
}
