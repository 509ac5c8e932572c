import type { SkipReason } from '@newsmill/contracts';
import { canonicalizeUrl, type Robots, type Scope } from '@newsmill/core';
import type { FoundUrl, TakenUrl } from '@newsmill/frontier';

/** Redirects in a row. */
export const hopsMax = 5;

/** Where a redirect leads, as a URL of the same source; or why it leads nowhere. */
export function redirectTarget(
  { row }: TakenUrl,
  location: string,
  scope: Scope,
): { readonly found: FoundUrl } | { readonly reason: SkipReason } {
  const target = canonicalizeUrl(location, row.url);
  if ('refused' in target) return { reason: 'http_other' };
  const hops = (row.hops ?? 0) + 1;
  if (hops > hopsMax || target.url === row.url) return { reason: 'too_many_redirects' };
  if (!scope(target.url, row.kind).inScope) return { reason: 'redirected_out_of_scope' };
  const { kind, sourceId, depth, standing, datePublished, headline, author } = row;
  return {
    found: {
      ...{ url: target.url, kind, sourceId, depth, standing, hops },
      ...(datePublished === undefined ? {} : { datePublished }),
      ...(headline === undefined ? {} : { headline }),
      ...(author === undefined ? {} : { author }),
    },
  };
}

/** Sitemaps that robots.txt names, as URLs of the source whose page led here. */
export function sitemapsOf(robots: Robots, { row }: TakenUrl, scope: Scope): FoundUrl[] {
  return robots.sitemaps.flatMap((line) => {
    const target = canonicalizeUrl(line, row.url);
    if ('refused' in target || !scope(target.url, 'sitemap').inScope) return [];
    return [{ url: target.url, kind: 'sitemap' as const, sourceId: row.sourceId, depth: 1, standing: row.standing }];
  });
}
