import type { Link } from '../page.ts';
import { parseFeed } from './parse-feed.ts';

/** A feed's items as links, in its order; its next page, if it is a paged one, comes last. Empty for what is no feed. */
export function feedLinks(text: string, url: string): Link[] {
  const feed = parseFeed(text, url);
  if ('failed' in feed) return [];
  const links: Link[] = feed.items.map((item) => ({
    url: item.url,
    kind: 'article',
    ...(item.title === undefined ? {} : { text: item.title }),
    ...(item.datePublished === undefined ? {} : { datePublished: item.datePublished }),
  }));
  if (feed.nextUrl !== undefined && feed.nextUrl !== url) links.push({ url: feed.nextUrl, kind: 'feed' });
  return links;
}
