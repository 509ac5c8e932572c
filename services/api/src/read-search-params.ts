import { filterFields, SearchInputError, type SearchParams, type SortOrder } from '@newsmill/search-index';

/** A query string as fastify parses it: a repeated name becomes a list. */
export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

const listNames: readonly string[] = filterFields;
const plainNames = ['q', 'from', 'to', 'timeZone', 'cursor'] as const;
const otherNames = ['sort', 'size', 'collapse', 'highlight'] as const;
const known: readonly string[] = [...plainNames, ...otherNames, ...listNames];

/**
 * Reads a search from a query string. An empty value counts as absent, as a form sends it.
 * @throws SearchInputError also for a name that is not known, so that a typing error does not go unnoticed
 */
export function readSearchParams(query: RawQuery): SearchParams {
  for (const name of Object.keys(query)) {
    if (!known.includes(name))
      throw new SearchInputError(name, one(query, name) ?? '', 'is unknown', `Use ${known.join(', ')}.`);
  }
  const plain = plainNames.flatMap((name) => {
    const value = one(query, name);
    return value === undefined ? [] : [[name, value]];
  });
  const lists = listNames.flatMap((name) => {
    const values = [query[name] ?? []].flat().filter((value) => value !== '');
    return values.length === 0 ? [] : [[name, values]];
  });
  const [sort, size] = [one(query, 'sort'), one(query, 'size')];
  return {
    ...Object.fromEntries([...plain, ...lists]),
    // What is not an order or a number is refused with the rest of the plan.
    ...(sort === undefined ? {} : { sort: sort as SortOrder }),
    ...(size === undefined ? {} : { size: readSize(size) }),
    ...(flag(query, 'collapse') === true ? { collapse: true } : {}),
    ...(flag(query, 'highlight') === false ? { highlight: false } : {}),
  };
}

function one(query: RawQuery, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new SearchInputError(name, value.join(' '), 'is given more than once', 'Give it once.');
}

function readSize(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new SearchInputError('size', text, 'is not a number', 'Use 1 to 100.');
}

function flag(query: RawQuery, name: string): boolean | undefined {
  const value = one(query, name);
  if (value === undefined || value === 'true' || value === 'false')
    return value === undefined ? undefined : value === 'true';
  throw new SearchInputError(name, value, 'is neither true nor false', 'Use true or false.');
}
