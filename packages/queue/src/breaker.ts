/** Errors in a row that are taken for trouble; fewer may be a hiccup of one connection. */
const errorsMax = 3;
const restFirstMs = 500;
const restMaxMs = 5_000;

export interface Breaker extends Disposable {
  readonly isOpen: boolean;
  /** What it meets again and again; undefined when something went right, or nothing went wrong any more. */
  readonly trouble: string | undefined;
  /** Something went wrong. */
  failed(error: Error): void;
  /** Something went right. */
  worked(): void;
}

/**
 * Gives a worker that meets nothing but errors a rest. BullMQ asks for the next job at once when Redis refused to give one
 * (out of memory, read-only, no permission): measured, 136,000 errors in 30 s. Rests double from half a second to five.
 */
export function createBreaker(worker: { readonly open: () => void; readonly close: () => void }): Breaker {
  let errors = 0;
  let restMs = restFirstMs;
  let resting: NodeJS.Timeout | undefined;
  let last: { readonly message: string; readonly at: number } | undefined;
  return {
    get isOpen() {
      return resting !== undefined;
    },
    get trouble() {
      // In trouble it tries again after a rest at the latest, and would have failed again by then.
      const isRecent = last !== undefined && performance.now() - last.at < restMaxMs + 1_000;
      return errors >= errorsMax - 1 && isRecent ? last?.message : undefined;
    },
    failed(error) {
      errors += 1;
      last = { message: error.message, at: performance.now() };
      if (errors < errorsMax || resting !== undefined) return;
      worker.open();
      resting = setTimeout(() => {
        resting = undefined;
        // One more error sends it back to rest.
        errors = errorsMax - 1;
        worker.close();
      }, restMs);
      resting.unref();
      restMs = Math.min(restMaxMs, restMs * 2);
    },
    worked() {
      errors = 0;
      restMs = restFirstMs;
    },
    [Symbol.dispose]() {
      clearTimeout(resting);
      resting = undefined;
    },
  };
}
