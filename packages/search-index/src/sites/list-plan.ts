import { SearchInputError } from '../errors.ts';
import { withoutInvisible } from '../query-parser.ts';
import type { SiteListParams } from './port.ts';

const sizeMax = 100;
const queryMax = 100;

export interface SiteListPlan {
  readonly q: string;
  readonly size: number;
  /** Articles and id of the last site of the page before. */
  readonly after: readonly [number, string] | undefined;
}

/** @throws SearchInputError */
export function planSiteList({ q = '', size = 20, cursor }: SiteListParams): SiteListPlan {
  if (q.length > queryMax) {
    throw new SearchInputError('q', q, `is ${q.length} characters long`, `Use at most ${queryMax}.`);
  }
  if (!Number.isInteger(size) || size < 1 || size > sizeMax) {
    throw new SearchInputError('size', String(size), 'is out of range', `Use 1 to ${sizeMax}.`);
  }
  return { q: withoutInvisible(q).trim(), size, after: cursor === undefined ? undefined : readCursor(cursor) };
}

export const siteCursor = ({ articles, id }: { readonly articles: number; readonly id: string }): string =>
  Buffer.from(JSON.stringify([articles, id])).toString('base64url');

function readCursor(text: string): readonly [number, string] {
  try {
    const [articles, id] = text.length > 1_000 ? [] : JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Number.isInteger(articles) && typeof id === 'string') return [articles, id];
  } catch {
    // Told below.
  }
  throw new SearchInputError('cursor', text, 'is damaged', 'Leave it out to begin at the first page.');
}
