import { isIP } from 'node:net';
import { type CidrList, cidrList, isPublicAddress } from './address.ts';
import { canonicalizeUrl } from './canonicalize.ts';
import type { UrlRefusal } from './refusal.ts';

/** Ports a news site answers on. Everything else is somebody's database. */
export const DEFAULT_PORTS: readonly number[] = [80, 443, 8080, 8443];

/** Last labels under which no public site lives. */
const SPECIAL_USE_SUFFIXES: ReadonlySet<string> = new Set([
  // RFC 6761, 7686, 9476; ICANN's `internal`; the rest is what routers and companies call their own networks.
  ...['test', 'localhost', 'invalid', 'example', 'local', 'onion', 'alt', 'internal', 'arpa'],
  ...['lan', 'home', 'corp', 'private', 'intranet', 'localdomain', 'i2p', 'docker', 'kubernetes', 'consul'],
]);

export interface TargetOptions {
  /** Ranges that may be contacted although they are not public, e.g. `127.0.0.0/8` for the demo. */
  readonly allowCidrs?: readonly string[];
  /** Replaces the default ports. */
  readonly allowPorts?: readonly number[];
  /**
   * Names (exact, or `*.suffix`) that the operator maps to an address himself: their shape and port are not judged.
   * The address they lead to still is.
   */
  readonly allowNames?: readonly string[];
}

/** What may be contacted, compiled once. */
export interface TargetPolicy {
  readonly allow: CidrList;
  readonly ports: ReadonlySet<number>;
  isMappedName(hostname: string): boolean;
}

export function targetPolicy(options: TargetOptions = {}): TargetPolicy {
  const names = new Set(options.allowNames ?? []);
  return {
    allow: cidrList(options.allowCidrs ?? []),
    ports: new Set(options.allowPorts ?? DEFAULT_PORTS),
    isMappedName: (hostname) => names.size > 0 && matchName(hostname, (pattern) => names.has(pattern)) !== undefined,
  };
}

/** The pattern (`a.example.com`, `*.example.com`, `*`) that covers the host, most specific first. */
export function matchName(hostname: string, has: (pattern: string) => boolean): string | undefined {
  if (has(hostname)) return hostname;
  for (let dot = hostname.indexOf('.'); dot !== -1; dot = hostname.indexOf('.', dot + 1)) {
    const pattern = `*${hostname.slice(dot)}`;
    if (has(pattern)) return pattern;
  }
  return has('*') ? '*' : undefined;
}

/**
 * Judges a canonical URL without the network: port, literal address, shape of the name.
 * This is the first half of the guard; the second judges every address a name resolves to, at connect time.
 */
export function checkTarget(url: string, policy: TargetPolicy): { readonly refused: UrlRefusal } | undefined {
  const { hostname, port, protocol } = new URL(url);
  if (policy.isMappedName(hostname)) return undefined;
  const portNumber = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  if (!policy.ports.has(portNumber)) return { refused: 'port' };
  const literal = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  if (isIP(literal) !== 0) {
    return isPublicAddress(literal, policy.allow) ? undefined : { refused: 'private-address' };
  }
  const lastDot = hostname.lastIndexOf('.');
  if (lastDot === -1) return { refused: 'single-label-host' };
  return SPECIAL_USE_SUFFIXES.has(hostname.slice(lastDot + 1)) ? { refused: 'special-use-name' } : undefined;
}

/** Canonicalises and judges in one step: what `newsmill urls` answers, and the gate every discovered link passes. */
export function guardUrl(
  input: string,
  policy: TargetPolicy,
  base?: string,
): { readonly url: string } | { readonly refused: UrlRefusal } {
  const canonical = canonicalizeUrl(input, base);
  if ('refused' in canonical) return canonical;
  return checkTarget(canonical.url, policy) ?? canonical;
}
