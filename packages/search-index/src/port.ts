import type { Article } from '@newsmill/contracts';
import type { Arrival, ArrivalRange } from './arrivals.ts';
import type { Completion } from './complete.ts';
import type { Facets } from './facets.ts';
import type { SearchParams } from './search-params.ts';

/**
 * The index of articles, one document per article under the article's id. The weaker contract is the contract: a write
 * can be searched after `refresh()` or after the refresh interval, ranking is a matter of the backend, and a search finds
 * at least the documents that hold every word of it.
 */
export interface ArticleIndex {
  /**
   * Creates what is missing (template, first index, alias) and adds fields that the live mapping lacks. Safe to call any
   * number of times from any number of processes at once.
   * @throws IndexMismatchError when the live index cannot be brought to the code's mapping in place.
   */
  ensure(): Promise<EnsureReport>;
  /** Tells where the live mapping and analysis differ from the code's; empty when they agree. */
  checkIndex(): Promise<string[]>;
  /**
   * Writes each article over an older or equally old one of the same id (`fetchedAt` decides). Resolves once every document
   * has an answer of its own, in the order given; it does not retry.
   * @throws IndexWriteError when the request as a whole failed.
   */
  write(articles: readonly Article[], options?: WriteOptions): Promise<ItemVerdict[]>;
  /**
   * The newest written state, also before a refresh; undefined when there is none.
   * @throws SearchUnavailableError when there is no answer; so do the others that read.
   */
  get(id: string): Promise<StoredArticle | undefined>;
  /** @throws SearchInputError for input that cannot be searched, SearchUnavailableError when there is no answer. */
  search(params: SearchParams, options?: { readonly signal?: AbortSignal }): Promise<SearchResult>;
  /**
   * Articles on the same thing, the likest first, none of the same cluster; undefined when there is no such article.
   * @throws SearchInputError for a size that is not 1 to 20.
   */
  similar(
    id: string,
    options?: { readonly size?: number; readonly signal?: AbortSignal },
  ): Promise<SearchHit[] | undefined>;
  /**
   * Headlines that hold the words of `beginning` in order, the last one begun.
   * @throws SearchInputError for a beginning of over 100 characters or a size that is not 1 to 20.
   */
  complete(
    beginning: string,
    options?: { readonly size?: number; readonly signal?: AbortSignal },
  ): Promise<Completion[]>;
  /**
   * Articles that match and came in first within `range`, the first first; at most `arrivalsMax`. Seen only once a search
   * can see them, which may be minutes after `firstIndexedAt`.
   * @throws SearchInputError for a search that is none
   */
  arrivals(params: SearchParams, range: ArrivalRange, options?: { readonly signal?: AbortSignal }): Promise<Arrival[]>;
  /** Documents that a search can see now. */
  count(): Promise<number>;
  /** Makes all that was written before visible to searches. */
  refresh(): Promise<void>;
  /** Whether the backend answers and the index is there; for health checks. Never throws. */
  ping(): Promise<{ readonly ok: boolean; readonly detail: string }>;
  /** Deletes index, alias and template: for tests and `newsmill down --purge`. */
  drop(): Promise<void>;
}

export interface EnsureReport {
  /** True when this very call created the index. */
  readonly created: boolean;
  readonly index: string;
  /** Fields that were added to a live mapping. */
  readonly added: readonly string[];
}

export interface WriteOptions {
  readonly signal?: AbortSignal;
  /** For the request; Elasticsearch may still finish it afterwards. */
  readonly timeoutMs?: number;
}

export type ItemVerdict =
  | { readonly type: 'indexed' }
  /** A newer state of this article is in the index already: nothing to do. */
  | { readonly type: 'stale' }
  /** This document can never be written as it is. */
  | { readonly type: 'rejected'; readonly status: number; readonly reason: string }
  /** Not now: write queue full, index blocked or missing, shard away. */
  | { readonly type: 'retry'; readonly status: number; readonly reason: string };

export interface StoredArticle {
  readonly article: Article;
  /** Changes with every write of this article; usable as an ETag. */
  readonly revision: string;
}

/** The article without its long fields. */
export type ArticleSummary = Omit<Article, 'body' | 'bodyHtml' | 'provenance' | 'fingerprint'>;

export interface Highlights {
  /** The whole field with marks; absent when nothing in it matched. */
  readonly headline?: string;
  readonly alternativeHeadline?: string;
  readonly description?: string;
  /** Up to three fragments, the best first; the beginning of the text when nothing in it matched. */
  readonly body?: readonly string[];
}

export interface SearchHit {
  readonly id: string;
  /** Only with sort=relevance. */
  readonly score?: number;
  readonly article: ArticleSummary;
  readonly highlights: Highlights;
  /** Articles of the same cluster that match, this one included; only with `collapse`. */
  readonly copies?: number;
  /** Of those the one that was first; only with `collapse`. */
  readonly first?: Pick<Article, 'id' | 'url' | 'headline' | 'site' | 'datePublished' | 'datePublishedPrecision'>;
}

export interface SearchResult {
  /** Articles that match; counted up to 10,000. */
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly hits: readonly SearchHit[];
  /** Give it back as `cursor` for the next page; absent on the last one. */
  readonly nextCursor?: string;
  /** Counts of what was asked for; on the first page. */
  readonly facets?: Facets;
  /** The query as it may have been meant; when asked for and something in it is unknown to the index. */
  readonly didYouMean?: string;
  /** True when the time limit or a missing shard cut the search short. */
  readonly partial: boolean;
  readonly tookMs: number;
}
