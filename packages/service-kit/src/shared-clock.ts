import type { Redis } from 'ioredis';

/** So often is compared; between two comparisons the processor's own counter tells the time. */
const everyMs = 10_000;
/** An answer that took longer says too little about the time at which it was given. */
const roundTripMaxMs = 1_000;

/** One time for all workers: Redis'. */
export interface SharedClock extends Disposable {
  /** Epoch milliseconds. Needs no `this`. */
  readonly now: () => number;
}

/**
 * Leases, due times and the versions of articles are times that one worker writes and another compares. A worker whose own
 * clock is wrong or jumps (+1 day would freeze its hosts for a day, and make its articles newer than all that come) must not
 * count: what it asks is Redis' clock, carried on by a counter that cannot be set.
 */
export async function startSharedClock(
  redis: Pick<Redis, 'time'>,
  monotonic: () => number = () => performance.now(),
): Promise<SharedClock> {
  let offset: number | undefined;
  async function compare(): Promise<void> {
    const asked = monotonic();
    const [seconds, micros] = await redis.time();
    const answered = monotonic();
    if (offset !== undefined && answered - asked > roundTripMaxMs) return;
    offset = Number(seconds) * 1_000 + Number(micros) / 1_000 - (asked + answered) / 2;
  }
  await compare();
  // While Redis is away the counter goes on by itself.
  const timer = setInterval(() => void compare().catch(() => undefined), everyMs);
  timer.unref();
  return {
    now: () => Math.round((offset ?? 0) + monotonic()),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
