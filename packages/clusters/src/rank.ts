import type { Article, Repair } from '@newsmill/contracts';

/** A machine rewrote these characters; what we have is a reconstruction. */
const manglings: ReadonlySet<Repair> = new Set(['pinyin-gloss', 'traditional-to-simplified', 'gloss-damage']);

/** Above any time in milliseconds, so that a mangled copy comes after every clean one, and a removed one after both. */
const mangledPenalty = 1e14;
const removedPenalty = 2e14;

/** Before this there was no news on the web: an earlier date is a mistake of the page. */
const earliestMs = Date.UTC(1990, 0, 1);
const dayMs = 86_400_000;

type RankedFields = Pick<
  Article,
  'datePublished' | 'datePublishedPrecision' | 'firstSeenAt' | 'fetchedAt' | 'removedAt' | 'repairs'
>;

/**
 * Where an article stands among its copies; the smallest is first, and of equal ones the one with the smaller id.
 *
 * 1. Pages that are still there come before those that were removed.
 * 2. Clean text comes before text that had to be repaired, whatever the dates say: copy machines forge them.
 * 3. The earlier publication comes first. A date without a time counts as the end of that day, so that a copy that prints
 *    `1月26日` is not ahead of the original that prints `1月26日 10:15`. Nobody published after we saw the page: then, and
 *    when there is no date, the moment we first saw it counts.
 */
export function rankOf(article: RankedFields): number {
  const seen = Date.parse(article.firstSeenAt ?? article.fetchedAt ?? '');
  const seenMs = Number.isNaN(seen) ? 4e12 : seen;
  const printed = Date.parse(article.datePublished ?? '');
  const published = article.datePublishedPrecision === 'day' ? printed + dayMs - 1 : printed;
  const at = published >= earliestMs ? Math.min(published, seenMs) : seenMs;
  const mangled = article.repairs.some((repair) => manglings.has(repair));
  return at + (mangled ? mangledPenalty : 0) + (article.removedAt === undefined ? 0 : removedPenalty);
}
