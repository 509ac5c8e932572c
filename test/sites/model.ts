import type { ExtractedArticle } from '../../packages/contracts/src/article.ts';
import type { NotArticleReason } from '../../packages/core/src/page.ts';

/** The parts of an article that a fixture page shows. `contributors` has no order; the other lists do. */
export type ExpectedArticle = Partial<Omit<ExtractedArticle, 'body' | 'url' | 'site'>> & {
  readonly headline: string;
  /** The body split at blank lines, exact. */
  readonly bodyParagraphs: readonly string[];
};

/** Why a URL ends without an article although no page was looked at. */
type FetchReason =
  | 'http_404'
  | 'http_410'
  /** 500: worth a retry, and given up at last. */
  | 'http_error'
  | 'robots_disallowed'
  /** 301, 302, 307, 308: the target is the one that counts. */
  | 'redirected'
  | 'redirect_loop';

/** Why a URL must not even be accepted: it never appears in the ledger. */
type NeverReason =
  /** It is linked with rel=nofollow only. */
  | 'nofollow'
  /** It is linked from a page whose robots meta says nofollow only. */
  | 'nofollow_page'
  /** It differs from another URL only in tracking parameters or in its fragment. */
  | 'tracking_duplicate';

export type SkipReason = NotArticleReason | FetchReason;

export type Expectation =
  | {
      readonly outcome: 'indexed';
      readonly article: ExpectedArticle;
      /** Copies of one story share it, over all sites. */
      readonly story: string;
      /** The page is damaged beyond exact repair: the body is right if so large a share of its characters is wrong. */
      readonly characterErrorMax?: number;
    }
  | {
      readonly outcome: 'skipped';
      readonly reason: SkipReason;
      /** Reasons that are as right: some pages are poor in more than one way. */
      readonly also?: readonly SkipReason[];
      /** Where a redirect leads. */
      readonly target?: string;
    }
  | { readonly outcome: 'never'; readonly reason: NeverReason; readonly canonical?: string };

export type Expected = Expectation & { readonly url: string };

export type Encoding = 'gzip' | 'br' | 'zstd';

export interface SitePage {
  /** Path with query, as requested: the key of the page on its site. */
  readonly path: string;
  readonly contentType: string;
  /** Called once; what it returns is kept. */
  readonly body: () => Uint8Array;
  /** 200 unless given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** ISO 8601: sent as `Last-Modified`, and `If-Modified-Since` is then answered. */
  readonly lastModified?: string;
  /** Sends an `ETag` and answers `If-None-Match`. */
  readonly etag?: 'strong' | 'weak';
  /** The second half of the body is held back for this long. */
  readonly delayMs?: number;
  /** Sent in this encoding whatever the client accepts; otherwise gzip or br if the site has `compress`. */
  readonly encoding?: Encoding;
  /** What is to become of the URL. Absent for robots.txt and assets. */
  readonly expected?: Expectation;
  /** The body is a gzip file (a packed sitemap), not a compressed transfer. */
  readonly packed?: boolean;
  /** How the body's text was turned into bytes: `utf-8` unless given. */
  readonly charset?: Charset;
}

export type Charset = 'utf-8' | 'gb18030' | 'big5';

export interface Site {
  readonly host: string;
  readonly name: string;
  /** What an operator would add: the first URLs of a crawl. */
  readonly seeds: readonly string[];
  readonly pages: readonly SitePage[];
  /** Paths that pages link to and that are meant to answer 404. */
  readonly dead: readonly string[];
  /** Encodings offered to clients that accept them. */
  readonly compress?: readonly Encoding[];
}
