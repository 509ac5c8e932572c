import { readMachineDate } from '../feed/machine-date.ts';
import { plainLine } from '../feed/text.ts';
import { rootNameOf, walkXml, type XmlElement, type XmlFailure } from '../feed/xml.ts';
import { canonicalizeUrl } from '../url/index.ts';

/** What a Google News sitemap says of an article. */
export interface SitemapNews {
  readonly title?: string;
  /** ISO 8601: an instant in UTC, or the day alone where no zone is named. */
  readonly publicationDate?: string;
  /** As written: `zh-cn`, `en`. */
  readonly language?: string;
}

export interface SitemapEntry {
  /** Canonical, absolute. */
  readonly url: string;
  /** As `publicationDate`. A hint only: many sites write the time of the request into it. */
  readonly lastmod?: string;
  readonly news?: SitemapNews;
}

export interface Sitemap {
  /** `index`: the entries are sitemaps themselves. */
  readonly kind: 'urlset' | 'index';
  readonly entries: readonly SitemapEntry[];
  /** There were more entries than are kept. */
  readonly cut: boolean;
}

export type SitemapFailure = XmlFailure | 'not_a_sitemap';

/** The protocol's own limit for one file (https://www.sitemaps.org/protocol.html). */
export const SITEMAP_ENTRIES_MAX = 50_000;

/** Tells a sitemap by its beginning. `text` is a list of URLs, one a line. */
export function sniffSitemap(text: string): 'urlset' | 'index' | 'text' | undefined {
  const root = rootNameOf(text);
  if (root === 'urlset') return 'urlset';
  if (root === 'sitemapindex') return 'index';
  const head = text.slice(0, 4_096).replace(/^\uFEFF/, '');
  return root === undefined && /^\s*https?:\/\/\S+\s*(?:\n|\r|$)/i.test(head) ? 'text' : undefined;
}

/**
 * Reads a sitemap, sitemap index, news sitemap or text sitemap. Nothing but the entries is kept in memory.
 * `baseUrl` is where it was fetched; the protocol wants absolute URLs, sites write others. Gzip has to be undone before.
 */
export function parseSitemap(
  text: string,
  baseUrl: string,
  entriesMax: number = SITEMAP_ENTRIES_MAX,
): Sitemap | { readonly failed: SitemapFailure } {
  const kind = sniffSitemap(text);
  if (kind === undefined) return { failed: 'not_a_sitemap' };
  const entries = new Map<string, SitemapEntry>();
  let cut = false;
  /** False when there is no room for another. */
  const add = ({ loc, ...rest }: Draft): boolean => {
    const url = loc === undefined ? undefined : canonicalUrl(loc, baseUrl);
    if (url === undefined || entries.has(url)) return true;
    if (entries.size >= entriesMax) {
      cut = true;
      return false;
    }
    entries.set(url, { url, ...rest });
    return true;
  };
  const failed = kind === 'text' ? readLines(text, add) : readXml(text, add);
  if (failed !== undefined) return { failed };
  return { kind: kind === 'index' ? 'index' : 'urlset', entries: [...entries.values()], cut };
}

interface Draft {
  loc?: string;
  lastmod?: string;
  news?: SitemapNews;
}

function readXml(text: string, add: (draft: Draft) => boolean): XmlFailure | undefined {
  let draft: Draft = {};
  return walkXml(text, {
    open(path) {
      const parent = path.at(-2);
      if (path.length === 2) draft = {};
      return parent !== undefined && path.length >= 3 && isWanted(path) ? 'text' : undefined;
    },
    close(path, value, whole) {
      const element = path.at(-1);
      if (element === undefined) return undefined;
      if (value !== undefined && whole) readField(draft, path, element, value);
      // Half an entry may have half a URL.
      if (path.length === 2 && whole && !add(draft)) return 'stop';
      return undefined;
    },
  });
}

/** `loc` and `lastmod` of the entry itself (`image:loc` is another matter), and what is inside `news:news`. */
function isWanted(path: readonly XmlElement[]): boolean {
  const [root, entry, third] = path;
  const element = path.at(-1);
  if (root === undefined || entry === undefined || third === undefined || element === undefined) return false;
  if (path.length === 3)
    return (element.name === 'loc' || element.name === 'lastmod') && element.prefix === root.prefix;
  return third.name === 'news' && ['title', 'publication_date', 'language'].includes(element.name);
}

function readField(draft: Draft, path: readonly XmlElement[], { name }: XmlElement, value: string): void {
  if (path.length === 3) {
    if (name === 'loc') draft.loc ??= value;
    const lastmod = name === 'lastmod' ? readMachineDate(value) : undefined;
    if (lastmod !== undefined) draft.lastmod ??= lastmod;
    return;
  }
  const news: { -readonly [Key in keyof SitemapNews]: SitemapNews[Key] } = { ...draft.news };
  const date = name === 'publication_date' ? readMachineDate(value) : undefined;
  const line = plainLine(value);
  if (name === 'title' && line !== undefined) news.title ??= line;
  if (name === 'language' && line !== undefined) news.language ??= line.slice(0, 35);
  if (date !== undefined) news.publicationDate ??= date;
  draft.news = news;
}

function readLines(text: string, add: (draft: Draft) => boolean): undefined {
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const loc = text.slice(at, Math.min(end, at + 4_096)).trim();
    if (/^https?:\/\//i.test(loc) && !add({ loc })) return undefined;
    at = end + 1;
  }
  return undefined;
}

function canonicalUrl(loc: string, baseUrl: string): string | undefined {
  const written = loc.trim();
  // `&amp;amp;` is what a twice-escaping CMS makes of every `&`.
  const result = written === '' ? undefined : canonicalizeUrl(written.replaceAll('&amp;', '&'), baseUrl);
  return result !== undefined && 'url' in result ? result.url : undefined;
}
