import type { JobOf, QuarantineReason, StageName } from '@newsmill/contracts';
import {
  type Consumer,
  createBullJobQueue,
  createRedisQuarantine,
  type JobQueue,
  type Quarantine,
} from '@newsmill/queue';
import type { Redis } from 'ioredis';
import type { Intake } from './intake-gate.ts';
import { addQuarantineMetrics, addQueueMetrics, addRedisMetrics, createStageMetrics } from './metrics.ts';
import { explain, openRedis, redisProblem, requireDurableRedis } from './open-redis.ts';
import { decorated, type RunningService, type ServiceKit } from './run-service.ts';
import { runStage } from './run-stage.ts';
import { startSharedClock } from './shared-clock.ts';
import type { StageHandler } from './stage.ts';

/** The Redis side of a worker service: one connection for commands, the queues, the quarantine. */
export interface Worker {
  readonly redis: Redis;
  readonly queue: JobQueue;
  readonly quarantine: Quarantine;
  /** Epoch milliseconds, the same for all workers. */
  readonly clock: () => number;
  /** Jobs that this process holds now. */
  readonly active: number;
  /** Starts consuming a stage beside the service's own; it stops with the service. */
  also<Name extends StageName>(stage: Omit<WorkerStage<Name>, 'problems' | 'owned'>): void;
  /** Starts consuming `stage`; the result is the running service, which owns everything given to it. */
  run<Name extends StageName>(stage: WorkerStage<Name>): RunningService;
}

export interface WorkerStage<Name extends StageName> {
  readonly stage: Name;
  readonly handler: StageHandler<Name>;
  readonly concurrency: number;
  /** Tells the ledger that a job was taken out of the flow. */
  readonly onQuarantined: (reason: QuarantineReason, job: JobOf<Name>) => Promise<void>;
  /** While it is paused, no job is taken. */
  readonly intake?: Intake;
  /** Other parts that may be unable to work, beside Redis. */
  readonly problems?: () => Promise<Record<string, string>>;
  /** Closed in this order after the stage has stopped. */
  readonly owned: readonly AsyncDisposable[];
}

/**
 * Connects a worker.
 * @throws Error when Redis does not answer or could lose jobs, saying what to do
 */
export async function openWorker(
  config: { readonly REDIS_URL: string; readonly REDIS_PREFIX: string; readonly QUEUE_LOCK_MS: number },
  kit: ServiceKit,
): Promise<Worker> {
  const { logger, registry } = kit;
  const redis = openRedis(config.REDIS_URL, logger);
  await requireDurableRedis(redis);
  const clock = await startSharedClock(redis);
  const bull = createBullJobQueue({
    redisUrl: config.REDIS_URL,
    prefix: config.REDIS_PREFIX,
    lockMs: config.QUEUE_LOCK_MS,
    clock: clock.now,
    // BullMQ renews at half of the lock and looks for dead workers on its own clock: three looks to a lock.
    stalledMs: Math.ceil(config.QUEUE_LOCK_MS / 3),
    onError: (error, name) => logger.error({ err: error, queue: name }, 'queue'),
  });
  const queue = decorated(kit, 'queue', bull);
  addQueueMetrics(registry, queue);
  addRedisMetrics(registry, redis);
  const quarantine = createRedisQuarantine(redis, config.REDIS_PREFIX);
  addQuarantineMetrics(registry, quarantine);
  const metrics = createStageMetrics(registry);
  const consumers: Consumer[] = [];
  function consume<Name extends StageName>(of: Omit<WorkerStage<Name>, 'problems' | 'owned'>): void {
    const consumer = runStage({
      stage: of.stage,
      handler: of.handler,
      queue,
      quarantine,
      logger,
      metrics,
      tracing: kit.tracing,
      concurrency: of.concurrency,
      clock: clock.now,
      // A payload that fits no schema names no URL that could be told.
      onQuarantined: async (reason, job) => (job === undefined ? undefined : of.onQuarantined(reason, job)),
    });
    consumers.push(consumer);
    of.intake?.onChange((paused) => (paused ? consumer.pause() : consumer.resume()));
  }
  return {
    redis,
    queue,
    quarantine,
    clock: clock.now,
    get active() {
      return consumers.reduce((sum, consumer) => sum + consumer.active, 0);
    },
    also: consume,
    run({ problems, owned, ...stage }) {
      consume(stage);
      return {
        problems: async () => ({ ...queueProblem(consumers), ...(await redisProblem(redis)), ...(await problems?.()) }),
        async stop(deadlineMs) {
          await Promise.all(consumers.map((consumer) => consumer.stop(deadlineMs)));
          for (const part of owned) await part[Symbol.asyncDispose]();
          clock[Symbol.dispose]();
          await queue[Symbol.asyncDispose]();
          redis.disconnect();
        },
      };
    },
  };
}

/** Redis may answer and yet give no job: it is read-only, full, or this user may not. */
function queueProblem(consumers: readonly Consumer[]): Record<string, string> {
  const trouble = consumers.find((consumer) => consumer.trouble !== undefined)?.trouble;
  return trouble === undefined ? {} : { queue: explain(trouble) };
}
