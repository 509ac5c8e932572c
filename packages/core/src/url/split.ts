/** Path and query of an address, without the cost of a URL object. */
export interface UrlParts {
  readonly pathname: string;
  /** With its `?`; empty when there is none. */
  readonly search: string;
}

/** Cuts a canonical http(s) URL (see `canonicalizeUrl`): what `new URL` would say, by three searches for a character. */
export function splitCanonical(url: string): UrlParts {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const query = url.indexOf('?', start);
  if (query < 0) return { pathname: url.slice(start), search: '' };
  return { pathname: url.slice(start, query), search: url.slice(query) };
}
