import type { LinkKind } from '@newsmill/contracts';

const day = 86_400_000;

/**
 * Lists come first, because they tell what is new; all in milliseconds of head start. Lists that are far from the source's
 * own page come last: they are many, and rarely the place where news appears.
 */
const headStartMs: Record<LinkKind | 'far-section', number> = {
  feed: 4 * day,
  sitemap: 3 * day,
  section: 2 * day,
  article: day,
  'far-section': 0,
};

/** Of a list that is due again. */
export const lookHeadStartMs = 3 * day;

/** News of the last days are ahead of an archive of years. */
const freshMs = 2 * day;

/** Links away from the source's own page from which on a section is a far one. */
const farDepth = 2;

export const isFarSection = (row: { readonly kind: LinkKind; readonly depth: number }): boolean =>
  row.kind === 'section' && row.depth >= farDepth;

/**
 * Where a URL that is due stands in its host's line: a smaller number is earlier. A URL is never ahead of its own due
 * time by it, since only what is due now gets a head start.
 */
export function dueScore(
  row: { readonly kind: LinkKind; readonly depth: number; readonly dueAt?: number; readonly datePublished?: string },
  now: number,
): number | undefined {
  if (row.dueAt === undefined) return undefined;
  if (row.dueAt > now) return row.dueAt;
  const published = row.datePublished === undefined ? Number.NaN : Date.parse(row.datePublished);
  const fresh = now - published < freshMs ? 3_600_000 : 0;
  return row.dueAt - headStartMs[isFarSection(row) ? 'far-section' : row.kind] - fresh;
}
