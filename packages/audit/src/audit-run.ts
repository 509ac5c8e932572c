import type { Archive } from '@newsmill/archive';
import type { Emission } from '@newsmill/contracts';
import type { Frontier } from '@newsmill/frontier';
import type { JobQueue, Quarantine, QueueInventory } from '@newsmill/queue';
import type { IndexInventory } from '@newsmill/search-index';
import type { Finding, FindingCode } from './findings.ts';
import type { AuditProgress, Wanted } from './progress.ts';

/** All that an audit looks at. */
export interface AuditParts {
  readonly frontier: Pick<Frontier, 'ledger' | 'record' | 'listSources'>;
  readonly archive: Pick<Archive, 'scan'>;
  readonly index: IndexInventory;
  readonly queue: Pick<JobQueue, 'add' | 'depth'>;
  readonly jobs: QueueInventory;
  readonly quarantine: Quarantine;
}

export interface AuditOptions {
  /** Put back what is missing. */
  readonly repair?: boolean;
  /** What looks wrong is looked at again after this long, until it has stayed the same for so long. Default 3 s. */
  readonly settleMs?: number;
  /** Goes on with an audit that was interrupted. */
  readonly resume?: AuditProgress | undefined;
  /** Hears each contradiction once. */
  readonly onFinding?: (finding: Finding) => void;
  /** Hears now and then how far it is. */
  readonly onProgress?: (progress: AuditProgress) => void;
  /** Keeps where it is, so that it can be resumed; called every few seconds. */
  readonly save?: (progress: AuditProgress) => Promise<void>;
  readonly saveEveryMs?: number;
  readonly signal?: AbortSignal;
  readonly clock?: () => number;
}

/** What the single walks share: the parts, what was found, and a way to wait. */
export interface AuditRun extends AuditParts {
  readonly progress: AuditProgress;
  readonly repair: boolean;
  readonly settleMs: number;
  readonly signal: AbortSignal | undefined;
  readonly clock: () => number;
  /** Puts a contradiction on record. */
  found(finding: Omit<Finding, 'repair' | 'why'>, repaired?: Repair): void;
  /** Asks the walk over the archive for the last capture of a URL, to work it through again. */
  want(wanted: Wanted): boolean;
  readonly wanted: ReadonlyMap<string, Wanted>;
  /** Hosts of which it is known whether they are in the list of hosts. */
  readonly listed: Set<string>;
  /** Puts jobs on their queues, also where the rest of an earlier job of that id is in the way. */
  emit(emissions: readonly Emission[]): Promise<void>;
  /** To be called after every step, with where to go on; `settle` is awaited before that is kept. Rejects when interrupted. */
  step(position: string, settle: () => Promise<void>): Promise<void>;
}

/** How it went: put back, or why not. */
export type Repair = 'done' | { readonly failed: string };

/** Something that looks wrong. Two looks at the same thing have the same `state`. */
export interface Suspicion<Subject> {
  readonly subject: Subject;
  readonly code: FindingCode;
  readonly state: string;
}
