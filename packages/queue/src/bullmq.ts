import { DelayedError, type Job, type JobJson, Queue, WaitingError, Worker } from 'bullmq';
import { createBreaker } from './breaker.ts';
import { connectRedis, queuePrefix } from './connect-redis.ts';
import type {
  ConsumeOptions,
  Consumer,
  Delivery,
  DeliveryHandler,
  Depth,
  JobQueue,
  NewJob,
  Settlement,
} from './port.ts';

export interface BullJobQueueOptions {
  readonly redisUrl: string;
  /** First part of every key. */
  readonly prefix: string;
  /** Hears connection and worker errors; called at most once a second per queue, since Redis faults come by thousands. */
  readonly onError?: (error: Error, queue: string) => void;
  /** How soon a dead worker's jobs are given to another: `lockMs` after its last renewal, looked for every `stalledMs`. */
  readonly lockMs?: number;
  readonly stalledMs?: number;
  /** Epoch milliseconds, for delays. A worker promotes delayed jobs by its own clock, though; with several, the first does. */
  readonly clock?: () => number;
}

/** BullMQ would count these; ours are decided by the stage, so its own limit is only a backstop. */
const attemptsBackstop = 10_000;
/** With the default of 1, a second worker crash fails a good job for ever; the stage quarantines repeated crashes itself. */
const stalledCountMax = 20;

class RetryError extends Error {
  readonly delayMs: number;
  constructor(message: string, delayMs: number) {
    super(message.slice(0, 300));
    this.name = 'RetryError';
    this.delayMs = delayMs;
    // BullMQ stores the stack of every failure in Redis; the wide log line has it already.
    this.stack = '';
  }
}

/**
 * A job whose data somebody damaged is delivered like any other, with its text for a payload: it fits no schema and is taken out.
 * BullMQ itself would fail before it knows of the job, again each time when its lock ends.
 */
class PatientWorker extends Worker {
  protected override createJob(data: JobJson, jobId: string): Job {
    try {
      return super.createJob(data, jobId);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return super.createJob({ ...data, data: JSON.stringify(data.data) }, jobId);
    }
  }
}

const delivery = (job: Job, signal: AbortSignal): Delivery => ({
  id: job.id ?? '',
  payload: job.data,
  attempt: job.attemptsMade + 1,
  crashes: job.stalledCounter ?? 0,
  signal,
});

/** Tells BullMQ what the handler decided; by its convention a moved job ends with a special error. */
async function settle(job: Job, token: string | undefined, settlement: Settlement, clock: () => number): Promise<void> {
  switch (settlement.type) {
    case 'complete':
      return;
    case 'postpone':
      await job.moveToDelayed(clock() + settlement.delayMs, token);
      throw new DelayedError();
    case 'handback':
      await job.moveToWait(token);
      throw new WaitingError();
    case 'retry':
      throw new RetryError(settlement.message, settlement.delayMs);
  }
}

/** At most one call a second for each key; the rest is dropped, because an error storm must not become a log storm. */
function limitErrors(onError: BullJobQueueOptions['onError']): (error: Error, queue: string) => void {
  const last = new Map<string, number>();
  return (error, queue) => {
    const now = performance.now();
    if (now - (last.get(queue) ?? Number.NEGATIVE_INFINITY) < 1_000) return;
    last.set(queue, now);
    onError?.(error, queue);
  };
}

export function createBullJobQueue(options: BullJobQueueOptions): JobQueue {
  const report = limitErrors(options.onError);
  const clock = options.clock ?? Date.now;
  const producer = connectRedis(options.redisUrl, {
    // A producer that waits for ever on a dead Redis would hold its job's lock for ever too.
    maxRetriesPerRequest: 2,
    commandTimeout: 10_000,
    retryStrategy: (times) => Math.min(2_000, times * 100),
  });
  producer.on('error', (error) => report(error, 'producer'));
  const queues = new Map<string, Queue>();
  const consumers = new Set<Consumer>();

  const queueOf = (name: string): Queue => {
    const known = queues.get(name);
    if (known) return known;
    const queue = new Queue(name, {
      connection: producer,
      prefix: queuePrefix(producer, options.prefix, name),
      skipWaitingForReady: true,
      defaultJobOptions: {
        attempts: attemptsBackstop,
        backoff: { type: 'custom' },
        removeOnComplete: true,
        removeOnFail: { count: 1_000 },
        stackTraceLimit: 1,
      },
    });
    queue.on('error', (error) => report(error, name));
    queues.set(name, queue);
    return queue;
  };

  return {
    async add(name, jobs: readonly NewJob[]) {
      const bulk = jobs.map(({ id, payload, delayMs = 0 }) => ({
        name,
        data: payload,
        opts: { jobId: id, ...(delayMs > 0 ? { delay: Math.ceil(delayMs), timestamp: clock() } : {}) },
      }));
      const [one] = bulk;
      // Most come alone, and a bulk of one costs as much again.
      if (one !== undefined && bulk.length === 1) await queueOf(name).add(one.name, one.data, one.opts);
      else if (one !== undefined) await queueOf(name).addBulk(bulk);
    },

    consume(name, consumeOptions: ConsumeOptions, handler: DeliveryHandler): Consumer {
      const stopping = new AbortController();
      const running = new Set<Promise<unknown>>();
      // BullMQ leaves a connection that it was given to whoever made it.
      const connection = connectRedis(options.redisUrl, {
        maxRetriesPerRequest: null,
        retryStrategy: (times) => Math.min(2_000, times * 100),
      });
      const worker = new PatientWorker(
        name,
        // BullMQ hands its own abort signal only to processors of three parameters; ours comes from `stop`.
        async (job, token) => {
          const run = handler(delivery(job, stopping.signal));
          running.add(run);
          try {
            await settle(job, token, await run, clock);
          } finally {
            running.delete(run);
          }
        },
        {
          connection,
          prefix: queuePrefix(producer, options.prefix, name),
          concurrency: consumeOptions.concurrency,
          lockDuration: options.lockMs ?? 30_000,
          stalledInterval: options.stalledMs ?? 10_000,
          maxStalledCount: stalledCountMax,
          settings: {
            backoffStrategy: (_attempts, _type, error) => (error instanceof RetryError ? error.delayMs : 1_000),
          },
        },
      );
      let paused = false;
      // A worker with both reasons to rest goes on when neither holds any more.
      const breaker = createBreaker({
        open: () => void worker.pause(true),
        close: () => {
          if (!paused && !stopping.signal.aborted) void worker.resume();
        },
      });
      worker.on('error', (error) => {
        breaker.failed(error);
        report(error, name);
      });
      worker.on('active', () => breaker.worked());
      const consumer: Consumer = {
        get active() {
          return running.size;
        },
        get trouble() {
          return breaker.trouble;
        },
        pause() {
          paused = true;
          void worker.pause(true);
        },
        resume() {
          paused = false;
          if (!breaker.isOpen && !stopping.signal.aborted) void worker.resume();
        },
        async stop(deadlineMs) {
          breaker[Symbol.dispose]();
          const deadline = AbortSignal.timeout(Math.max(1, deadlineMs));
          const expired = new Promise<void>((resolve) => {
            deadline.addEventListener('abort', () => resolve(), { once: true });
          });
          await Promise.race([worker.pause(true), expired]);
          stopping.abort(new Error('the worker is stopping'));
          await Promise.race([Promise.allSettled([...running]), expired]);
          // `close` has no deadline of its own and never returns with a hung job or without Redis.
          await Promise.race([worker.close(running.size > 0 || deadline.aborted), expired]);
          connection.disconnect();
          consumers.delete(consumer);
        },
      };
      consumers.add(consumer);
      return consumer;
    },

    async depth(name): Promise<Depth> {
      const { wait, prioritized, delayed, active } = await queueOf(name).getJobCounts(
        'wait',
        'prioritized',
        'delayed',
        'active',
      );
      return { waiting: (wait ?? 0) + (prioritized ?? 0), delayed: delayed ?? 0, active: active ?? 0 };
    },

    async oldest(name) {
      const [job] = await queueOf(name).getJobs(['wait'], 0, 0, true);
      return job?.timestamp;
    },

    async [Symbol.asyncDispose]() {
      await Promise.all([...consumers].map((consumer) => consumer.stop(1_000)));
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      producer.disconnect();
    },
  };
}
