import type { Article, SiteCard } from '@newsmill/contracts';

type ArticleReference = Pick<Article, 'id' | 'url' | 'headline' | 'datePublished'>;

/** What is known of one site, learned from its articles. */
export interface SiteRecord {
  /** The registrable domain. */
  readonly id: string;
  /** The site's card as its newest pages agree on it; figures are as printed. */
  readonly site: SiteCard;
  /** In the index. */
  readonly articles: number;
  /** By date of publication. */
  readonly firstArticle?: ArticleReference;
  readonly lastArticle?: ArticleReference;
  /** Of the last 30 days, or of fewer where the first article is younger. */
  readonly articlesPerDay: number;
  readonly languages: readonly string[];
  readonly updatedAt: string;
}

export interface SiteFigures {
  /** Cards of the site's newest pages, the newest first. */
  readonly cards: readonly SiteCard[];
  readonly articles: number;
  readonly first?: ArticleReference | undefined;
  readonly last?: ArticleReference | undefined;
  /** Articles that were published in the last `rateDays`. */
  readonly recent: number;
  readonly languages: readonly string[];
}

/** Pages whose cards are compared. */
export const cardsMax = 20;
export const rateDays = 30;
const dayMs = 86_400_000;
/** A site has a feed for each section, and each page names some of them. */
const feedsMax = 50;

/** @returns undefined for a site of which there is no article */
export function siteRecord(figures: SiteFigures, now: number): SiteRecord | undefined {
  const { cards, articles, first, last, recent, languages } = figures;
  const site = agreedCard(cards);
  if (site === undefined) return undefined;
  const firstAt = first?.datePublished === undefined ? Number.NaN : Date.parse(first.datePublished);
  const days = Number.isNaN(firstAt) ? rateDays : Math.min(rateDays, Math.max(1, (now - firstAt) / dayMs));
  return {
    id: site.domain,
    site,
    articles,
    ...(first === undefined ? {} : { firstArticle: first }),
    ...(last === undefined ? {} : { lastArticle: last }),
    articlesPerDay: Math.round((recent / days) * 100) / 100,
    languages,
    updatedAt: new Date(now).toISOString(),
  };
}

/**
 * Each field as most of the pages print it, of equally many the newest: one page may carry a partner's footer, and an old one
 * a licence that has run out. Feeds are those of all pages.
 */
function agreedCard(cards: readonly SiteCard[]): SiteCard | undefined {
  const [newest] = cards;
  if (newest === undefined) return undefined;
  const agreed: Record<string, unknown> = {};
  for (const field of Object.keys(fieldOrder) as (keyof SiteCard)[]) {
    const value = field === 'licences' ? agreedLicences(cards) : mostFrequent(cards.map((card) => card[field]));
    if (value !== undefined) agreed[field] = value;
  }
  const feeds = [...new Set(cards.flatMap((card) => card.feeds ?? []))].slice(0, feedsMax);
  return { ...agreed, domain: newest.domain, ...(feeds.length > 0 ? { feeds } : {}) };
}

/** Licence by licence: not every page has room for all of them. */
function agreedLicences(cards: readonly SiteCard[]): SiteCard['licences'] {
  const licences = cards.flatMap((card) => card.licences ?? []);
  const names = [...new Set(licences.flatMap((each) => Object.keys(each)))] as (keyof NonNullable<
    SiteCard['licences']
  >)[];
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => [name, mostFrequent(licences.map((each) => each[name]))]));
}

function mostFrequent<Value>(values: readonly (Value | undefined)[]): Value | undefined {
  const counts = new Map<string, { readonly value: Value; count: number }>();
  for (const value of values) {
    if (value === undefined) continue;
    const key = JSON.stringify(value);
    const found = counts.get(key);
    if (found === undefined) counts.set(key, { value, count: 1 });
    else found.count += 1;
  }
  let best: { readonly value: Value; readonly count: number } | undefined;
  for (const each of counts.values()) if (best === undefined || each.count > best.count) best = each;
  return best?.value;
}

/** All fields of a card, in its order; the compiler tells when one is missing. */
const fieldOrder: Readonly<Record<keyof SiteCard, true>> = {
  name: true,
  domain: true,
  operator: true,
  licences: true,
  legalCounsel: true,
  reportPhones: true,
  copyrightYears: true,
  logo: true,
  feeds: true,
};
