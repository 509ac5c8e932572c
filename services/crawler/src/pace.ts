/** A crawl-delay above this is not obeyed to the letter: at 30 s a host still gets 2,880 fetches a day. */
export const crawlDelayMaxMs = 30_000;
/** A host that keeps answering 429 or 503 is asked at most every 5 minutes. */
const delayMaxMs = 300_000;

/**
 * The pause between two requests to a host, after one was answered. Doubles while the host says that it is overloaded,
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
  /** 429 or 503, or no answer in time. */
  readonly overloaded: boolean;
}): number {
  const crawlDelayMs = Math.min(crawlDelayMaxMs, input.crawlDelayMs ?? 0);
  const floorMs = Math.max(input.floorMs, crawlDelayMs);
  if (input.overloaded) return Math.min(delayMaxMs, Math.max(1_000, floorMs, input.previousMs * 2));
  // As long a pause as the answer took: a server that is slow is a server that is busy.
  return Math.round(
    Math.max(floorMs, Math.min(input.latencyMs, 5_000), input.previousMs / 2 > floorMs ? input.previousMs / 2 : 0),
  );
}
