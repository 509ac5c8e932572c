import { setTimeout as sleep } from 'node:timers/promises';
import { pipeline, type StageName } from '@newsmill/contracts';
import type { JobQueue } from '@newsmill/queue';

/** So many jobs of a command may wait for a worker: news of today must not stand in a long line behind old pages. */
export const waitingMax = 500;
const waitMs = 200;

/** Keeps `report.waiting` true while the queue of a stage is long, until there is room or the command is to stop. */
export async function waitForRoom<Report extends { waiting: number }>(
  stage: StageName,
  run: {
    readonly queue: Pick<JobQueue, 'depth'>;
    readonly signal?: AbortSignal | undefined;
    readonly onProgress: (report: Report) => void;
  },
  report: Report,
): Promise<void> {
  for (;;) {
    report.waiting = (await run.queue.depth(pipeline[stage].queue)).waiting;
    if (report.waiting < waitingMax || run.signal?.aborted) return;
    run.onProgress(report);
    await sleep(waitMs, undefined, run.signal === undefined ? {} : { signal: run.signal }).catch(() => undefined);
  }
}
