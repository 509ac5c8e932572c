import { type Article, PermanentError, RetryLaterError } from '@newsmill/contracts';
import type { BulkWriter } from './bulk-writer.ts';

/** A job whose time was up while Elasticsearch was away waits in its queue for a moment, where others can take it. */
const pauseMs = 5_000;

/**
 * Writes a document and waits for Elasticsearch's own answer for it.
 * @throws PermanentError when Elasticsearch refuses the document; RetryLaterError when the job's time was up before it said
 * anything: that is an outage, which costs a job no attempt, however long it lasts
 */
export async function write(
  writer: Pick<BulkWriter, 'write'>,
  document: Article,
  signal: AbortSignal,
): Promise<'indexed' | 'stale'> {
  const verdict = await writer.write(document, { signal }).catch((error: unknown) => {
    const { reason } = signal as { reason?: { name?: string } };
    if (!signal.aborted || reason?.name !== 'TimeoutError') throw error;
    throw new RetryLaterError(pauseMs, 'Elasticsearch did not answer in time', { cause: error });
  });
  if (verdict.type !== 'rejected') return verdict.type;
  throw new PermanentError('document_rejected', `Elasticsearch answered ${verdict.status}: ${verdict.reason}`);
}
