import { isDeepStrictEqual } from 'node:util';
import { type Archive, ArchiveError, type ArchiveErrorCode } from '@newsmill/archive';
import { type Article, article, compareVersions, extractedArticle } from '@newsmill/contracts';
import { keepFeedItem } from '@newsmill/core/feed-item';
import { hostKeyOf } from '@newsmill/core/url';
import { isTombstone, type Rewriting, type StoredDocument } from '@newsmill/search-index';
import type { CaptureChoice } from './newest-captures.ts';
import { parseCapture, type ReplayDeps, sameArticle } from './replay-page.ts';

/** Which articles are read again; all others are copied as they are. */
export type RereadChoice = Pick<CaptureChoice, 'host' | 'from' | 'to'> &
  Pick<ReplayDeps, 'sourceId' | 'parserOlderThan'>;

export interface RereadDeps extends RereadChoice, Pick<ReplayDeps, 'reader' | 'memoryOf' | 'partsOf'> {
  readonly archive: Pick<Archive, 'read'>;
  /** Documents at once. */
  readonly concurrency: number;
  /** Hears of each article that is kept as it was although it was asked for, and why. */
  readonly onKept: (url: string, why: string) => void;
}

/** What became of a document. */
export type RereadVerdict =
  | 'changed'
  | 'unchanged'
  /** Not asked for. */
  | 'filtered'
  /** The parser makes no article of its page. */
  | 'noArticle'
  /** Its capture is not in the archive any more, or cannot be read. */
  | 'noCapture';

/** The archive itself does not work: nothing may be taken for missing. */
const archiveAway = new Set<ArchiveErrorCode>(['storage_failed', 'storage_refused', 'closed']);
const pipelineFields = Object.keys(article.shape).filter((field) => !(field in extractedArticle.shape));
/** Follows from what the page says. */
const derivedFields = new Set(['origin']);

/**
 * Makes each document of its archived page anew. What the pipeline knows of the article (its age, version, place among
 * copies, that it is gone) stays, and so does an article of which nothing can be made now.
 */
export function rereadDocuments(deps: RereadDeps): Pick<Rewriting, 'rewrite' | 'matches'> {
  return {
    async rewrite(documents, signal) {
      const made: StoredDocument[] = [...documents];
      const tally: Partial<Record<RereadVerdict, number>> = {};
      const waiting = documents.entries();
      const work = async (): Promise<void> => {
        for (const [at, document] of waiting) {
          signal.throwIfAborted();
          const { verdict, article: now } = await reread(document.source as Article, deps);
          tally[verdict] = (tally[verdict] ?? 0) + 1;
          if (now !== undefined) made[at] = { ...document, source: now };
        }
      };
      await Promise.all(Array.from({ length: deps.concurrency }, work));
      return { documents: made, tally };
    },
    matches(original, copy) {
      const [before, after] = [original, copy] as [Partial<Record<string, unknown>>, Partial<Record<string, unknown>>];
      return pipelineFields.every(
        (field) => derivedFields.has(field) || isDeepStrictEqual(before[field], after[field]),
      );
    },
  };
}

async function reread(
  stored: Article,
  deps: RereadDeps,
): Promise<{ readonly verdict: RereadVerdict; readonly article?: Article }> {
  if (isTombstone(stored) || !isChosen(stored, deps)) return { verdict: 'filtered' };
  const { url, captureRef } = stored;
  const kept = (verdict: RereadVerdict, why: string) => {
    deps.onKept(url, why);
    return { verdict };
  };
  if (captureRef === undefined) return kept('noCapture', 'no capture');
  try {
    const capture = await deps.archive.read(captureRef);
    const fetchedAt = stored.fetchedAt ?? capture.fetchedAt;
    const memory = await deps.memoryOf?.(url);
    // It counts as an article already: as a view or a later page of another it must not give way.
    const outcome = await parseCapture(capture, { fetchedAt, memory, acceptsParts: true }, deps);
    if ('failed' in outcome) return kept('noArticle', outcome.failed);
    if ('reason' in outcome) return kept('noArticle', outcome.reason);
    const extracted = keepFeedItem(outcome.article, stored);
    if (sameArticle(extracted, stored)) return { verdict: 'unchanged' };
    return { verdict: 'changed', article: withPipelineFields(extracted, stored) };
  } catch (error) {
    if (!(error instanceof ArchiveError) || archiveAway.has(error.code)) throw error;
    return kept('noCapture', error.message);
  }
}

function isChosen(stored: Article, { host, from, to, sourceId, parserOlderThan }: RereadChoice): boolean {
  const fetchedAt = Date.parse(stored.fetchedAt ?? '');
  return (
    (sourceId === undefined || stored.sourceId === sourceId) &&
    (host === undefined || (URL.canParse(stored.url) && hostKeyOf(stored.url) === host)) &&
    (from === undefined || fetchedAt >= from) &&
    (to === undefined || fetchedAt < to) &&
    (parserOlderThan === undefined || compareVersions(stored.parserVersion, parserOlderThan) < 0)
  );
}

function withPipelineFields(extracted: Article | Omit<Article, 'id'>, stored: Article): Article {
  const known = Object.entries(stored).filter(([field]) => pipelineFields.includes(field) && !derivedFields.has(field));
  const origin = extracted.sourceChain?.at(-1);
  return {
    ...extracted,
    ...(Object.fromEntries(known) as Pick<Article, 'id'>),
    ...(origin === undefined ? {} : { origin }),
  };
}
