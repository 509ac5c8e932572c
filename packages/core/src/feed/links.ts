import type { Link } from '../page.ts';
import { parseFeed } from './parse-feed.ts';

/** What a feed says to whoever follows it. */
export interface FeedPage {
  /** Its items, in its order; its next page, if it is a paged one, comes last. Empty for what is no feed. */
  readonly links: readonly Link[];
  /** How long it asks not to be fetched again, in milliseconds. */
  readonly ttlMs?: number;
  /** WebSub: the hub that tells of its changes, and what the feed is called there (https://www.w3.org/TR/websub/#discovery). */
  readonly hub?: { readonly url: string; readonly topic: string };
}

export function readFeedPage(text: string, url: string): FeedPage {
  const feed = parseFeed(text, url);
  if ('failed' in feed) return { links: [] };
  const links: Link[] = feed.items.map((item) => ({
    url: item.url,
    kind: 'article',
    ...(item.title === undefined ? {} : { text: item.title }),
    ...(item.author === undefined ? {} : { author: item.author }),
    ...(item.datePublished === undefined ? {} : { datePublished: item.datePublished }),
  }));
  if (feed.nextUrl !== undefined && feed.nextUrl !== url) links.push({ url: feed.nextUrl, kind: 'feed' });
  return {
    links,
    ...(feed.ttlMs === undefined ? {} : { ttlMs: feed.ttlMs }),
    ...(feed.hubUrl === undefined ? {} : { hub: { url: feed.hubUrl, topic: feed.selfUrl ?? url } }),
  };
}
