import { type Archive, type CaptureRef, parseRef, type SegmentInfo } from './capture.ts';

export interface RetentionPolicy {
  /** What is older than this goes; absent: nothing goes for its age. */
  readonly ageMaxMs?: number | undefined;
  /** While there is more than this, the oldest goes; absent: nothing goes for its size. */
  readonly bytesMax?: number | undefined;
}

/** Something that still needs the archive. */
export interface RefInUse {
  readonly ref: CaptureRef;
  /** Since when (epoch milliseconds) something may have been written for it. Absent: nothing but the reference counts. */
  readonly since?: number | undefined;
}

export interface InUse {
  readonly segments: ReadonlySet<string>;
  /** Nothing that was written since then may go, epoch milliseconds. */
  readonly since: number;
}

export type RemovalCause = 'age' | 'bytes';

/** What a round of retention found and did; in a dry run, what it would do. */
export interface RetentionReport {
  /** Of the archive before it. */
  segments: number;
  bytes: number;
  removed: { segments: number; bytes: number };
  /** Due to go, and still needed. */
  held: number;
  /** The first 1,000 of those removed and those held. */
  examples: { readonly segment: SegmentInfo; readonly fate: RemovalCause | 'held' }[];
}

const DAY_MS = 86_400_000;
/** A segment is written to for a day at the most; an hour for clocks that differ. */
const WRITTEN_MS = DAY_MS + 3_600_000;
/**
 * An unchanged page is noted as such for eight days (core's isKnownBody), of which the last notes may be "not modified" for a
 * few more: so far a revisit refers back, and for so long what it refers to stays when the rest of its age is gone.
 */
const REFERS_BACK_MS = 14 * DAY_MS;
/** A capture is written a moment before the ledger hears of it. */
const BEFORE_LEDGER_MS = 3_600_000;

export interface Circumstances {
  readonly policy: RetentionPolicy;
  readonly inUse: InUse;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of this segment and all that would stay of the others. */
  readonly bytesLeft: number;
}

/** Whether a segment may go, and what for. Pure. Asked in the order in which segments were begun. */
export function judgeSegment(segment: SegmentInfo, at: Circumstances): RemovalCause | 'held' | 'stays' {
  const { policy, inUse, now, bytesLeft } = at;
  const age = now - segment.endedAt;
  const isOld = policy.ageMaxMs !== undefined && age > policy.ageMaxMs + REFERS_BACK_MS;
  const isTooMuch = policy.bytesMax !== undefined && bytesLeft > policy.bytesMax;
  if (age <= WRITTEN_MS || !(isOld || isTooMuch)) return 'stays';
  if (inUse.segments.has(segment.name) || segment.endedAt >= inUse.since - BEFORE_LEDGER_MS) return 'held';
  return isOld ? 'age' : 'bytes';
}

/** What is referred to, as `planRetention` takes it. A reference that is none does not count. */
export async function collectInUse(refs: AsyncIterable<RefInUse>): Promise<InUse> {
  const segments = new Set<string>();
  let since = Number.POSITIVE_INFINITY;
  for await (const one of refs) {
    try {
      segments.add(parseRef(one.ref).segment);
    } catch {
      continue;
    }
    since = Math.min(since, one.since ?? Number.POSITIVE_INFINITY);
  }
  return { segments, since };
}

export interface PruneOptions {
  readonly policy: RetentionPolicy;
  /** All that still needs the archive; asked before anything is removed, and again for each lot. */
  readonly inUse: () => AsyncIterable<RefInUse>;
  readonly now: () => number;
  /** Only says what would go. */
  readonly dryRun?: boolean;
  readonly onRemoved?: (segment: SegmentInfo, because: RemovalCause) => void;
  readonly signal?: AbortSignal;
}

/** Segments removed between two looks at what is in use. */
const LOT = 200;
/** Removed at once: a bucket takes its time for each. */
const AT_ONCE = 16;
const EXAMPLES_MAX = 1_000;

/**
 * Removes what the policy lets go, oldest first. What is written, what waits in the pipeline or in quarantine, and what was
 * written since the oldest of that began, stays. Stopping in the middle leaves whole segments. Segments are walked twice and
 * never held: a bucket may have millions.
 */
export async function pruneArchive(
  archive: Pick<Archive, 'segments' | 'removeSegment'>,
  options: PruneOptions,
): Promise<RetentionReport> {
  const { policy, now, dryRun = false, signal } = options;
  const report: RetentionReport = {
    ...{ segments: 0, bytes: 0, removed: { segments: 0, bytes: 0 }, held: 0, examples: [] },
  };
  for await (const { bytes } of archive.segments()) {
    report.segments += 1;
    report.bytes += bytes;
  }
  if (policy.ageMaxMs === undefined && policy.bytesMax === undefined) return report;
  const note = (segment: SegmentInfo, fate: RemovalCause | 'held'): void => {
    if (report.examples.length < EXAMPLES_MAX) report.examples.push({ segment, fate });
  };
  let inUse = await collectInUse(options.inUse());
  let lot: { segment: SegmentInfo; because: RemovalCause }[] = [];
  let bytesLeft = report.bytes;
  const removeLot = async (): Promise<void> => {
    if (lot.length === 0) return;
    // Somebody may have put a job back since.
    inUse = await collectInUse(options.inUse());
    const going = lot.filter(({ segment }) => !inUse.segments.has(segment.name));
    lot = [];
    for (let at = 0; at < going.length && !signal?.aborted; at += AT_ONCE) {
      const group = going.slice(at, at + AT_ONCE);
      if (!dryRun) await Promise.all(group.map(({ segment }) => archive.removeSegment(segment.name)));
      for (const { segment, because } of group) {
        report.removed.segments += 1;
        report.removed.bytes += segment.bytes;
        note(segment, because);
        if (!dryRun) options.onRemoved?.(segment, because);
      }
    }
  };
  for await (const segment of archive.segments()) {
    if (signal?.aborted) break;
    const fate = judgeSegment(segment, { policy, inUse, now: now(), bytesLeft });
    if (fate === 'stays') continue;
    if (fate === 'held') {
      report.held += 1;
      note(segment, fate);
      continue;
    }
    bytesLeft -= segment.bytes;
    lot.push({ segment, because: fate });
    if (lot.length >= LOT) await removeLot();
  }
  await removeLot();
  return report;
}
