import type { UrlRefusal } from '@newsmill/core';
import { type FetchFailureCode, type RefusalCode, refusalCodeOf } from '@newsmill/fetch';

/** What a refusal or a failure means for whoever typed the address, and what to do. */
const meanings: Partial<Record<RefusalCode | FetchFailureCode, string>> = {
  url_invalid: 'This is no address.',
  url_too_long: 'The address is longer than any that is fetched.',
  host_too_long: 'The host name is longer than the rules of names allow.',
  unsupported_scheme: 'Only http and https are fetched.',
  userinfo: 'The address holds a user name or a password.',
  port_refused: 'The port is not 80, 443, 8080 or 8443. FETCH_ALLOW_PORTS allows others.',
  private_address: 'The address is not a public one. FETCH_ALLOW_CIDRS allows ranges of your own network.',
  single_label_host: 'The host name has no dot: it is no name on the Internet.',
  special_use_name:
    'The host name is of a kind that is never public (.local, .test, .invalid, …). FETCH_RESOLVE maps names.',
  dns_not_found: 'There is no such host name.',
  dns_failure: 'The name server did not answer.',
  connection_refused: 'Nobody listens there.',
  host_unreachable: 'There is no way to this host from here.',
  connection_reset: 'The host closed the connection without an answer.',
  proxy_failed: 'The proxy of FETCH_PROXY is away, or refuses.',
  tls_certificate: 'The certificate does not prove that this is the host.',
  tls_error: 'The host does not speak TLS here. If the site has no https, write http://…',
  timeout_connect: 'The host did not take the connection in time.',
  timeout_headers: 'The host did not begin to answer in time.',
  timeout_body: 'The answer did not end in time.',
  timeout_total: 'The answer did not end in time.',
};

/** The sentence for the code that a text is, or ends in; empty if there is none. */
export function meaningOf(text: string): string {
  const code = /(?:^|: )([a-z_]+)$/.exec(text)?.[1] ?? '';
  return Object.hasOwn(meanings, code) ? (meanings[code as keyof typeof meanings] ?? '') : '';
}

/** The same for a refusal of the guard. */
export const meaningOfRefusal = (refusal: UrlRefusal): string => meanings[refusalCodeOf(refusal)] ?? '';
