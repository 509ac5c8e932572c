import { z } from 'zod';

/** What an operator adds: one site, by any page, feed or sitemap of it. */
export const source = z.strictObject({
  /** Made from the URL; stays the same when it is added again. */
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, 'a source id is 1-80 of a-z 0-9 . _ - and starts with a letter or digit'),
  name: z.string().min(1).max(200),
  /** The first URL; more are found from it. */
  url: z.url({ protocol: /^https?$/ }),
  /** Only URLs under this registrable domain (or, for an IP address, this very host) belong to the source. */
  domain: z.string().min(1),
  addedAt: z.iso.datetime(),
  /** A one-off crawl ends; a standing source is looked at again and again. */
  mode: z.enum(['standing', 'once']),
  /** Fetches allowed in all, for a one-off crawl. */
  pagesMax: z.int().positive().optional(),
  /** Links away from `url` that are still followed. */
  depthMax: z.int().nonnegative().default(8),
});

export type Source = z.infer<typeof source>;
