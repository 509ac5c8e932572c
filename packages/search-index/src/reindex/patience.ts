import { setTimeout as delay } from 'node:timers/promises';
import { errors } from '@elastic/elasticsearch';

const passing = new Set([408, 429, 502, 503, 504]);

/** Whether the same request may be answered a little later: busy, restarting, not reachable. */
export function willPass(error: unknown): boolean {
  if (error instanceof errors.ResponseError) return passing.has(error.statusCode ?? 0);
  return error instanceof errors.ConnectionError || error instanceof errors.TimeoutError;
}

/** Milliseconds before the next try: 200, 400, … up to 10 s. */
export const pauseMs = (failures: number): number => Math.min(10_000, 100 * 2 ** failures);

/** After so long without an answer somebody has to look, and `--resume` goes on where it stopped. */
export const patienceMs = 10 * 60_000;

/** Asks again while Elasticsearch is busy or away. Only for requests that may be made twice. */
export async function patiently<T>(request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const began = performance.now();
  for (let failures = 1; ; failures++) {
    signal?.throwIfAborted();
    try {
      return await request();
    } catch (error) {
      signal?.throwIfAborted();
      if (!willPass(error) || performance.now() - began > patienceMs) throw error;
      await delay(pauseMs(failures), undefined, { ...(signal && { signal }) });
    }
  }
}
