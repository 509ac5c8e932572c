import { createHash } from 'node:crypto';
import { getDomain } from 'tldts';

const URL_ID_LENGTH = 22;
const HOST_ID_LENGTH = 16;

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** URL id: base64url of the SHA-256 of the canonical URL, 22 characters (132 bits). */
export function urlIdOf(canonicalUrl: string): string {
  return digest(canonicalUrl).slice(0, URL_ID_LENGTH);
}

/**
 * Whom politeness is owed to: `hostname`, or `hostname:port` where the port is not the default one.
 * http and https of one name are one host: they are the same machine, and two visits to it would overlap.
 * `url` is a canonical URL; throws TypeError on anything that is not a URL.
 */
export function hostKeyOf(url: string): string {
  return new URL(url).host;
}

/** A host's short name in keys and job ids: `h` and 16 characters of base64url; never a `:`, never only digits. */
export function hostIdOf(url: string): string {
  return `h${digest(hostKeyOf(url)).slice(0, HOST_ID_LENGTH)}`;
}

/**
 * The registrable domain (public suffix + 1, private suffixes such as `github.io` counted), or the IP address without brackets.
 * A host that is itself a public suffix (`gov.cn`) is its own site.
 */
export function siteDomain(url: string): string {
  const hostname = new URL(url).hostname;
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  return getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
}
