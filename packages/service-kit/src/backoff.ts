/**
 * Pause before the next attempt: exponential, capped, with jitter over its upper half, so that jobs which failed
 * together do not come back together.
 * @param attempt the attempt that just failed, 1 for the first
 * @param random a number in [0, 1)
 * @returns milliseconds
 */
export function backoffMs(backoff: { baseMs: number; maxMs: number }, attempt: number, random: number): number {
  const full = Math.min(backoff.maxMs, backoff.baseMs * 2 ** (attempt - 1));
  return Math.round(full / 2 + (full / 2) * random);
}
