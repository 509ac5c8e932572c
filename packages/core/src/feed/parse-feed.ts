import type { Feed, FeedFailure, FeedFormat } from './feed.ts';
import { parseJsonFeed } from './json-feed.ts';
import { rootNameOf } from './xml.ts';
import { parseXmlFeed } from './xml-feed.ts';

const BY_ROOT: Readonly<Record<string, FeedFormat>> = { rss: 'rss', rdf: 'rdf', feed: 'atom', channel: 'rss' };
/** Where a JSON Feed says what it is; keys may come in any order, but `items` is long and `version` first by habit. */
const JSON_HEAD_LENGTH = 4_096;

/** Tells a feed by its beginning, whatever its Content-Type says: many are served as HTML. */
export function sniffFeed(text: string): FeedFormat | undefined {
  const start = text
    .slice(0, 64)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (start.startsWith('{')) {
    const version = /"version"\s{0,8}:\s{0,8}"https?:(?:\\?\/){2}(?:www\.)?jsonfeed\.org(?:\\?\/)version/;
    return version.test(text.slice(0, JSON_HEAD_LENGTH)) || version.test(text.slice(-JSON_HEAD_LENGTH))
      ? 'json'
      : undefined;
  }
  const root = rootNameOf(text);
  return root === undefined ? undefined : BY_ROOT[root];
}

/**
 * Reads a feed of any common format. `baseUrl` is where it was fetched: relative links resolve against it.
 * Broken XML yields what can be read of it.
 */
export function parseFeed(text: string, baseUrl: string): Feed | { readonly failed: FeedFailure } {
  const format = sniffFeed(text);
  if (format === undefined) return { failed: 'not_a_feed' };
  if (format === 'json') return parseJsonFeed(text, baseUrl) ?? { failed: 'not_a_feed' };
  return parseXmlFeed(text, baseUrl);
}
