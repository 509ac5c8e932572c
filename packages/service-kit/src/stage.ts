import type { Emission, JobOf, NextOf, StageName } from '@newsmill/contracts';

/** What a stage's handler is given beside its job. */
export interface StageContext {
  /** Fires when the stage's time is up: whatever the handler waits for must give up then. */
  readonly signal: AbortSignal;
  /** Fires when the process is going down: a handler that is not nearly done should hand back by throwing its reason. */
  readonly stopping: AbortSignal;
  readonly attempt: number;
  /** Adds fields to the job's one log line. */
  note(fields: Record<string, unknown>): void;
}

/** What a handler says when it is through; it never enqueues anything itself. */
export type StageResult<Name extends StageName> =
  | { readonly verdict: 'done'; readonly emit?: readonly Emission<NextOf<Name>>[] }
  | { readonly verdict: 'skipped'; readonly reason: string; readonly emit?: readonly Emission<NextOf<Name>>[] }
  | { readonly verdict: 'postponed'; readonly delayMs: number };

/**
 * A stage: `(job, context) → result`. A handler whose work comes bit by bit (a host's turn) may be an async generator:
 * what it yields is accepted by the queue before it is resumed, so that what it does next may rely on that.
 */
export type StageHandler<Name extends StageName> = (
  job: JobOf<Name>,
  context: StageContext,
) => Promise<StageResult<Name>> | AsyncGenerator<Emission<NextOf<Name>>, StageResult<Name>, void>;
