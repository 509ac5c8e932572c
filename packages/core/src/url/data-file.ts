import { wordScan } from '../html/word-scan.ts';

/** A gzipped sitemap is no download. */
const SITEMAP = /(?:^|[/_.-])sitemap[\w.-]*\.(?:xml|txt)(?:\.gz)?$|\/(?:google-?)?news-?sitemap[\w.-]*\.xml(?:\.gz)?$/i;
const FEED =
  /\.(?:rss|atom|rdf)$|\/(?:feeds?|rss2?|atom)(?:\/(?:rss2?|atom|rdf|all|news)?)?$|\/(?:rss|feed|atom|index)\w{0,20}\.xml$|\/feed\.json$/i;
const FEED_QUERY = /[?&](?:feed=(?:rss2?|atom|rdf)|format=(?:rss|atom|feed)|alt=rss|type=rss)(?:&|$)/i;

/** No pattern above fits a path without one of these; most paths have none. */
const mayBe = wordScan(['sitemap rss atom rdf feed xml']);

/** Tells a sitemap or feed by its address. */
export function dataKind(pathname: string, search: string): 'sitemap' | 'feed' | undefined {
  if (search === '' && mayBe(pathname) === 0) return undefined;
  if (SITEMAP.test(pathname)) return 'sitemap';
  return FEED.test(pathname) || FEED_QUERY.test(search) ? 'feed' : undefined;
}

export function isDataFile(pathname: string): boolean {
  return mayBe(pathname) !== 0 && (SITEMAP.test(pathname) || FEED.test(pathname));
}
