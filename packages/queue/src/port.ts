/**
 * Queues as newsmill needs them: at-least-once delivery of small JSON payloads, ids that make adding idempotent, delays,
 * and a consumer which decides itself what a job's fate is. The weaker contract is the contract: a job may be delivered
 * twice (a killed worker), and order is not promised.
 */
export interface NewJob {
  /** No ':' and not only digits (BullMQ's rule). While a job of this id waits or runs, adding it again does nothing. */
  readonly id: string;
  readonly payload: unknown;
  readonly delayMs?: number;
}

export interface Delivery {
  readonly id: string;
  readonly payload: unknown;
  /** 1 for the first run; grows with each `retry`, not with `postpone` or `handback`. */
  readonly attempt: number;
  /** How often a worker died while it held this job. */
  readonly crashes: number;
  /** Fires when the consumer is stopping and the job should be handed back soon. */
  readonly signal: AbortSignal;
}

/** What becomes of the job now. */
export type Settlement =
  | { readonly type: 'complete' }
  /** Comes back after the delay; costs no attempt. */
  | { readonly type: 'postpone'; readonly delayMs: number }
  /** Comes back after the delay with `attempt` one higher. */
  | { readonly type: 'retry'; readonly delayMs: number; readonly message: string }
  /** Back to the queue at once, for another worker; costs no attempt. */
  | { readonly type: 'handback' };

/** Must not reject: an error that reaches the queue is treated as `retry` after a second. */
export type DeliveryHandler = (delivery: Delivery) => Promise<Settlement>;

export interface Depth {
  readonly waiting: number;
  readonly delayed: number;
  readonly active: number;
}

export interface Consumer {
  /** Jobs that this consumer holds now. */
  readonly active: number;
  /** What keeps it from taking jobs, again and again; undefined when nothing does. */
  readonly trouble: string | undefined;
  /** Takes no more jobs until `resume`; what it holds goes on. At most one more, which was on its way, still comes. */
  pause(): void;
  resume(): void;
  /**
   * Takes no more jobs, fires every delivery's signal, waits for the handlers up to the deadline, then lets go: what is
   * still held comes back to another worker as a crash would.
   */
  stop(deadlineMs: number): Promise<void>;
}

export interface ConsumeOptions {
  /** Jobs at once. */
  readonly concurrency: number;
}

export interface JobQueue extends AsyncDisposable {
  /** Resolves when every job is durably accepted (or was there already); rejects within seconds when Redis is away. */
  add(queue: string, jobs: readonly NewJob[]): Promise<void>;
  consume(queue: string, options: ConsumeOptions, handler: DeliveryHandler): Consumer;
  depth(queue: string): Promise<Depth>;
  /** When the job that waits longest was added, as milliseconds since 1970; undefined when none waits. */
  oldest(queue: string): Promise<number | undefined>;
}
