import type { LinkKind } from '@newsmill/contracts';

/** Lists come first, because they tell what is new; all in milliseconds of head start. */
const headStartMs: Record<LinkKind, number> = {
  feed: 3 * 86_400_000,
  sitemap: 2 * 86_400_000,
  section: 86_400_000,
  article: 0,
};

/** News of the last days are ahead of an archive of years. */
const freshMs = 2 * 86_400_000;

/**
 * Where a URL that is due stands in its host's line: a smaller number is earlier. A URL is never ahead of its own due
 * time by it, since only what is due now gets a head start.
 */
export function dueScore(
  row: { readonly kind: LinkKind; readonly dueAt?: number; readonly datePublished?: string },
  now: number,
): number | undefined {
  if (row.dueAt === undefined) return undefined;
  if (row.dueAt > now) return row.dueAt;
  const published = row.datePublished === undefined ? Number.NaN : Date.parse(row.datePublished);
  const fresh = now - published < freshMs ? 3_600_000 : 0;
  return row.dueAt - headStartMs[row.kind] - fresh;
}
