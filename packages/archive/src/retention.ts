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

export interface RetentionPlan {
  readonly remove: readonly { readonly segment: SegmentInfo; readonly because: 'age' | 'bytes' }[];
  /** Due to go, and still needed. */
  readonly held: readonly SegmentInfo[];
  readonly segments: number;
  readonly bytes: number;
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

/**
 * Which segments may go now. Pure. Segments come in the order in which they were begun, and go in that order.
 */
export function planRetention(
  segments: readonly SegmentInfo[],
  { policy, inUse, now }: { readonly policy: RetentionPolicy; readonly inUse: InUse; readonly now: number },
): RetentionPlan {
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const remove: RetentionPlan['remove'][number][] = [];
  const held: SegmentInfo[] = [];
  let left = bytes;
  for (const segment of segments) {
    const age = now - segment.endedAt;
    const isOld = policy.ageMaxMs !== undefined && age > policy.ageMaxMs + REFERS_BACK_MS;
    const isTooMuch = policy.bytesMax !== undefined && left > policy.bytesMax;
    if (age <= WRITTEN_MS || !(isOld || isTooMuch)) continue;
    if (inUse.segments.has(segment.name) || segment.endedAt >= inUse.since - BEFORE_LEDGER_MS) {
      held.push(segment);
      continue;
    }
    remove.push({ segment, because: isOld ? 'age' : 'bytes' });
    left -= segment.bytes;
  }
  return { remove, held, segments: segments.length, bytes };
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
  /** All that still needs the archive; asked before anything is removed, and again before each lot. */
  readonly inUse: () => AsyncIterable<RefInUse>;
  readonly now: () => number;
  /** Only says what would go. */
  readonly dryRun?: boolean;
  readonly onRemoved?: (segment: SegmentInfo, because: 'age' | 'bytes') => void;
  readonly signal?: AbortSignal;
}

const nothing: InUse = { segments: new Set(), since: Number.POSITIVE_INFINITY };
/** Segments removed between two looks at what is in use. */
const LOT = 50;

/**
 * Removes what the policy lets go. What is written, what waits in the pipeline or in quarantine, and what was written since
 * the oldest of that began, stays. Stopping in the middle leaves whole segments.
 */
export async function pruneArchive(
  archive: Pick<Archive, 'segments' | 'removeSegment'>,
  options: PruneOptions,
): Promise<RetentionPlan> {
  const { policy, now } = options;
  const segments = await Array.fromAsync(archive.segments());
  const isEndless = policy.ageMaxMs === undefined && policy.bytesMax === undefined;
  const look = async () => {
    const inUse = isEndless ? nothing : await collectInUse(options.inUse());
    return planRetention(segments, { policy, inUse, now: now() });
  };
  const plan = await look();
  if (options.dryRun) return plan;
  const removed: RetentionPlan['remove'][number][] = [];
  for (let at = 0; at < plan.remove.length && !options.signal?.aborted; at += LOT) {
    const still = at === 0 ? plan : await look();
    const mayGo = new Set(still.remove.map(({ segment }) => segment.name));
    for (const { segment, because } of plan.remove.slice(at, at + LOT)) {
      if (!mayGo.has(segment.name)) continue;
      await archive.removeSegment(segment.name);
      removed.push({ segment, because });
      options.onRemoved?.(segment, because);
    }
  }
  return { ...plan, remove: removed };
}
