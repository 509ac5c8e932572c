import type { UrlRefusal } from './refusal.ts';
import { isTrackingParameter, withoutPathSession } from './tracking.ts';

/** Longest canonical URL that is kept, in characters: what the sitemap protocol and most servers take. */
export const URL_LENGTH_MAX = 2_000;
/** Longest text that is parsed at all; `data:` URLs of megabytes stand in real pages. */
const INPUT_LENGTH_MAX = 16_384;
const HOST_LENGTH_MAX = 253;
const LABEL_LENGTH_MAX = 63;

export type CanonicalizeResult = { readonly url: string } | { readonly refused: UrlRefusal };

/**
 * Brings a URL into the one form under which it is known: WHATWG parsing, http(s) only, no userinfo, no fragment, no
 * default port, no trailing dot of the host, percent-encoding normalised (RFC 3986 §6.2.2), tracking parameters and session ids dropped.
 * The order of parameters and index files stay: some servers care. Idempotent. `base` is an absolute URL.
 */
export function canonicalizeUrl(input: string, base?: string): CanonicalizeResult {
  if (input.length > INPUT_LENGTH_MAX) return { refused: schemeLooksForeign(input) ? 'scheme' : 'url-too-long' };
  const url = URL.parse(input, base);
  if (url === null) return { refused: 'url-invalid' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { refused: 'scheme' };
  if (url.username !== '' || url.password !== '') return { refused: 'userinfo' };

  const host = canonicalHost(url.hostname);
  if (host === undefined) return { refused: 'url-invalid' };
  const port = url.port === '' ? '' : `:${url.port}`;
  const path = canonicalPath(url);
  const query = canonicalQuery(url.search);
  const text = `${url.protocol}//${host}${port}${path}${query}`;
  if (text.length > URL_LENGTH_MAX) return { refused: 'url-too-long' };
  if (host.length > LABEL_LENGTH_MAX && (host.length > HOST_LENGTH_MAX || hasLongLabel(host))) {
    return { refused: 'host-too-long' };
  }
  return { url: text };
}

const hasLongLabel = (host: string): boolean => host.split('.').some((label) => label.length > LABEL_LENGTH_MAX);

function schemeLooksForeign(input: string): boolean {
  const scheme = /^\s{0,16}([a-z][a-z0-9+.-]{0,32}):/i.exec(input)?.[1]?.toLowerCase();
  return scheme !== undefined && scheme !== 'http' && scheme !== 'https';
}

/** One trailing dot only says "this name is absolute"; an empty label anywhere else is no name. */
function canonicalHost(hostname: string): string | undefined {
  const host = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  if (host.startsWith('[')) return host;
  return host === '' || host.startsWith('.') || host.endsWith('.') || host.includes('..') ? undefined : host;
}

/** What is left of a path without its session id may be a dot segment or escaped again, so it goes round until nothing changes. */
function canonicalPath(url: URL): string {
  const path = withoutPathSession(normalizePercent(url.pathname));
  if (path === url.pathname) return path;
  const next = new URL('http://host/');
  next.pathname = path;
  return canonicalPath(next);
}

/** What is kept of a query; `search` has its `?`. */
export function canonicalQuery(search: string): string {
  if (search.length < 2) return '';
  const kept: string[] = [];
  for (const pair of search.slice(1).split('&').map(normalizePercent)) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals === -1 ? pair : pair.slice(0, equals);
    const value = equals === -1 ? '' : pair.slice(equals + 1);
    if (!isTrackingParameter(name, value)) kept.push(pair);
  }
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/**
 * Upper-case hex, and no escapes of characters that need none. In text with a `%` that starts no escape nothing is
 * unescaped: `%4%31` would become `%41`, another URL.
 */
export function normalizePercent(text: string): string {
  if (!text.includes('%')) return text;
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return text.replace(/%[0-9a-fA-F]{2}/g, (code) => code.toUpperCase());
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9._~-]/.test(char) ? char : `%${hex.toUpperCase()}`;
  });
}
