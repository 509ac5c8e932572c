import { type Contributor, type ExtractedArticle, feedItem } from '@newsmill/contracts';
import { addContributor } from './byline.ts';
import { overlap } from './headline.ts';
import { isLatinPerson, splitNames } from './names.ts';
import { fold, hasHan, hasKana, plainText } from './text.ts';

/** What the feed or news sitemap that led to a page says of its story. */
export interface FeedItemFacts {
  /** The item's title, plain text. */
  readonly headline?: string | undefined;
  /** As written: a name, or several. */
  readonly author?: string | undefined;
  /** ISO 8601. */
  readonly datePublished?: string | undefined;
}

const DAY_MS = 86_400_000;
/** Evidence of a headline that no `h1` and no pair of metadata confirms; a feed's title is better. */
const WEAK_HEADLINE = /(?:^|:)title$|^above-meta-line$/;
/** Share of bigrams; under it the two titles are of different stories, or one is the site's. */
const SAME_TITLE = 0.5;
const CUT_OFF = /(?:…|\.{3})$/;

/**
 * The article with what its feed item tells better: a date, if the page has none and that is not in the future; who wrote it, if the page names
 * nobody; and the headline, if the page's own is weakly witnessed and both are of the same story.
 * @param fetchedAt ISO 8601
 */
export function withFeedItem<T extends ExtractedArticle>(article: T, item: FeedItemFacts, fetchedAt: string): T {
  const at = Date.parse(item.datePublished ?? '');
  const dated = article.datePublished === undefined && at <= Date.parse(fetchedAt) + DAY_MS;
  const headline = tellsHeadline(article, item.headline) ? item.headline : undefined;
  const contributors = article.contributors?.length ? [] : personsOf(item.author);
  return {
    ...article,
    ...(dated && {
      datePublished: new Date(at).toISOString(),
      datePublishedPrecision: at % DAY_MS === 0 ? ('day' as const) : ('second' as const),
    }),
    ...(headline !== undefined && { headline }),
    ...(contributors.length > 0 && { contributors }),
    provenance: {
      ...article.provenance,
      ...(dated && { datePublished: feedItem }),
      ...(headline !== undefined && { headline: feedItem }),
      ...(contributors.length > 0 && { contributors: feedItem }),
    },
  };
}

/**
 * The article with what the document that it takes the place of has from a feed, as far as the page still does not say it
 * itself: the ledger forgets what a feed told once the article is indexed, the document does not.
 */
export function keepFeedItem<T extends ExtractedArticle>(article: T, stored: ExtractedArticle | undefined): T {
  const from = stored?.provenance;
  const kept = withFeedItem(
    article,
    {
      headline: from?.headline === feedItem ? stored?.headline : undefined,
      author: from?.contributors === feedItem ? stored?.contributors?.map(({ name }) => name).join('; ') : undefined,
    },
    '',
  );
  if (article.datePublished !== undefined || from?.datePublished !== feedItem) return kept;
  const { datePublished, datePublishedPrecision } = stored ?? {};
  return {
    ...kept,
    ...(datePublished !== undefined && { datePublished }),
    ...(datePublishedPrecision !== undefined && { datePublishedPrecision }),
    provenance: { ...kept.provenance, datePublished: feedItem },
  };
}

function tellsHeadline({ headline, provenance }: ExtractedArticle, told: string | undefined): boolean {
  if (told === undefined || told === headline || CUT_OFF.test(told)) return false;
  if (!WEAK_HEADLINE.test(provenance.headline ?? '')) return false;
  const [own, other] = [fold(headline), fold(plainText(told, 300))];
  return other.length >= 4 && (own.includes(other) || overlap(own, other) >= SAME_TITLE);
}

/** Feeds are signed with logins and desks too; only what is certainly a person's name counts. */
function personsOf(author: string | undefined): Contributor[] {
  const persons: Contributor[] = [];
  for (const name of author === undefined ? [] : splitNames(author)) {
    if (hasHan(name) || hasKana(name) || isLatinPerson(name)) addContributor(persons, name, 'author');
  }
  return persons.filter(({ role }) => role === 'author').slice(0, 6);
}
