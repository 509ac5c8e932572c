import type { z } from 'zod';
import { indexJob, parseJob, removeJob, visitJob } from './jobs.ts';

/**
 * The whole topology, once. A stage is a function `(job, ctx) → outcome` that some service runs; it cannot enqueue, it
 * tells what to emit, and may emit only to the stages named in `next`. Nothing else in the repository names a queue.
 */
export interface StageDefinition<Schema extends z.ZodType = z.ZodType> {
  /** The service that runs it. */
  readonly service: 'crawler' | 'parser' | 'indexer';
  /** The Redis queue. A breaking change of `schema` gets a new name, so that old jobs drain under the old one. */
  readonly queue: string;
  readonly schema: Schema;
  /** The same work has the same id, so that doing a hand-over twice makes one job. */
  readonly jobId: (job: z.infer<Schema>) => string;
  /** Transient failures before the job goes to quarantine. */
  readonly attempts: number;
  /** Pause before attempt n+1: `min(max, base · 2^(n-1))`, with jitter of half of it. */
  readonly backoff: { readonly baseMs: number; readonly maxMs: number };
  /** The handler's abort signal fires after this long. */
  readonly timeoutMs: number;
  readonly next: readonly string[];
}

const stage = <Schema extends z.ZodType, const Next extends readonly string[]>(
  definition: StageDefinition<Schema> & { readonly next: Next },
) => definition;

export const pipeline = {
  visit: stage({
    service: 'crawler',
    queue: 'visit',
    schema: visitJob,
    jobId: (job) => `${job.hostId}-${job.turn}`,
    // A turn fails only with Redis or the disk, never with a page: keep trying for hours.
    attempts: 100,
    backoff: { baseMs: 1_000, maxMs: 60_000 },
    timeoutMs: 180_000,
    next: ['parse', 'visit', 'remove'],
  }),
  parse: stage({
    service: 'parser',
    queue: 'parse',
    schema: parseJob,
    jobId: (job) => `${job.urlId}-${job.generation}`,
    attempts: 5,
    backoff: { baseMs: 1_000, maxMs: 60_000 },
    timeoutMs: 60_000,
    next: ['index', 'visit', 'remove'],
  }),
  index: stage({
    service: 'indexer',
    queue: 'index',
    schema: indexJob,
    jobId: (job) => `${job.urlId}-${job.generation}`,
    // The writer itself waits out an Elasticsearch that is down or busy; what fails here is something else.
    attempts: 20,
    backoff: { baseMs: 1_000, maxMs: 60_000 },
    timeoutMs: 120_000,
    // An article's re-checks may call for a turn of its host.
    next: ['visit'],
  }),
  // A stage of its own and not a kind of index job: indexers of before would quarantine what they cannot read.
  remove: stage({
    service: 'indexer',
    queue: 'remove',
    schema: removeJob,
    jobId: (job) => `${job.urlId}-${job.generation}`,
    attempts: 20,
    backoff: { baseMs: 1_000, maxMs: 60_000 },
    timeoutMs: 120_000,
    next: [],
  }),
} as const;

export type Pipeline = typeof pipeline;
export type StageName = keyof Pipeline;
export type JobOf<Name extends StageName> = z.infer<Pipeline[Name]['schema']>;
/** The stages that `Name` may emit to. */
export type NextOf<Name extends StageName> = Extract<Pipeline[Name]['next'][number], StageName>;

/** One job for a later stage. */
export type Emission<To extends StageName = StageName> = {
  [Stage in To]: { readonly to: Stage; readonly job: JobOf<Stage>; readonly delayMs?: number };
}[To];

export const stageNames = Object.keys(pipeline) as StageName[];
