import type { ExtractedArticle, Repair } from '@newsmill/contracts';
import type { Observation } from './memory/observation.ts';
import type { SiteMemory } from './memory/site-memory.ts';
import type { SiteRules } from './rules/site-rules.ts';

/** One fetched response, decompressed. */
export interface PageInput {
  /** The URL that answered, after redirects. */
  readonly url: string;
  readonly bytes: Uint8Array;
  /** The `Content-Type` header as received. */
  readonly contentType?: string | undefined;
  /** When it was fetched, ISO 8601: relative dates (`3小时前`) and "in the future" are judged against it. */
  readonly fetchedAt: string;
  /** What the operator knows of sites; see rules/site-rules.ts. */
  readonly rules?: SiteRules | undefined;
  /** False for a page that somebody asked for by hand: a `noindex` of the page is then no reason to refuse it. Default true. */
  readonly obeysRobots?: boolean | undefined;
  /**
   * True where a view (AMP, print) or a later page of an article is taken for an article of its own, because the page
   * proper is out of reach or the caller joins the pages. Default: when `obeysRobots` is false.
   */
  readonly acceptsParts?: boolean | undefined;
  /**
   * What earlier pages of the site taught; see memory/. With it the result has an `observation`. The same page with the
   * same memory always gives the same result.
   */
  readonly memory?: SiteMemory | undefined;
}

/** What a URL is expected to be before it has been looked at. */
export type LinkKind = 'article' | 'section' | 'feed' | 'sitemap';

export interface Link {
  /** Absolute and canonicalised. */
  readonly url: string;
  readonly kind: LinkKind;
  /** Anchor text or feed-item title, when there is one. */
  readonly text?: string;
  /** Who wrote it, as the feed says; as written. */
  readonly author?: string;
  /** ISO 8601, when the feed or sitemap tells it. */
  readonly datePublished?: string;
  /** A sitemap's `lastmod`, ISO 8601: no publication date, since it moves with every rebuild of the site. */
  readonly dateModified?: string;
}

/** Why a page is not an article. One closed list: it is the `skipped` reason of the ledger and of the docs. */
export type NotArticleReason =
  | 'feed'
  | 'sitemap'
  | 'section_page'
  | 'gallery'
  | 'video'
  | 'live_blog'
  | 'forum'
  | 'soft_404'
  | 'error_page'
  | 'login_wall'
  | 'paywall'
  | 'captcha'
  | 'redirect_page'
  | 'unsupported_type'
  | 'empty'
  | 'too_short'
  | 'too_large'
  | 'noindex'
  | 'excluded_by_rule'
  | 'alternate_view'
  | 'continuation';

export interface PageResult {
  /** What the bytes really are. */
  readonly kind: 'html' | 'feed' | 'sitemap' | 'other';
  /** WHATWG name of the charset that was used, e.g. `gb18030`. */
  readonly charset?: string;
  readonly verdict:
    | { readonly type: 'article'; readonly article: ExtractedArticle }
    | { readonly type: 'not_article'; readonly reason: NotArticleReason };
  /** Links worth following, in page order, without repeats; empty when the page says `nofollow`. */
  readonly links: readonly Link[];
  /** Target of a meta refresh, absolute. */
  readonly metaRefresh?: string;
  readonly repairs: readonly Repair[];
  /** How long a feed asks not to be fetched again, in milliseconds. */
  readonly ttlMs?: number;
  /** A feed's WebSub hub, and the feed's name there. */
  readonly hub?: { readonly url: string; readonly topic: string };
  /** The page's own AMP view (`<link rel=amphtml>`). */
  readonly ampUrl?: string;
  /** The page proper of which this one is a view or a later page; the first of `links` where the verdict says so. */
  readonly partOf?: string;
  /** Place of this page among the pages of its article, the first being 1; absent for an article of one page. */
  readonly pageNumber?: number;
  /** The highest number among the pages of its article that this page knows of; with `pageNumber`. */
  readonly pageLast?: number;
  /** What this page teaches of its site, when the input had a memory. */
  readonly observation?: Observation;
}
