import { splitCanonical } from '../url/index.ts';

/**
 * What names a single article in its address, wherever on the site that stands: its last part, if that has many words or
 * a long number, with all other numbers around it (dates, ids, pages), since what comes every day has another date.
 * Undefined where the last part could be anything's name.
 */
export function slugOf(url: string): string | undefined {
  const { pathname, search } = splitCanonical(url);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const last =
    segments
      .pop()
      ?.replace(/\.\w{2,5}$/, '')
      .toLowerCase() ?? '';
  const words = last.split(/[-_]/).filter((word) => /\p{L}/u.test(word)).length;
  const isName = (words >= 4 && last.length >= 20) || (words >= 2 && /\d{5,}/.test(last));
  if (!isName) return undefined;
  const numbers = [...segments, search].flatMap((part) => part.match(/\d+/g) ?? []);
  return [last, ...numbers].join(' ');
}
