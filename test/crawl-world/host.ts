/** How a host behaves; which one has which follows from its number, so that every run is the same. */
export const newsManners = [
  ...['rss', 'atom', 'json-feed', 'etag', 'liar', 'section', 'sitemap', 'news-sitemap', 'busy', 'slow', 'moved'],
  ...['crawl-delay', 'flaky', 'brotli', 'zstd', 'amp', 'calendar', 'facets'],
] as const;
/** Hosts that never bring news: they must cost nobody but themselves. */
export const badManners = ['loris', 'silent', 'endless', 'bomb', 'loop', 'cut', 'reset'] as const;

export type NewsManner = (typeof newsManners)[number];
export type BadManner = (typeof badManners)[number];
export type Manner = NewsManner | BadManner;

export const isBad = (manner: Manner): manner is BadManner => (badManners as readonly string[]).includes(manner);

/** A request as the server saw it; milliseconds of one clock. */
export interface LoggedRequest {
  readonly path: string;
  readonly at: number;
  /** When the last byte was handed to the network, or the connection was gone; 0 while it is open. */
  endAt: number;
  status: number;
  /** What the answer asked for by `Retry-After`. */
  retryAfterMs: number;
}

interface PublishedArticle {
  readonly at: number;
  fetchedAt?: number;
  fetches: number;
}

export interface WorldHost {
  readonly number: number;
  readonly name: string;
  readonly manner: Manner;
  readonly articles: PublishedArticle[];
  readonly log: LoggedRequest[];
  /** Requests for a feed, of which some are refused. */
  asked: number;
}

export const makeHost = (number: number): WorldHost => {
  const all: readonly Manner[] = [...newsManners, ...badManners];
  return {
    number,
    name: `h${number}.world${number % 20}.test`,
    manner: all[number % all.length] ?? 'rss',
    articles: [],
    log: [],
    asked: 0,
  };
};

const firstId = 10_000;
export const articlePath = (index: number): string => `/news/2026/06/01/${firstId + index}.html`;
/** The index of the article that a path is of. */
export function articleAt(path: string): number | undefined {
  const id = /^\/news\/2026\/06\/01\/(\d+)\.html$/.exec(path)?.[1];
  return id === undefined ? undefined : Number(id) - firstId;
}

/** A list shows this many of the newest: who looks too seldom misses some. */
const listLength = 40;
export const newestPaths = (host: WorldHost): string[] =>
  host.articles
    .map((_, index) => articlePath(index))
    .slice(-listLength)
    .reverse();
