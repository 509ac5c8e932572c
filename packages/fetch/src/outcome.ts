import type { Capture } from '@newsmill/archive';
import type { UrlRefusal } from '@newsmill/core';

/**
 * Why a request was not sent. The guard's reasons of core/url, in the spelling of codes; also given when a name
 * turns out to lead to a private address.
 */
export type RefusalCode =
  | 'url_invalid'
  | 'url_too_long'
  | 'unsupported_scheme'
  | 'userinfo'
  | 'host_too_long'
  | 'port_refused'
  | 'private_address'
  | 'single_label_host'
  | 'special_use_name';

const REFUSAL_CODES: Record<UrlRefusal, RefusalCode> = {
  'url-invalid': 'url_invalid',
  'url-too-long': 'url_too_long',
  scheme: 'unsupported_scheme',
  userinfo: 'userinfo',
  'host-too-long': 'host_too_long',
  port: 'port_refused',
  'private-address': 'private_address',
  'single-label-host': 'single_label_host',
  'special-use-name': 'special_use_name',
};

export function refusalCodeOf(refusal: UrlRefusal): RefusalCode {
  return REFUSAL_CODES[refusal];
}

/** Whether a failure is worth another try of the same URL. It is the host's trouble (transient) or the answer's (permanent). */
export const FETCH_FAILURES = {
  /** The caller's signal. */
  aborted: { transient: true },
  /** There is no such name, or it has no address. */
  dns_not_found: { transient: true },
  /** The resolver did not answer. */
  dns_failure: { transient: true },
  connection_refused: { transient: true },
  host_unreachable: { transient: true },
  /** The operator's proxy is away, or refuses. */
  proxy_failed: { transient: true },
  /** The connection ended before a response began. */
  connection_reset: { transient: true },
  /** The certificate does not prove that this is the host. */
  tls_certificate: { transient: false },
  /** No common version or cipher, or what answered does not speak TLS. */
  tls_error: { transient: false },
  /** No connection (name, TCP and TLS together) in time. */
  timeout_connect: { transient: true },
  /** Connected, but no final response began in time; interim (1xx) responses do not count. */
  timeout_headers: { transient: true },
  timeout_body: { transient: true },
  /** All hops together took too long. */
  timeout_total: { transient: true },
  headers_too_large: { transient: false },
  /** The connection ended before the body did. */
  body_truncated: { transient: true },
  /** What came is not HTTP, or contradicts itself. */
  protocol_error: { transient: false },
  too_many_redirects: { transient: false },
  redirect_loop: { transient: false },
  /** A redirect without a usable Location. */
  bad_redirect: { transient: false },
  /** This process or machine may open no more connections: that says nothing about the host. */
  no_resources: { transient: true },
  /** Anything the network stack said that has no code of its own. */
  network_error: { transient: true },
} as const satisfies Record<string, { transient: boolean }>;

export type FetchFailureCode = keyof typeof FETCH_FAILURES;

/** A redirect that was followed. */
export interface Hop {
  readonly url: string;
  readonly status: number;
  /** Absolute, as it was requested next. */
  readonly target: string;
}

interface Answered {
  /** The last response. Of a redirect the body is empty: it is not read. */
  readonly capture: Capture;
  /** From the `Retry-After` header, at most 24 h. */
  readonly retryAfterMs?: number;
  /** From sending the last request to its first header byte: what politeness adapts to. */
  readonly latencyMs: number;
}

/** What became of one URL. `hops` are the redirects that were followed before, in order. */
export type FetchOutcome = { readonly hops: readonly Hop[] } & (
  | ({ readonly type: 'response' } & Answered)
  /** A redirect that `onHop` did not want followed (or nobody was asked). `target` passed the guard. */
  | ({ readonly type: 'redirect'; readonly target: string } & Answered)
  | { readonly type: 'refused'; readonly code: RefusalCode; readonly url: string; readonly cause?: unknown }
  | { readonly type: 'failed'; readonly code: FetchFailureCode; readonly url: string; readonly cause?: unknown }
);

/** Carries a code through undici, which hands errors on as they are. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly code: FetchFailureCode | 'private_address';
  constructor(code: FetchFailureCode | 'private_address', message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
