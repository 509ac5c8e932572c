import type { XmlFailure } from './xml.ts';

export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json';

export interface FeedItem {
  /** Canonical, absolute. */
  readonly url: string;
  readonly title?: string;
  /** Who wrote it, as written but without mail addresses; several names are joined by semicolons. */
  readonly author?: string;
  /** ISO 8601: an instant in UTC, or the day alone where the feed names no zone. */
  readonly datePublished?: string;
  readonly dateModified?: string;
}

export interface Feed {
  readonly format: FeedFormat;
  /** In the order of the feed, each URL once; at most `ITEMS_MAX`. Items without a usable URL are left out. */
  readonly items: readonly FeedItem[];
  readonly title?: string;
  /** The page that the feed belongs to. */
  readonly siteUrl?: string;
  /** What the feed calls its own address. */
  readonly selfUrl?: string;
  /** The next page of a paged feed (RFC 5005, JSON Feed). */
  readonly nextUrl?: string;
  /** WebSub hub. */
  readonly hubUrl?: string;
  /** As written, e.g. `zh-cn`. */
  readonly language?: string;
  /** How long the feed asks not to be fetched again: `ttl`, or `sy:updatePeriod` and `sy:updateFrequency`. */
  readonly ttlMs?: number;
  /** When it says it last changed. */
  readonly dateModified?: string;
}

/** `not_a_feed`: nothing in it is one. A feed without items is a feed. */
export type FeedFailure = XmlFailure | 'not_a_feed';

/** More than any feed needs per poll; some hold a site's whole history. */
export const ITEMS_MAX = 2_000;
