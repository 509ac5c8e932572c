/** Why a worker takes no new work. */
export type PauseReason =
  | 'parse_queue'
  | 'index_queue'
  | 'redis_memory'
  | 'archive_disk'
  | 'archive_away'
  | 'process_memory';

/** How full something is that work fills. */
export interface Reading {
  readonly reason: PauseReason;
  /** Share of the limit; 1 is full. Undefined: it could not be read just now. */
  readonly used: number | undefined;
  /** Work goes on below this share. */
  readonly resumeBelow: number;
}

/**
 * The whole of backpressure: a worker pauses when something that its work fills is full, and goes on when that has drained
 * well below, so that it does not flutter. What cannot be read stays as it was. Pure.
 */
export function pausedBecause(readings: readonly Reading[], before: readonly PauseReason[]): PauseReason[] {
  return readings.flatMap(({ reason, used, resumeBelow }) => {
    const wasFull = before.includes(reason);
    const isFull = used === undefined ? wasFull : used >= (wasFull ? resumeBelow : 1);
    return isFull ? [reason] : [];
  });
}
