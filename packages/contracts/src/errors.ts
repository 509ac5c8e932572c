import type { QuarantineReason } from './outcomes.ts';

/** Trying again cannot help: the job goes to quarantine at once, under this reason. */
export class PermanentError extends Error {
  readonly reason: QuarantineReason;
  constructor(reason: QuarantineReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PermanentError';
    this.reason = reason;
  }
}

/** Not now (429, backpressure, a lease that somebody else holds): comes back after `delayMs` and costs no attempt. */
export class RetryLaterError extends Error {
  readonly delayMs: number;
  constructor(delayMs: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RetryLaterError';
    this.delayMs = delayMs;
  }
}

/** What the operator gave is wrong; the message names the field, the value and what to do. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}
