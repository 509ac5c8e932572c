import { createHash } from 'node:crypto';
import { SearchInputError } from './errors.ts';
import type { SearchPlan } from './search-params.ts';

/** Where the next page begins. */
export type Cursor =
  /** Sort values of the last hit (Elasticsearch's `search_after`). */
  | { readonly type: 'after'; readonly values: readonly (string | number)[]; readonly snapshot?: string }
  /** Hits to skip: `search_after` cannot be combined with collapse. */
  | { readonly type: 'offset'; readonly offset: number };

type Search = Omit<SearchPlan, 'after' | 'highlight' | 'facets' | 'didYouMean' | 'lenient'>;

/** Elasticsearch's `max_result_window`: an offset costs the cluster that many sorted hits. */
export const offsetMax = 10_000;

/** Sort value of an article without a date: year 1. The default is -2^63, which JavaScript cannot write back exactly. */
export const undatedMs = -62_135_596_800_000;

/** A cursor belongs to one search: with another one it would skip hits silently. */
function fingerprint({ size: _, ...search }: Search): string {
  return createHash('sha256').update(JSON.stringify(search)).digest('base64url').slice(0, 8);
}

const searchOf = (plan: SearchPlan): Search => {
  const { after: _, highlight: __, facets: ___, didYouMean: ____, lenient: _____, ...search } = plan;
  return search;
};

/** Elasticsearch's id of a snapshot has some hundred characters per shard. */
const lengthMax = 8_000;

/** Opaque to clients: base64url of JSON. */
export function writeCursor(cursor: Cursor, plan: SearchPlan): string {
  const position = cursor.type === 'after' ? cursor.values : cursor.offset;
  const snapshot = cursor.type === 'after' && cursor.snapshot !== undefined ? [cursor.snapshot] : [];
  return Buffer.from(JSON.stringify([fingerprint(searchOf(plan)), position, ...snapshot])).toString('base64url');
}

/** @throws SearchInputError when it is damaged or belongs to another search. */
export function readCursor(text: string, search: Search): Cursor {
  const fail = (problem: string) =>
    new SearchInputError('cursor', text, problem, 'Leave it out to begin at the first page.');
  let content: unknown;
  try {
    content = text.length > lengthMax ? undefined : JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    content = undefined;
  }
  if (!Array.isArray(content) || content.length < 2 || content.length > 3) throw fail('is damaged');
  const [owner, position, snapshot] = content as [unknown, unknown, unknown];
  if (owner !== fingerprint(search)) throw fail('belongs to another search');
  if (search.collapse) {
    const valid = Number.isInteger(position) && (position as number) > 0 && (position as number) < offsetMax;
    if (!valid) throw fail('is damaged');
    return { type: 'offset', offset: position as number };
  }
  const sorted = search.sort === 'relevance' ? ['number', 'number', 'string'] : ['number', 'string'];
  // Of a snapshot Elasticsearch sorts by the place in the shard as well.
  const types =
    typeof snapshot === 'string' && Array.isArray(position) && position.length > sorted.length
      ? [...sorted, 'number']
      : sorted;
  const valid =
    Array.isArray(position) &&
    position.length === types.length &&
    position.every((value, at) => typeof value === types[at] && (typeof value === 'string' || Number.isFinite(value)));
  if (!valid || (typeof snapshot === 'string') !== search.snapshot) throw fail('is damaged');
  return {
    type: 'after',
    values: position as (string | number)[],
    ...(typeof snapshot === 'string' ? { snapshot } : {}),
  };
}
