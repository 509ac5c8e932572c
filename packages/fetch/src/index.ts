export { type CookieJar, createCookieJar } from './cookies.ts';
export { createFetcher, type Fetcher } from './fetcher.ts';
export {
  FETCH_FAILURES,
  type FetchFailureCode,
  type FetchOutcome,
  type RefusalCode,
  refusalCodeOf,
} from './outcome.ts';
export { createPoster, type Poster, type PosterConfig, type PostOutcome } from './poster.ts';
export { headerOf } from './response-headers.ts';
export { productToken, userAgent } from './user-agent.ts';
