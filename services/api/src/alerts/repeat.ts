/**
 * Does something again and again, with a pause between the end of one and the beginning of the next; never when the pause is 0.
 * Disposing waits a moment for what is under way: whatever it is must be safe to break off.
 */
export function repeat(
  work: () => Promise<void>,
  pauseMs: number,
  onTrouble: (error: unknown) => void,
): AsyncDisposable {
  let stopped = pauseMs === 0;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = work().catch(onTrouble).then(wait);
    }, pauseMs);
  };
  wait();
  return {
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearTimeout(timer);
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    },
  };
}
