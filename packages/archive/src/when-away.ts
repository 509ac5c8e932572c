import { RetryLaterError } from '@newsmill/contracts';
import { ArchiveError } from './capture.ts';

/** Long enough not to hammer a storage in trouble, short enough to go on soon after it. */
const delayMs = 15_000;

/**
 * What a stage asks of the archive. While the storage is away, full or closed to us, the job comes back later and costs no
 * attempt: that is nothing about the job, and may last for hours.
 */
export async function orLater<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const { code } = error;
    const isAway = code === 'storage_failed' || code === 'storage_refused' || code === 'disk_full';
    throw isAway ? new RetryLaterError(delayMs, error.message, { cause: error }) : error;
  }
}
