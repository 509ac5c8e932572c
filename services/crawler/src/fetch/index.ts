export type { Address, ResolveName } from './connect.ts';
export { type CookieJar, createCookieJar } from './cookies.ts';
export { createFetcher, type Fetcher, type FetcherConfig, type FetchOptions } from './fetcher.ts';
export {
  FETCH_FAILURES,
  type FetchFailureCode,
  type FetchOutcome,
  type Hop,
  type RefusalCode,
  refusalCodeOf,
} from './outcome.ts';
export { headerOf, RETRY_AFTER_MS_MAX } from './response-headers.ts';
