import {
  type ArticleIndex,
  documentVersion,
  type RemovedPolicy,
  tombstoneOf,
  type VersionIndex,
} from '@newsmill/search-index';
import type { StageHandler } from '@newsmill/service-kit';
import type { BulkWriter } from './bulk-writer.ts';
import type { Copies } from './copies.ts';
import { write } from './write.ts';

export interface RemoveDeps {
  readonly index: Pick<ArticleIndex, 'get'>;
  readonly writer: BulkWriter;
  readonly copies: Copies;
  readonly policy?: RemovedPolicy;
  /** Where former states are deleted. */
  readonly versions?: Pick<VersionIndex, 'removeOf'>;
  readonly clock: () => number;
}

/** A page that is gone → a document that says so, and is not the first of its copies any more if another is there. */
export function createRemove({ index, writer, copies, policy, versions, clock }: RemoveDeps): StageHandler<'remove'> {
  return async ({ urlId, removedAt, reason }, context) => {
    const signal = AbortSignal.any([context.signal, context.stopping]);
    const stored = await index.get(urlId);
    if (stored === undefined) return { verdict: 'skipped', reason: 'not_indexed' };
    const { article } = stored;
    context.note({ url: article.url, site: article.site.domain, removed: reason });
    if (documentVersion(article) > Date.parse(removedAt)) return { verdict: 'skipped', reason: 'seen_since' };
    const gone = { ...article, removedAt };
    const { fields, owed } = await copies.claim(gone);
    const document = { ...gone, ...fields, indexedAt: new Date(clock()).toISOString() };
    await write(writer, policy === 'delete' ? tombstoneOf(document) : document, signal);
    if (policy === 'delete') await versions?.removeOf(urlId);
    // By the fingerprint that the document had: its copies must know that it is gone.
    await copies.confirm(document, owed, signal);
    return { verdict: 'done' };
  };
}
