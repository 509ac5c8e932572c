/** A crawl-delay above this is not obeyed to the letter: at 30 s a host still gets 2,880 fetches a day. */
export const crawlDelayMaxMs = 30_000;
/** A host that keeps failing is asked at most every 5 minutes. */
const delayMaxMs = 300_000;

/**
 * The pause between two requests to a host, after one was answered. Doubles while the host is in trouble,
 * and comes back by halves; never under the floor that the operator, robots.txt and the server's own slowness set.
 * @returns milliseconds
 */
export function nextDelayMs(input: {
  /** The operator's setting. */
  readonly floorMs: number;
  /** From robots.txt. */
  readonly crawlDelayMs?: number | undefined;
  readonly previousMs: number;
  /** From sending the request to the end of its answer. */
  readonly latencyMs: number;
  /** 429, 5xx, or no answer. */
  readonly troubled: boolean;
}): number {
  const crawlDelayMs = Math.min(crawlDelayMaxMs, input.crawlDelayMs ?? 0);
  const floorMs = Math.max(input.floorMs, crawlDelayMs);
  if (input.troubled) return Math.min(delayMaxMs, Math.max(1_000, floorMs, input.previousMs * 2));
  // As long a pause as the answer took: a server that is slow is a server that is busy.
  return Math.round(
    Math.max(floorMs, Math.min(input.latencyMs, 5_000), input.previousMs / 2 > floorMs ? input.previousMs / 2 : 0),
  );
}

/** So many times its usual pause is what a host has after three or four failures in a row. */
const awayFactor = 8;

/**
 * Whether a host that has just failed again is away, rather than the page broken that was asked for: it has failed three or
 * four times in a row, as its pause tells, and in a way that is the host's (no answer, 502, 503), or for other pages too.
 */
export function isAway(input: {
  readonly delayMs: number;
  readonly floorMs: number;
  /** Of this very page, in a row, this one included. */
  readonly pageFailures: number;
  /** Whether the failure was more than a page that did not work (500). */
  readonly isHosts: boolean;
}): boolean {
  const usualMs = Math.max(1_000, input.floorMs);
  if (input.delayMs < Math.min(delayMaxMs, usualMs * awayFactor)) return false;
  // From a floor below a second, the first failure leads to one second; from one above, it doubles.
  const hostFailures = Math.round(Math.log2(input.delayMs / usualMs)) + (input.floorMs < usualMs ? 1 : 0);
  return input.isHosts || input.pageFailures < hostFailures;
}
