import type { ParseJob } from '@newsmill/contracts';
import { type Link, looksLikeTrap, type PageResult, unwantedReason } from '@newsmill/core';
import type { FoundUrl, KnownSource } from '@newsmill/frontier';

/** It lies in Redis until the article is indexed. */
const headlineLengthMax = 200;

/**
 * Which of a page's links belong to the source and are worth a fetch: those that its scope covers, not too deep, neither
 * assets nor service pages nor signs of a trap. At most `linksMax`, in page order.
 */
export function linksToFollow(
  page: PageResult,
  job: ParseJob,
  { source, scope }: KnownSource,
  linksMax: number,
): FoundUrl[] {
  // The page proper is as deep as the view of it that was found first.
  const atEnd = job.depth >= source.depthMax;
  if (atEnd && page.partOf === undefined) return [];
  const targets: Link[] = [...page.links];
  if (page.metaRefresh !== undefined) targets.unshift({ url: page.metaRefresh, kind: 'article' });
  const isFeed = page.kind === 'feed' || page.kind === 'sitemap';
  const found: FoundUrl[] = [];
  for (const link of targets) {
    if (found.length >= linksMax) break;
    if ((atEnd && link.url !== page.partOf) || link.url === job.url || !scope(link.url, link.kind).inScope) continue;
    // A feed or sitemap that was named as one may have any address (`posts-1.xml.gz`).
    const isList = link.kind === 'feed' || link.kind === 'sitemap';
    if ((!isList && unwantedReason(link.url) !== undefined) || looksLikeTrap(link.url) !== undefined) continue;
    found.push({
      url: link.url,
      kind: link.kind,
      sourceId: source.id,
      depth: link.url === page.partOf ? job.depth : job.depth + 1,
      standing: source.mode === 'standing',
      ...(link.datePublished === undefined ? {} : { datePublished: link.datePublished }),
      // The text of a link on a page may be anything, a feed's is the title.
      ...(isFeed && link.text !== undefined ? { headline: link.text.slice(0, headlineLengthMax) } : {}),
      ...(link.author === undefined ? {} : { author: link.author }),
    });
  }
  return found;
}
