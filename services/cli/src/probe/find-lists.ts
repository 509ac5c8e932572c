import { type Feed, type Link, type PageResult, parseFeed, parsePage, parseSitemap } from '@newsmill/core';
import type { Answer, PoliteClient } from './polite-client.ts';

/** Where feeds and sitemaps lie on sites that do not say. */
const feedPaths = ['/feed', '/rss.xml', '/feed.xml', '/rss', '/atom.xml', '/index.xml'];
const sitemapPaths = ['/sitemap.xml', '/news-sitemap.xml', '/sitemap_index.xml'];
const feedsMax = 6;
const sitemapsMax = 4;

export interface FoundFeed {
  readonly url: string;
  readonly format: Feed['format'];
  readonly title?: string;
  readonly items: number;
  /** ISO 8601, of the newest item. */
  readonly newest?: string;
  readonly ttlMs?: number;
  readonly hubUrl?: string;
}

export interface FoundSitemap {
  readonly url: string;
  readonly kind: 'index' | 'urlset' | 'news';
  readonly entries: number;
  readonly newest?: string;
}

/** What the search for lists works with. */
export interface Search {
  readonly client: PoliteClient;
  readonly first: Answer;
  readonly page: PageResult;
  /** What could not be read is told here. */
  readonly notes: string[];
  readonly onStep: (text: string) => void;
}

/** Feeds that the page names; those of the usual places only if it names none. Their items come as links. */
export async function findFeeds({ client, first, page, notes, onStep }: Search) {
  const found: FoundFeed[] = [];
  const links: Link[] = [];
  const read = (answer: Answer, result: PageResult): boolean => {
    const feed = parseFeed(textOf(answer, result), answer.page.url);
    if ('failed' in feed) return false;
    const newest = feed.items.flatMap((item) => item.datePublished ?? []).sort();
    links.push(...result.links.filter((link) => link.kind === 'article'));
    found.push({
      url: answer.page.url,
      format: feed.format,
      items: feed.items.length,
      ...present({ title: feed.title, newest: newest.at(-1), ttlMs: feed.ttlMs, hubUrl: feed.hubUrl }),
    });
    return true;
  };
  if (page.kind === 'feed') read(first, page);
  const named = page.links.filter((link) => link.kind === 'feed').map((link) => link.url);
  const usual = feedPaths.map((path) => new URL(path, first.page.url).href);
  const tried = new Set([first.page.url]);
  for (const url of [...named, ...usual]) {
    const isNamed = named.includes(url);
    if (found.length >= feedsMax || (!isNamed && found.length > 0)) break;
    if (tried.has(url)) continue;
    tried.add(url);
    onStep(`feed ${url}`);
    const answer = await client.get(url);
    if ('failed' in answer) {
      if (isNamed) notes.push(`${url}: ${answer.failed}`);
      continue;
    }
    if (found.some((one) => one.url === answer.page.url)) continue;
    if (!read(answer, parsePage(answer.page)) && isNamed) notes.push(`${url}: not a feed`);
  }
  return { found, links };
}

/** Sitemaps that robots.txt names, else those of the usual places; of an index its news sitemap, else its newest ones. */
export async function findSitemaps({ client, first, page, notes, onStep }: Search, fromRobots: readonly string[]) {
  const found: FoundSitemap[] = [];
  const links: Link[] = [];
  const tried = new Set<string>();
  /** Returns the sitemaps that it names, or undefined when it is none. */
  const read = (answer: Answer, result: PageResult): readonly string[] | undefined => {
    const sitemap = parseSitemap(textOf(answer, result), answer.page.url);
    if ('failed' in sitemap) return undefined;
    const isNews = sitemap.entries.some((entry) => entry.news !== undefined);
    const dates = sitemap.entries.flatMap((entry) => entry.news?.publicationDate ?? entry.lastmod ?? []).sort();
    const kind = isNews ? 'news' : sitemap.kind;
    found.push({ url: answer.page.url, kind, entries: sitemap.entries.length, ...present({ newest: dates.at(-1) }) });
    const articles = result.links.filter((link) => link.kind === 'article');
    if (isNews) links.unshift(...articles);
    else links.push(...articles);
    return result.links.filter((link) => link.kind === 'sitemap').map((link) => link.url);
  };
  const open = async (url: string, isNamed: boolean): Promise<void> => {
    if (found.length >= sitemapsMax || tried.has(url)) return;
    tried.add(url);
    onStep(`sitemap ${url}`);
    const answer = await client.get(url);
    const inner = 'failed' in answer ? undefined : read(answer, parsePage(answer.page));
    if (inner === undefined && isNamed) notes.push(`${url}: ${'failed' in answer ? answer.failed : 'not a sitemap'}`);
    const news = inner?.filter((each) => /news|latest|recent/i.test(each)) ?? [];
    for (const each of (news.length > 0 ? news : (inner ?? [])).slice(0, 2)) await open(each, true);
  };
  if (page.kind === 'sitemap') {
    tried.add(first.page.url);
    for (const each of (read(first, page) ?? []).slice(0, 2)) await open(each, true);
  }
  for (const line of fromRobots.slice(0, sitemapsMax)) {
    const url = URL.parse(line, first.page.url)?.href;
    if (url !== undefined) await open(url, true);
  }
  for (const path of sitemapPaths) {
    if (found.length > 0) break;
    await open(new URL(path, first.page.url).href, false);
  }
  return { found, links };
}

function textOf(answer: Answer, result: PageResult): string {
  return new TextDecoder(result.charset ?? 'utf-8').decode(answer.page.bytes);
}

/** Without the members that are undefined. */
function present<Members extends object>(members: Members): { [Key in keyof Members]?: NonNullable<Members[Key]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
