import { type ExtractedArticle, feedItem } from '@newsmill/contracts';

/**
 * The article with the date of the document that it takes the place of, when a feed or sitemap gave that date and the page
 * still gives none: the ledger forgets what a feed told once the article is indexed, the document does not.
 */
export function keepFeedDate<T extends ExtractedArticle>(article: T, stored: ExtractedArticle | undefined): T {
  if (article.datePublished !== undefined || stored?.provenance.datePublished !== feedItem) return article;
  const { datePublished, datePublishedPrecision } = stored;
  return {
    ...article,
    ...(datePublished === undefined ? {} : { datePublished }),
    ...(datePublishedPrecision === undefined ? {} : { datePublishedPrecision }),
    provenance: { ...article.provenance, datePublished: feedItem },
  };
}
