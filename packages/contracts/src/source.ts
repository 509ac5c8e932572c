import { z } from 'zod';

/** A path pattern as robots.txt has them: a prefix of path and query, `*` for anything, `$` at the end for the end. */
const pathPattern = z.string().regex(/^[/*]\S{0,499}$/, 'a path pattern starts with / or * and has no blanks');

/** A registrable domain or a host name, in lower case. */
const domainName = z
  .string()
  .regex(
    /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,10}$|^[0-9a-f:]{2,45}$/,
    'write a host name like news.example.com, without scheme or path',
  );

const startUrl = z.url({ protocol: /^https?$/ });

/** What an operator adds: one site, by any page, feed or sitemap of it. */
export const source = z.strictObject({
  /** Made from the URL; stays the same when it is added again. */
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, 'a source id is 1-80 of a-z 0-9 . _ - and starts with a letter or digit'),
  name: z.string().min(1).max(200),
  /** The first URL; more are found from it. */
  url: startUrl,
  /** Further first URLs: pages, feeds, sitemaps. They are fetched whatever `include` says. */
  urls: z.array(startUrl).max(20_000).optional(),
  /** Only URLs under this registrable domain (or, for an IP address, this very host) belong to the source. */
  domain: z.string().min(1),
  /** Further domains or hosts whose URLs belong to it. */
  domains: z.array(domainName).max(200).optional(),
  /** Only paths that one of these covers; feeds and sitemaps are exempt. */
  include: z.array(pathPattern).max(200).optional(),
  /** No paths that one of these covers. */
  exclude: z.array(pathPattern).max(200).optional(),
  addedAt: z.iso.datetime(),
  /** A one-off crawl ends; a standing source is looked at again and again. */
  mode: z.enum(['standing', 'once']),
  /** Fetches allowed in all, for a one-off crawl. */
  pagesMax: z.int().positive().optional(),
  /** URLs that may become known of it; what is found beyond is left where it is. */
  urlsMax: z.int().positive().optional(),
  /** Least pause between two requests to one of its hosts; the crawler's own setting if that is longer. */
  delayMs: z.int().nonnegative().max(600_000).optional(),
  /** Links away from `url` that are still followed. */
  depthMax: z.int().nonnegative().default(8),
});

export type Source = z.infer<typeof source>;
