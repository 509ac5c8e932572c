import { gunzipSync } from 'node:zlib';
import { sites } from './expected.ts';
import type { Site, SitePage } from './model.ts';

/** What a page's text says, decoded by what its bytes really are. */
export function textOf(page: SitePage): string {
  const bytes = page.packed ? gunzipSync(page.body()) : page.body();
  return new TextDecoder(page.charset ?? 'utf-8', { fatal: true }).decode(bytes);
}

/** HTML text or attribute value → text. Only the entities that the templates write. */
export function plainText(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&nbsp;', '\u00A0')
    .replaceAll('&amp;', '&');
}

export interface FoundLink {
  readonly url: string;
  readonly nofollow: boolean;
  /** A picture, style sheet or script, which a crawler has no business with. */
  readonly isAsset: boolean;
}

const isText = (page: SitePage): boolean => page.packed === true || /html|xml|text\/plain/.test(page.contentType);

/** Every address that a page names: anchors, feeds, pictures, redirects, sitemap and feed entries. */
export function linksOf(site: Site, page: SitePage): FoundLink[] {
  const base = `http://${site.host}${page.path}`;
  const location = page.headers?.location;
  if (location) return [{ url: new URL(location, base).href, nofollow: false, isAsset: false }];
  if (!isText(page)) return [];
  const body = textOf(page);
  const nofollowPage = /<meta name="robots" content="[a-z,]*nofollow/.test(body);
  const found: FoundLink[] = [];
  const add = (target: string, nofollow: boolean, isAsset: boolean): void => {
    const address = plainText(target);
    if (/^(javascript|mailto):/.test(address) || address.startsWith('#')) return;
    const url = new URL(address, base);
    url.hash = '';
    found.push({ url: url.href, nofollow: nofollow || nofollowPage, isAsset });
  };
  for (const [tag] of body.matchAll(/<(?:a|link|img|script|video)\s[^<>]*>/gi)) {
    const target = /\s(?:href|src)="([^"]*)"/i.exec(tag)?.[1];
    if (target !== undefined)
      add(target, /rel="nofollow"/.test(tag), !/^<a\s|rel="(?:alternate|canonical)"/i.test(tag));
  }
  for (const [, target = ''] of body.matchAll(/<(?:loc|link)>([^<]+)</g)) add(target, false, false);
  for (const [, target = ''] of body.matchAll(/^Sitemap: (.+)$/gm)) add(target, false, false);
  for (const [, target = ''] of body.matchAll(/content="0;\s*url='?([^'"]+)/gi)) add(target, false, false);
  return found;
}

/** Everything that is found from the seeds by following links as a polite crawler may. */
export function reachable(seeds: readonly string[]): Set<string> {
  const pages = new Map(
    sites.flatMap((site) => site.pages.map((page) => [`http://${site.host}${page.path}`, { site, page }])),
  );
  const seen = new Set(seeds);
  const queue = [...seeds, ...sites.map((site) => `http://${site.host}/robots.txt`)];
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    const found = pages.get(url);
    const { expected } = found?.page ?? {};
    const isClosed = expected?.outcome === 'skipped' && expected.reason === 'robots_disallowed';
    if (!found || isClosed || expected?.outcome === 'never') continue;
    for (const link of linksOf(found.site, found.page)) {
      if (link.nofollow || link.isAsset || seen.has(link.url)) continue;
      seen.add(link.url);
      queue.push(link.url);
    }
  }
  return seen;
}
