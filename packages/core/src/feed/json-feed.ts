import type { Feed } from './feed.ts';
import { FeedBuilder } from './feed-builder.ts';

type Json = Readonly<Record<string, unknown>>;

/** JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/). Undefined if it is no such thing. */
export function parseJsonFeed(text: string, baseUrl: string): Feed | undefined {
  const feed = readJson(text);
  if (feed === undefined || !isJsonFeedVersion(feed.version) || !Array.isArray(feed.items)) return undefined;
  const builder = new FeedBuilder(baseUrl);
  for (const each of feed.items as unknown[]) {
    if (builder.isFull) break;
    if (!isObject(each)) continue;
    const id = textOf(each.id);
    builder.add({
      urls: [textOf(each.url), /^https?:\/\//i.test(id ?? '') ? id : undefined, textOf(each.external_url)],
      title: textOf(each.title),
      // 1.0 has one author, 1.1 a list.
      authors: [...(Array.isArray(each.authors) ? (each.authors as unknown[]) : []), each.author]
        .filter(isObject)
        .map(({ name }) => textOf(name)),
      published: textOf(each.date_published),
      modified: textOf(each.date_modified),
    });
  }
  const hubs = Array.isArray(feed.hubs) ? (feed.hubs as unknown[]).filter(isObject) : [];
  return builder.build('json', {
    title: textOf(feed.title),
    site: textOf(feed.home_page_url),
    self: textOf(feed.feed_url),
    next: textOf(feed.next_url),
    language: textOf(feed.language),
    hub: textOf(hubs.find(({ type }) => textOf(type)?.toLowerCase() === 'websub')?.url),
  });
}

function isJsonFeedVersion(version: unknown): boolean {
  return typeof version === 'string' && /^https?:\/\/(?:www\.)?jsonfeed\.org\/version\//.test(version);
}

function readJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Some feeds write numbers where the format wants text. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toWellFormed() : typeof value === 'number' ? String(value) : undefined;
}
