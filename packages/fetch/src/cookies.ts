import type { HeaderPair } from '@newsmill/archive';
import { siteDomain } from '@newsmill/core';

/** Cookies of one visit: some sites answer only to who brings back what they set. Nothing is kept longer. */
export interface CookieJar {
  /** The `Cookie` header for a URL, if any. */
  header(url: URL): string | undefined;
  /** Takes in the `Set-Cookie` lines of a response. */
  store(url: URL, headers: readonly HeaderPair[]): void;
}

interface Cookie {
  readonly value: string;
  /** The host itself, or a domain with all its hosts. */
  readonly domain: string;
  readonly hostOnly: boolean;
  readonly secure: boolean;
}

const COOKIES_MAX = 50;
const COOKIE_LENGTH_MAX = 4_096;

/** A simple jar by RFC 6265 without paths and expiry, which a visit of seconds has no use for. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, Cookie>();
  return {
    header(url) {
      const pairs: string[] = [];
      for (const [key, cookie] of cookies) {
        const { hostname } = url;
        const reaches = hostname === cookie.domain || (!cookie.hostOnly && hostname.endsWith(`.${cookie.domain}`));
        if (!reaches || (cookie.secure && url.protocol !== 'https:')) continue;
        pairs.push(`${key.slice(key.indexOf('\n') + 1)}=${cookie.value}`);
      }
      return pairs.length === 0 ? undefined : pairs.join('; ');
    },
    store(url, headers) {
      for (const [header, line] of headers) {
        if (header.toLowerCase() !== 'set-cookie' || line.length > COOKIE_LENGTH_MAX) continue;
        const parsed = readCookie(line, url);
        if (parsed === undefined) continue;
        const key = `${parsed.cookie.domain}\n${parsed.name}`;
        if (parsed.expired) cookies.delete(key);
        else if (cookies.size < COOKIES_MAX || cookies.has(key)) cookies.set(key, parsed.cookie);
      }
    },
  };
}

function readCookie(line: string, url: URL): { name: string; cookie: Cookie; expired: boolean } | undefined {
  const [pair = '', ...attributes] = line.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(0, equals)).trim();
  // What may stand in a request header.
  if (name === '' || !/^[\x21-\x7e]+$/.test(name)) return undefined;
  const value = pair.slice(equals + 1).trim();
  if (!/^[\x20-\x7e]*$/.test(value)) return undefined;
  let domain = url.hostname;
  let hostOnly = true;
  let secure = false;
  let expired = false;
  for (const attribute of attributes) {
    const at = attribute.indexOf('=');
    const key = (at === -1 ? attribute : attribute.slice(0, at)).trim().toLowerCase();
    const text = at === -1 ? '' : attribute.slice(at + 1).trim();
    if (key === 'secure') secure = true;
    if (key === 'max-age' && /^(?:0|-\d+)$/.test(text)) expired = true;
    if (key !== 'domain' || text === '') continue;
    const wanted = text.replace(/^\./, '').toLowerCase();
    // A host sets cookies for itself and what is above it, but not for a public suffix or another site.
    const above = wanted === domain || domain.endsWith(`.${wanted}`);
    if (!above || siteDomain(`http://${domain}/`).length > wanted.length) return undefined;
    domain = wanted;
    hostOnly = false;
  }
  return { name, cookie: { value, domain, hostOnly, secure }, expired };
}
