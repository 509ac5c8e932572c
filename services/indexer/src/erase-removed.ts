import { type Article, PermanentError } from '@newsmill/contracts';
import { tombstoneOf, type VersionIndex } from '@newsmill/search-index';
import type { BulkWriter } from './bulk-writer.ts';

/**
 * Deletes the text and the former states of articles that were removed before the policy was `delete`.
 * @returns how many
 */
export async function eraseRemoved(
  removed: AsyncIterable<Article & { readonly removedAt: string }>,
  {
    writer,
    versions,
    signal,
  }: {
    readonly writer: Pick<BulkWriter, 'write'>;
    readonly versions: Pick<VersionIndex, 'removeOf'>;
    readonly signal: AbortSignal;
  },
): Promise<number> {
  let erased = 0;
  for await (const article of removed) {
    signal.throwIfAborted();
    const verdict = await writer.write(tombstoneOf(article), { signal });
    if (verdict.type === 'rejected') throw new PermanentError('document_rejected', verdict.reason);
    // A newer state, which is none of ours, stays.
    if (verdict.type === 'stale') continue;
    await versions.removeOf(article.id);
    erased += 1;
  }
  return erased;
}
