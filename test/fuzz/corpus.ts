import { gunzipSync } from 'node:zlib';
import { sites } from '../sites/expected.ts';

export interface Seed {
  readonly url: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** What the fixture sites serve: pages, feeds, sitemaps, robots.txt. */
export const served: readonly Seed[] = sites.flatMap((site) =>
  site.pages
    .filter(({ status = 200 }) => status === 200)
    .map((page) => {
      const body = page.body();
      const bytes = body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
      const text = new TextDecoder(page.charset ?? 'utf-8').decode(bytes);
      return { url: `http://${site.host}${page.path}`, contentType: page.contentType, bytes, text };
    })
    .filter(({ contentType, bytes }) => /text|xml|json/.test(contentType) && bytes.length > 0),
);

const like = (pattern: RegExp) => served.filter(({ text }) => pattern.test(text.slice(0, 500)));
export const pages = like(/<html/i);
export const lists = like(/<rss|<feed|<rdf|<urlset|<sitemapindex|jsonfeed/i);
export const robotsFiles: readonly string[] = [
  ...served.filter(({ url }) => url.endsWith('/robots.txt')).map(({ text }) => text),
  'User-agent: *\nDisallow: /a*b$\nAllow: /a/b\nCrawl-delay: 2\nSitemap: http://a.test/s.xml\n',
  'user-agent: newsmill\nuser-agent: other\nallow: /*.html$\ndisallow: /\n',
];
/** JSON-LD scripts of the pages, and some that sites get wrong. */
export const jsonLd: readonly string[] = [
  ...pages.flatMap(({ text }) =>
    [...text.matchAll(/<script type="application\/ld\+json">([^<]{1,20000})<\/script>/g)].map(
      (match) => match[1] ?? '',
    ),
  ),
  '{"@context":"https://schema.org","@graph":[{"@type":["NewsArticle","Article"],"@id":"#a","headline":"H","author":{"@id":"#p"}},{"@id":"#p","@type":"Person","name":"Anna Example"}]}',
  '[{"@type":"NewsArticle","articleBody":"Text\nof lines","datePublished":"2026-02-03",},]',
  '{&quot;@type&quot;:&quot;NewsArticle&quot;}',
];
export const urls: readonly string[] = [
  ...served.map(({ url }) => url),
  'http://www.example.com/a/b/../c?x=1&utm_source=y;jsessionid=1#f',
  'https://例え.example/路径/新闻.html?栏目=本地',
  'HTTP://User@WWW.Example.COM:80/%7ea/%41?b=%zz',
  '//cdn.example.com/a.html',
  '../news/2026/02/03/c.html',
  'http://[2001:db8::1]:8080/',
];
export const dates: readonly string[] = [
  '2026年2月3日 08:30',
  '民國115年2月3日',
  'Tue, 03 Feb 2026 08:30:00 +0800',
  '2026-02-03T08:30:00.123+08:00',
  '3 February 2026, 8.30 Uhr',
  '02/03/26 8:30 PM EST',
  '3小时前',
  'vor 2 Stunden',
  'yesterday at 5pm',
  '26-02-03 08:30',
  '1770079800',
  '二〇二六年二月三日',
];
