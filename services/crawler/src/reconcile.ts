import { pipeline } from '@newsmill/contracts';
import { type Frontier, visitsOf } from '@newsmill/frontier';
import type { JobQueue, QueueInventory } from '@newsmill/queue';
import { emit, type Logger } from '@newsmill/service-kit';
import type { Redis } from 'ioredis';

/** What has not moved for so many lock times is looked at: by default longer than any turn, parse or bulk request takes. */
const olderThanLocks = 6;

export interface ReconcilerDeps {
  readonly frontier: Frontier;
  readonly redis: Redis;
  readonly queue: JobQueue;
  readonly inventory: Pick<QueueInventory, 'ids'>;
  /** One crawler at a time does this, the one that holds this key. */
  readonly lockKey: string;
  /** A worker that was not heard of for so long is taken for dead; so often the ledger is looked through. */
  readonly workerLockMs: number;
  readonly logger: Logger;
  readonly clock: () => number;
}

/**
 * Queue jobs are only hints to work: now and then this compares them with the ledger and puts back what a crash or a
 * Redis that forgot took away. Putting back a job that is there already changes nothing.
 */
export function startReconciler(deps: ReconcilerDeps): AsyncDisposable {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = reconcile(deps).catch((error: unknown) => deps.logger.warn({ err: error }, 'reconciler'));
  }, deps.workerLockMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}

async function reconcile(deps: ReconcilerDeps): Promise<void> {
  const { frontier, redis, queue, inventory, lockKey, workerLockMs, logger, clock } = deps;
  // The lock ends a little before the next round, so that each round has one holder, whoever that is.
  const won = await redis.set(lockKey, '1', 'PX', Math.ceil(workerLockMs * 0.9), 'NX');
  if (won === null) return;
  const now = clock();
  const { turns, parses: open } = await frontier.reconcile(now, olderThanLocks * workerLockMs);
  // What waits for the parser or, being parsed, for an Elasticsearch that is away, is not lost: to parse it again would
  // bring nothing and fill the queue beyond its mark.
  const queues = open.length === 0 ? [] : [pipeline.parse, pipeline.index];
  const waiting = await Promise.all(queues.map((stage) => inventory.ids(stage.queue)));
  const parses = open.filter((job) => !waiting.some((ids) => ids.has(pipeline.parse.jobId(job))));
  await emit(queue, [...visitsOf(turns, now), ...parses.map((job) => ({ to: 'parse' as const, job }))]);
  if (turns.length + parses.length > 0) logger.info({ turns: turns.length, parses: parses.length }, 'put back');
}
