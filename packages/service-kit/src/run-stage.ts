import {
  type Emission,
  type JobOf,
  type NextOf,
  PermanentError,
  pipeline,
  type QuarantineReason,
  RetryLaterError,
  type StageName,
} from '@newsmill/contracts';
import type { Consumer, Delivery, JobQueue, Quarantine, Settlement } from '@newsmill/queue';
import type { Logger } from 'pino';
import { backoffMs } from './backoff.ts';
import type { StageMetrics } from './metrics.ts';
import { isOutage } from './outage.ts';
import type { StageContext, StageHandler, StageResult } from './stage.ts';
import type { Tracing } from './tracing.ts';

/** A job that took its worker process down this often is taken out, before it takes down the next. */
const crashesMax = 5;

/** A job that met a server out of order comes back after so long, or half of it. */
const outageDelayMs = 4_000;

/** A job that was held by this many workers when they died is under suspicion. */
const crashesSuspect = 2;
/** Another one under suspicion comes back after so long, or half of it. */
const suspectDelayMs = 2_000;

export interface StageRunOptions<Name extends StageName> {
  readonly stage: Name;
  readonly handler: StageHandler<Name>;
  readonly queue: JobQueue;
  readonly quarantine: Quarantine;
  readonly logger: Logger;
  readonly metrics?: StageMetrics;
  readonly tracing?: Tracing | undefined;
  readonly concurrency: number;
  /** Tells the ledger; runs before the job is completed, and again if that fails. Absent job: it did not fit its schema. */
  readonly onQuarantined?: (reason: QuarantineReason, job: JobOf<Name> | undefined) => Promise<void>;
  /** In place of the stage's own timeout and of `hungAfterMs`, for tests. */
  readonly limits?: { readonly timeoutMs: number; readonly hungAfterMs: number };
  readonly clock?: () => number;
  readonly random?: () => number;
}

/** A handler that does not end so long after its signal fired hangs: its job goes on without it. */
const hungAfterMs = 15_000;

/** The one word that a job's log line and metric carry. */
type Verdict = 'done' | 'skipped' | 'postponed' | 'handed_back' | 'retried' | 'quarantined';

interface Ending {
  readonly settlement: Settlement;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly error?: unknown;
}

/** An emission whose tie between stage and job was checked where it was made; inside a generic the compiler loses it. */
interface AnyEmission {
  readonly to: StageName;
  readonly job: unknown;
  readonly delayMs?: number;
}

/** Hands jobs to the queues they belong to; resolves when all are accepted. */
export async function emit(queue: JobQueue, emissions: readonly AnyEmission[]): Promise<void> {
  const byStage = Map.groupBy(emissions, (emission) => emission.to);
  await Promise.all(
    [...byStage].map(([to, group]) =>
      queue.add(
        pipeline[to].queue,
        group.map((emission) => ({
          id: (pipeline[to].jobId as (job: unknown) => string)(emission.job),
          payload: emission.job,
          ...(emission.delayMs === undefined ? {} : { delayMs: emission.delayMs }),
        })),
      ),
    ),
  );
}

/**
 * The only worker boilerplate: validate or quarantine → handler under a deadline → emit everything, then complete →
 * classify the error → one wide log line with exactly one verdict.
 */
export function runStage<Name extends StageName>(options: StageRunOptions<Name>): Consumer {
  const { stage, handler, queue, quarantine, metrics } = options;
  const definition = pipeline[stage];
  const clock = options.clock ?? Date.now;
  const random = options.random ?? Math.random;
  const logger = options.logger.child({ stage });

  async function run(
    job: JobOf<Name>,
    context: StageContext,
    hung: Promise<never>,
    count: (n: number) => void,
  ): Promise<StageResult<Name>> {
    const started = handler(job, context);
    if (!(Symbol.asyncIterator in started)) return Promise.race([started, hung]);
    for (;;) {
      const step: IteratorResult<Emission<NextOf<Name>>, StageResult<Name>> = await Promise.race([
        started.next(),
        hung,
      ]);
      if (step.done) return step.value;
      try {
        await emit(queue, [step.value as AnyEmission]);
      } catch (error) {
        // Give the handler its `finally`: a host's turn must be given back.
        await started.throw(error).catch(() => undefined);
        throw error;
      }
      count(1);
    }
  }

  async function quarantined(
    delivery: Delivery,
    job: JobOf<Name> | undefined,
    reason: QuarantineReason,
    error: unknown,
  ): Promise<Ending> {
    await quarantine.put({
      id: `${stage}/${delivery.id}`,
      stage,
      jobId: delivery.id,
      payload: delivery.payload,
      reason,
      message: error instanceof Error ? error.message : String(error),
      attempts: delivery.attempt,
      quarantinedAt: new Date(clock()).toISOString(),
    });
    await options.onQuarantined?.(reason, job);
    return { settlement: { type: 'complete' }, verdict: 'quarantined', reason, error };
  }

  /** Back in a few seconds, and not all at once; the attempt does not count. */
  function outwait(error: unknown): Ending {
    const delayMs = backoffMs({ baseMs: outageDelayMs, maxMs: outageDelayMs }, 1, random());
    return { settlement: { type: 'postpone', delayMs }, verdict: 'postponed', reason: 'outage', error };
  }

  function retry(delivery: Delivery, error: unknown): Ending {
    const delayMs = backoffMs(definition.backoff, delivery.attempt, random());
    const message = error instanceof Error ? error.message : String(error);
    return { settlement: { type: 'retry', delayMs, message }, verdict: 'retried', error };
  }

  async function attempt(delivery: Delivery, fields: Record<string, unknown>): Promise<Ending> {
    const parsed = definition.schema.safeParse(delivery.payload);
    if (!parsed.success) {
      const { v } = (delivery.payload ?? {}) as { readonly v?: unknown };
      if (typeof v === 'number' && parsed.error.issues.some(({ path }) => path[0] === 'v')) {
        const unknown = new Error(`version ${v} of the job: this worker is older than the one that wrote it`);
        return quarantined(delivery, undefined, 'unknown_version', unknown);
      }
      const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(payload)'}: ${issue.message}`);
      return quarantined(delivery, undefined, 'malformed_job', new Error(where.join('; ')));
    }
    const job = parsed.data as JobOf<Name>;
    if (delivery.crashes >= crashesMax) {
      return quarantined(
        delivery,
        job,
        'crashed_repeatedly',
        new Error(`${delivery.crashes} workers died on this job`),
      );
    }
    const limits = options.limits ?? { timeoutMs: definition.timeoutMs, hungAfterMs };
    const timeout = AbortSignal.timeout(limits.timeoutMs);
    const { promise: hung, reject } = Promise.withResolvers<never>();
    hung.catch(() => undefined);
    const hangs = new Error('the handler does not end, although it was told to');
    const guard = setTimeout(() => reject(hangs), limits.timeoutMs + limits.hungAfterMs);
    const context: StageContext = {
      signal: timeout,
      stopping: delivery.signal,
      attempt: delivery.attempt,
      note: (extra) => Object.assign(fields, extra),
    };
    let emitted = 0;
    try {
      const result = await run(job, context, hung, (n) => {
        emitted += n;
      });
      if (result.verdict === 'postponed') {
        return { settlement: { type: 'postpone', delayMs: result.delayMs }, verdict: 'postponed' };
      }
      await emit(queue, (result.emit ?? []) as readonly AnyEmission[]);
      emitted += result.emit?.length ?? 0;
      return {
        settlement: { type: 'complete' },
        verdict: result.verdict,
        ...(result.verdict === 'skipped' ? { reason: result.reason } : {}),
      };
    } catch (error) {
      if (error instanceof PermanentError) return quarantined(delivery, job, error.reason, error);
      if (error instanceof RetryLaterError) {
        return { settlement: { type: 'postpone', delayMs: error.delayMs }, verdict: 'postponed', error };
      }
      if (delivery.signal.aborted) return { settlement: { type: 'handback' }, verdict: 'handed_back' };
      if (isOutage(error)) return outwait(error);
      if (delivery.attempt >= definition.attempts) {
        return quarantined(delivery, job, timeout.aborted ? 'job_timeout' : 'attempts_exhausted', error);
      }
      return retry(delivery, error);
    } finally {
      clearTimeout(guard);
      fields.emitted = emitted;
    }
  }

  let suspectRuns = false;
  /**
   * Jobs under suspicion run one at a time: whoever is held when a worker dies is counted, and all that were held together come
   * back together, so that one job which kills its worker would take its neighbours along into quarantine.
   */
  async function attemptApart(delivery: Delivery, fields: Record<string, unknown>): Promise<Ending> {
    if (delivery.crashes < crashesSuspect) return attempt(delivery, fields);
    if (suspectRuns) {
      const delayMs = backoffMs({ baseMs: suspectDelayMs, maxMs: suspectDelayMs }, 1, random());
      return { settlement: { type: 'postpone', delayMs }, verdict: 'postponed', reason: 'suspect' };
    }
    suspectRuns = true;
    try {
      return await attempt(delivery, fields);
    } finally {
      suspectRuns = false;
    }
  }

  /** A host's turn belongs to no one URL: the crawler traces each of its fetches itself. */
  function trace(delivery: Delivery, ending: Ending, durationMs: number, fields: Record<string, unknown>): void {
    const { urlId, generation } = (delivery.payload ?? {}) as {
      readonly urlId?: unknown;
      readonly generation?: unknown;
    };
    if (options.tracing === undefined || typeof urlId !== 'string' || typeof generation !== 'number') return;
    const endMs = Date.now();
    const { url, site } = fields;
    options.tracing.step({
      ...{ stage, urlId, generation, attempt: delivery.attempt, startMs: endMs - durationMs, endMs },
      attributes: {
        'newsmill.verdict': ending.verdict,
        ...(ending.reason === undefined ? {} : { 'newsmill.reason': ending.reason }),
        ...(typeof url === 'string' ? { 'url.full': url } : {}),
        ...(typeof site === 'string' ? { 'newsmill.site': site } : {}),
      },
      error: ending.error instanceof Error ? ending.error.message : undefined,
    });
  }

  return queue.consume(definition.queue, { concurrency: options.concurrency }, async (delivery) => {
    const start = performance.now();
    const fields: Record<string, unknown> = {};
    // Quarantining needs Redis too: when that fails, the job stays in its queue and is tried again.
    const ending = await attemptApart(delivery, fields).catch((error: unknown) =>
      isOutage(error) ? outwait(error) : retry(delivery, error),
    );
    const durationMs = Math.round(performance.now() - start);
    metrics?.observe(stage, ending.verdict, ending.reason, durationMs);
    trace(delivery, ending, durationMs, fields);
    const line = {
      jobId: delivery.id,
      verdict: ending.verdict,
      ...(ending.reason ? { reason: ending.reason } : {}),
      attempt: delivery.attempt,
      durationMs,
      ...fields,
      ...(ending.error ? { err: ending.error } : {}),
    };
    if (ending.verdict === 'quarantined') logger.error(line, 'job');
    else if (ending.verdict === 'retried') logger.warn(line, 'job');
    else logger.info(line, 'job');
    return ending.settlement;
  });
}
