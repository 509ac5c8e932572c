import { type Article, PermanentError } from '@newsmill/contracts';
import type { BulkWriter } from './bulk-writer.ts';

/**
 * Writes a document and waits for Elasticsearch's own answer for it.
 * @throws PermanentError when Elasticsearch refuses the document
 */
export async function write(
  writer: Pick<BulkWriter, 'write'>,
  document: Article,
  signal: AbortSignal,
): Promise<'indexed' | 'stale'> {
  const verdict = await writer.write(document, { signal });
  if (verdict.type !== 'rejected') return verdict.type;
  throw new PermanentError('document_rejected', `Elasticsearch answered ${verdict.status}: ${verdict.reason}`);
}
