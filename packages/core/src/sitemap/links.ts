import type { Link } from '../page.ts';
import { guessLinkKind } from '../url/index.ts';
import { parseSitemap, type SitemapEntry } from './parse-sitemap.ts';

/**
 * A sitemap's entries as links, newest first, so that a cap cuts off the old ones. Those of an index are sitemaps, those with
 * a news extension articles; of others the address tells. Empty for what is no sitemap.
 */
export function sitemapLinks(text: string, url: string): Link[] {
  const sitemap = parseSitemap(text, url);
  if ('failed' in sitemap) return [];
  const dated = sitemap.entries.map((entry) => ({ entry, date: entry.news?.publicationDate ?? entry.lastmod ?? '' }));
  // ISO 8601 sorts as text; entries without a date keep their order behind the others.
  dated.sort((a, b) => (a.date === b.date ? 0 : a.date < b.date ? 1 : -1));
  return dated.map(({ entry }) => linkOf(entry, sitemap.kind === 'index'));
}

function linkOf({ url, news, lastmod }: SitemapEntry, isIndex: boolean): Link {
  return {
    url,
    kind: isIndex ? 'sitemap' : news === undefined ? guessLinkKind(url) : 'article',
    ...(news?.title === undefined ? {} : { text: news.title }),
    ...(lastmod === undefined ? {} : { dateModified: lastmod }),
    ...(news?.publicationDate === undefined ? {} : { datePublished: news.publicationDate }),
  };
}
