import { z } from 'zod';
import { article } from './article.ts';
import { captureRef, hostId, urlId } from './ids.ts';

/**
 * Payloads of the queues. They carry references, never HTML. `v` is the version of the shape: a change that an older
 * worker could not read is a new queue name, and the old queue drains.
 */

export const linkKind = z.enum(['article', 'section', 'feed', 'sitemap']);

/** One turn of one host: the turn takes the host's due URLs one after another. */
export const visitJob = z.strictObject({
  v: z.literal(1),
  hostId,
  /** Hostname, with the port where it is not the scheme's own: for people who read logs. */
  host: z.string().min(1),
  /** Grows by one with each turn; a job whose turn is not the host's current one has been superseded. */
  turn: z.int().positive(),
});

/**
 * An operator has a page worked through again that is an article by the ledger's word: none of its links is followed, and
 * it stays an article whatever is made of it now.
 */
const replayed = z.literal(true).optional();

/** A page lies in the archive: make facts of it. */
export const parseJob = z.strictObject({
  v: z.literal(1),
  urlId,
  hostId,
  url: z.url(),
  /** Counts the fetches of this URL. */
  generation: z.int().positive(),
  captureRef,
  fetchedAt: z.iso.datetime(),
  sourceId: z.string().min(1),
  /** Links away from the source's own page. */
  depth: z.int().nonnegative(),
  replayed,
});

/** An article is ready to be indexed: inline up to `articleInlineBytesMax`, else as a reference into the archive. */
export const indexJob = z.strictObject({
  v: z.literal(1),
  urlId,
  hostId,
  generation: z.int().positive(),
  payload: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('inline'), article }),
    z.strictObject({ type: z.literal('archived'), ref: captureRef }),
  ]),
  replayed,
});

/** Why an article that was indexed is taken for gone. */
export const removalReason = z.enum(['http_404', 'http_410', 'soft_404', 'noindex']);

/** A page that had been an article is gone: its document is to say so. */
export const removeJob = z.strictObject({
  v: z.literal(1),
  urlId,
  hostId,
  /** The fetch that made the article; one that follows brings it back. */
  generation: z.int().positive(),
  reason: removalReason,
  removedAt: z.iso.datetime(),
});

/** 32 KB: above it a job costs more to carry through Redis than a read of the archive. */
export const articleInlineBytesMax = 32_768;

export type LinkKind = z.infer<typeof linkKind>;
export type VisitJob = z.infer<typeof visitJob>;
export type ParseJob = z.infer<typeof parseJob>;
export type IndexJob = z.infer<typeof indexJob>;
export type RemovalReason = z.infer<typeof removalReason>;
export type RemoveJob = z.infer<typeof removeJob>;
