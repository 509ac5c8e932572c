import { shortHash } from '../memory/hash.ts';
import { splitCanonical } from '../url/index.ts';

/**
 * What a host has taught about its addresses: field → how often. Fields are `+<pattern>` and `-<pattern>` (pages of that
 * pattern that did and did not bring news) and those of forms.ts.
 */
export type Lore = ReadonlyMap<string, number>;

export const noLore: Lore = new Map();

/** Kinds of address of which so many pages in a row brought nothing are left alone … */
const barrenMin = 50;
/** … unless one in so many did. */
const fruitfulShare = 20;
/** For all addresses below one folder, of whatever kind, it takes more. */
const broadBarrenMin = 300;
const broadFruitfulShare = 100;

/**
 * The kinds of address that a canonical URL is of, the narrow one first: `/agenda/2026/06/01/` is of `/agenda/0/0/0/`
 * and of `/agenda/*`. With a query, its names count in the narrow one if there is one, else that there are several.
 */
export function addressPatterns(url: string): readonly [narrow: string, broad: string] {
  const { pathname, search } = splitCanonical(url);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const names = search.length > 1 ? new Set(search.slice(1).split('&').map(nameOf)) : new Set<string>();
  const query = names.size === 0 ? '' : names.size === 1 ? `?${[...names].join()}` : '?*';
  const folder = segments.length > 1 ? shapeOf(segments[0] ?? '') : '';
  const narrow = `/${segments.map(shapeOf).join('/')}${pathname.endsWith('/') ? '/' : ''}${query}`;
  const broad = names.size > 0 ? `/${segments.map(shapeOf).join('/')}?` : `/${folder}/*`;
  return [shortHash(narrow), shortHash(broad)];
}

const nameOf = (pair: string): string => shapeOf(pair.split('=', 1)[0] ?? '');

/** A folder's name stays, a number or the name of a single page does not. */
function shapeOf(segment: string): string {
  const text = segment.slice(0, 100).toLowerCase();
  if (text.length > 24 || text.split(/[-_]/).length > 3 || text.includes('%')) return '*';
  return text.replace(/\d+/g, '0');
}

/** Whether pages with addresses like this one have brought no news, again and again: a calendar, filters of filters. */
export function isBarren(lore: Lore, url: string): boolean {
  if (!hasBarren(lore)) return false;
  const [narrow, broad] = addressPatterns(url);
  return tooFew(lore, narrow, barrenMin, fruitfulShare) || tooFew(lore, broad, broadBarrenMin, broadFruitfulShare);
}

/** Most hosts have no such addresses, and every link of every page asks. */
function hasBarren(lore: Lore): boolean {
  const known = barrenOf.get(lore);
  if (known !== undefined) return known;
  let found = false;
  for (const [field, count] of lore) if (count >= barrenMin && field.startsWith('-')) found = true;
  barrenOf.set(lore, found);
  return found;
}

const barrenOf = new WeakMap<Lore, boolean>();

function tooFew(lore: Lore, pattern: string, min: number, share: number): boolean {
  const barren = lore.get(`-${pattern}`) ?? 0;
  return barren >= min && (lore.get(`+${pattern}`) ?? 0) * share < barren;
}

/** The fields to count up when a page was looked at for the first time. `fruitful`: it is an article, or brought some. */
export const patternLesson = (url: string, fruitful: boolean): string[] =>
  addressPatterns(url).map((pattern) => `${fruitful ? '+' : '-'}${pattern}`);
