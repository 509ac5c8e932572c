import {
  type FacetName,
  filterFields,
  SearchInputError,
  type SearchParams,
  type SortOrder,
} from '@newsmill/search-index';

/** A query string as fastify parses it: a repeated name becomes a list. */
export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

const listNames: readonly string[] = filterFields;
const plainNames = ['q', 'from', 'to', 'timeZone', 'cursor'] as const;
const flagNames = ['hasImages', 'removed', 'collapse', 'snapshot', 'didYouMean'] as const;
const otherNames = ['sort', 'size', 'facets', 'highlight'] as const;
const known: readonly string[] = [...plainNames, ...listNames, ...flagNames, ...otherNames];

/**
 * Reads a search from a query string. An empty value counts as absent, as a form sends it.
 * @throws SearchInputError also for a name that is not known, so that a typing error does not go unnoticed
 */
export function readSearchParams(query: RawQuery): SearchParams {
  refuseUnknown(query, known);
  const plain = plainNames.flatMap((name) => {
    const value = one(query, name);
    return value === undefined ? [] : [[name, value]];
  });
  const lists = listNames.flatMap((name) => {
    const values = [query[name] ?? []].flat().filter((value) => value !== '');
    return values.length === 0 ? [] : [[name, values]];
  });
  const flags = flagNames.flatMap((name) => {
    const value = flag(query, name);
    return value === undefined ? [] : [[name, value]];
  });
  const [sort, size] = [one(query, 'sort'), one(query, 'size')];
  // `facets=site,year` and `facets=site&facets=year` alike.
  const facets = [query.facets ?? []].flat().flatMap((names) => names.split(',').filter((name) => name !== ''));
  return {
    ...Object.fromEntries([...plain, ...lists, ...flags]),
    ...(facets.length === 0 ? {} : { facets: facets as FacetName[] }),
    // What is not an order or a number is refused with the rest of the plan.
    ...(sort === undefined ? {} : { sort: sort as SortOrder }),
    ...(size === undefined ? {} : { size: readSize(size) }),
    ...(flag(query, 'highlight') === false ? { highlight: false } : {}),
  };
}

/** @throws SearchInputError for a name that is not among the known ones. */
export function refuseUnknown(query: RawQuery, names: readonly string[]): void {
  const name = Object.keys(query).find((each) => !names.includes(each));
  if (name === undefined) return;
  throw new SearchInputError(name, [query[name] ?? ''].flat().join(' '), 'is unknown', `Use ${names.join(', ')}.`);
}

/** The only value of a name; an empty one counts as absent. */
export function one(query: RawQuery, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new SearchInputError(name, value.join(' '), 'is given more than once', 'Give it once.');
}

/** @throws SearchInputError for anything but digits. */
export function readSize(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new SearchInputError('size', text, 'is not a number', 'Write digits only.');
}

function flag(query: RawQuery, name: string): boolean | undefined {
  const value = one(query, name);
  if (value === undefined || value === 'true' || value === 'false')
    return value === undefined ? undefined : value === 'true';
  throw new SearchInputError(name, value, 'is neither true nor false', 'Use true or false.');
}
