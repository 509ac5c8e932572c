import { canonicalizeUrl, canonicalQuery, URL_LENGTH_MAX } from './canonicalize.ts';

/** Absolute and canonical form of a link as printed, or undefined when it leads nowhere we go. */
export type LinkResolver = (href: string) => string | undefined;

/** 1 in a path, 2 in a query, 4 in a host: characters that the URL parser leaves as they are and that mean nothing special. */
const plain = new Uint8Array(128);
for (const char of 'abcdefghijklmnopqrstuvwxyz0123456789-.') plain[char.charCodeAt(0)] = 7;
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_~!$*+,=:@/') plain[char.charCodeAt(0)] = 3;
for (const char of '&?;()[]|') plain[char.charCodeAt(0)] = 2;
plain['&'.charCodeAt(0)] = 3;

const inPath = 1;
const inQuery = 2;
const inHost = 4;

function all(text: string, from: number, to: number, bit: number): boolean {
  for (let at = from; at < to; at += 1) if (((plain[text.charCodeAt(at)] ?? 0) & bit) === 0) return false;
  return true;
}

/**
 * `canonicalizeUrl` for the many links of one page. Nearly all are plain: their canonical form is cut and joined from
 * what is printed, without a URL object. Whatever has an escape, a dot segment, a port, an upper-case host, … goes the
 * long way. `base` is an absolute URL.
 */
export function linkResolver(base: string): LinkResolver {
  const slow: LinkResolver = (href) => {
    const result = canonicalizeUrl(href, base);
    return 'url' in result ? result.url : undefined;
  };
  const own = originEnd(base);
  // A base that is not plain itself lends nothing to a link.
  const origin = own < 0 ? undefined : base.slice(0, own);
  const protocol = origin?.slice(0, origin.indexOf('/'));
  const folder = origin === undefined ? undefined : folderOf(base, own);
  return (href) => {
    const text = href.trim();
    const hash = text.indexOf('#');
    const end = hash < 0 ? text.length : hash;
    if (end === 0 || text.length > URL_LENGTH_MAX || origin === undefined) return slow(text);
    let prefix = origin;
    let from = 0;
    if (text.charCodeAt(0) === 47) {
      const second = text.charCodeAt(1);
      if (second === 92) return slow(text);
      if (second === 47) {
        from = hostEnd(text, 2, end);
        if (from < 0) return slow(text);
        prefix = `${protocol}${text.slice(0, from)}`;
      }
    } else if (text.startsWith('http://') || text.startsWith('https://')) {
      from = hostEnd(text, text.indexOf('/') + 2, end);
      if (from < 0) return slow(text);
      prefix = text.slice(0, from);
    } else {
      // A colon may end a scheme, a question mark keeps the base's file.
      if (folder === undefined || text.charCodeAt(0) === 63) return slow(text);
      if (text.startsWith('./')) from = 2;
      if (text.slice(from, end).includes(':')) return slow(text);
      prefix = folder;
    }
    return join(text, from, end, prefix) ?? slow(text);
  };
}

function join(text: string, from: number, end: number, prefix: string): string | undefined {
  const mark = text.indexOf('?', from);
  const query = mark < 0 || mark > end ? end : mark;
  if (!all(text, from, query, inPath) || !all(text, query, end, inQuery)) return undefined;
  const path = text.slice(from, query);
  if (hasDotSegment(path)) return undefined;
  const url = `${prefix}${path === '' && !prefix.endsWith('/') ? '/' : path}${query + 1 < end ? canonicalQuery(text.slice(query, end)) : ''}`;
  return url.length > URL_LENGTH_MAX ? undefined : url;
}

/** Files that begin with a dot are rare enough to be taken for one. */
function hasDotSegment(path: string): boolean {
  return path.charCodeAt(0) === 46 || path.includes('/.');
}

/**
 * End of the host that starts at `from`, or -1 when it is not a plain lower-case name: an address by number, a port,
 * credentials, punycode (which the parser checks) or more than one label can hold.
 */
function hostEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && ((plain[text.charCodeAt(at)] ?? 0) & inHost) !== 0) at += 1;
  const next = text.charCodeAt(at);
  if (at < end && next !== 47 && next !== 63) return -1;
  const host = text.slice(from, at);
  const top = host.charCodeAt(host.lastIndexOf('.') + 1);
  const isPlain = host.length >= 1 && host.length <= 63 && top >= 97 && top <= 122;
  return isPlain && !host.includes('..') && !host.startsWith('.') && !host.includes('xn--') ? at : -1;
}

function originEnd(base: string): number {
  return base.startsWith('http://') || base.startsWith('https://')
    ? hostEnd(base, base.indexOf('/') + 2, base.length)
    : -1;
}

/** The base up to its last slash, or undefined when its path is not plain. */
function folderOf(base: string, from: number): string | undefined {
  const stop = base.slice(from).search(/[?#]/);
  const end = stop < 0 ? base.length : from + stop;
  const path = base.slice(from, end);
  if (path === '') return `${base.slice(0, from)}/`;
  if (!all(base, from, end, inPath) || hasDotSegment(path)) return undefined;
  return base.slice(0, base.lastIndexOf('/', end - 1) + 1);
}
