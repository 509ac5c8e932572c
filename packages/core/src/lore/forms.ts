import { canonicalizeUrl } from '../url/index.ts';
import type { Lore } from './patterns.ts';

/** So many times a host must have shown which form it means … */
const shownMin = 3;
/** … and so seldom, in proportion, the other one. */
const againstShare = 10;

const indexFile = /\/(?:index|default)\.(?:s?html?|php|aspx?|jsp)$/i;

/**
 * What a redirect, or a page's own name for itself, teaches about the forms of a host's addresses: `/a` is `/a/`, the other
 * way round, or `/a/index.html` is `/a/`. Undefined where the two differ in more than that.
 */
export function formLesson(from: string, to: string): 'slash' | 'no-slash' | 'no-index' | undefined {
  if (from === to) return undefined;
  const [one, other] = [new URL(from), new URL(to)];
  if (one.host !== other.host || one.search !== other.search) return undefined;
  if (`${one.pathname}/` === other.pathname) return 'slash';
  if (one.pathname === `${other.pathname}/` && other.pathname !== '') return 'no-slash';
  return one.pathname.replace(indexFile, '/') === other.pathname ? 'no-index' : undefined;
}

/** The form of a URL that its host means, as far as it has been learned; the URL itself otherwise. */
export function preferredForm(lore: Lore, url: string): string {
  if (!lore.has('slash') && !lore.has('no-slash') && !lore.has('no-index')) return url;
  const parts = new URL(url);
  const { pathname } = parts;
  if (learned(lore, 'no-index') && indexFile.test(pathname)) parts.pathname = pathname.replace(indexFile, '/');
  else if (pathname.endsWith('/')) {
    if (pathname !== '/' && learned(lore, 'no-slash', 'slash')) parts.pathname = pathname.slice(0, -1);
  } else if (!pathname.slice(pathname.lastIndexOf('/')).includes('.') && learned(lore, 'slash', 'no-slash')) {
    parts.pathname = `${pathname}/`;
  }
  if (parts.pathname === pathname) return url;
  const preferred = canonicalizeUrl(parts.href);
  return 'url' in preferred ? preferred.url : url;
}

function learned(lore: Lore, form: string, against?: string): boolean {
  const shown = lore.get(form) ?? 0;
  return shown >= shownMin && (against === undefined || (lore.get(against) ?? 0) * againstShare < shown);
}
