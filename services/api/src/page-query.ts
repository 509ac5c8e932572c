import type { RawQuery } from './read-search-params.ts';

/** A change of the address: `undefined` removes the name. */
export type Change = Readonly<Record<string, string | readonly string[] | undefined>>;

export const valuesOf = (query: RawQuery, name: string): string[] =>
  [query[name] ?? []].flat().filter((value) => value !== '');

/** The query as an address of the search page with the change made. Always from the first page on. */
export function linkTo(query: RawQuery, change: Change): string {
  const next = new URLSearchParams();
  const merged: Change = { ...query, cursor: undefined, ...change };
  for (const [name, value] of Object.entries(merged)) {
    for (const each of [value ?? []].flat()) if (each !== '') next.append(name, each);
  }
  const text = next.toString();
  return text === '' ? '/' : `/?${text}`;
}

/** With one value more, or less if it is there. */
export function linkToggling(query: RawQuery, name: string, value: string): string {
  const values = valuesOf(query, name);
  const has = values.includes(value);
  return linkTo(query, { [name]: has ? values.filter((each) => each !== value) : [...values, value] });
}
