import type { ArticleSummary, SearchParams } from '@newsmill/search-index';

/** A search whose new finds are sent to an address. Never changed: who wants another one deletes it and makes a new one. */
export interface SavedSearch {
  readonly id: string;
  /** Name of the key that made it. */
  readonly owner: string;
  readonly name: string;
  /** What `GET /search` takes, without what concerns pages of hits. */
  readonly query: SearchParams;
  readonly webhook: string;
  /** Key of the signatures, told once: when the search is made. */
  readonly secret: string;
  readonly createdAt: string;
}

/** How far a saved search has come. */
export interface AlertState {
  /** What came into the index before is done, epoch milliseconds. */
  readonly fromMs: number;
  /** A delivery that has been made up and not yet been taken: it is sent again as it is until it is. */
  readonly pending?: PendingDelivery;
  /** Failed attempts in a row. */
  readonly failures: number;
  /** When somebody last looked for what has come in. */
  readonly lookedAtMs?: number;
  /** No attempt before. */
  readonly nextAtMs: number;
  readonly failingSinceMs?: number;
  /** Nothing is sent any more until somebody resumes it. */
  readonly suspended?: { readonly atMs: number; readonly reason: string };
  readonly deliveries: number;
  readonly articles: number;
  readonly deliveredAtMs?: number;
}

export interface PendingDelivery {
  /** The receiver can tell by it that it has seen this already. */
  readonly id: string;
  readonly content: string;
  /** What it holds: ids and when they came in. */
  readonly items: readonly (readonly [id: string, atMs: number])[];
  /** `fromMs` once it is taken. */
  readonly thenFromMs: number;
}

/** One attempt, for the log. */
export interface DeliveryAttempt {
  readonly at: string;
  readonly delivery: string;
  readonly articles: number;
  readonly attempt: number;
  readonly outcome: 'delivered' | 'failed';
  /** HTTP status of the receiver. */
  readonly status?: number;
  /** Why there is none. */
  readonly reason?: string;
  readonly tookMs: number;
}

/** What an alert tells of an article. */
export type AlertedArticle = Pick<
  ArticleSummary,
  | 'id'
  | 'url'
  | 'headline'
  | 'site'
  | 'datePublished'
  | 'description'
  | 'inLanguage'
  | 'origin'
  | 'clusterId'
  | 'clusterFirst'
  | 'firstIndexedAt'
>;

export const firstState = (now: number): AlertState => ({
  fromMs: now,
  failures: 0,
  nextAtMs: now,
  deliveries: 0,
  articles: 0,
});

/** Attempts that the log of a search keeps. */
export const logMax = 100;
export const searchesPerOwnerMax = 50;
/** In all: each costs the index a search at each look. */
export const searchesMax = 1_000;
