import type { Capture } from '@newsmill/archive';
import type { SkipReason } from '@newsmill/contracts';
import type { UrlRefusal } from '@newsmill/core/url';
import {
  FETCH_FAILURES,
  type FetchFailureCode,
  type FetchOutcome,
  headerOf,
  type RefusalCode,
  refusalCodeOf,
} from '@newsmill/fetch';
import type { UrlRow } from '@newsmill/frontier';
import type { HostFailure } from './robots-rules.ts';

/** What a fetch means for its URL. */
export type Judgement =
  | {
      readonly type: 'capture';
      readonly capture: Capture;
      readonly etag: string | undefined;
      readonly lastModified: string | undefined;
    }
  /** `capture` is the answer that says so. */
  | { readonly type: 'unchanged'; readonly capture: Capture }
  | { readonly type: 'redirect'; readonly target: string }
  | {
      readonly type: 'failed';
      readonly reason: SkipReason;
      /** The same request may succeed later. */
      readonly transient: boolean;
      readonly retryAfterMs?: number | undefined;
    };

/** A validator above this is not kept: it would cost more than the transfer that it saves. */
const validatorLengthMax = 256;

const failureReasons: Record<FetchFailureCode, SkipReason> = {
  aborted: 'timeout',
  dns_not_found: 'dns_failure',
  dns_failure: 'dns_failure',
  connection_refused: 'connection_failed',
  host_unreachable: 'connection_failed',
  connection_reset: 'connection_failed',
  proxy_failed: 'connection_failed',
  no_resources: 'connection_failed',
  network_error: 'connection_failed',
  body_truncated: 'connection_failed',
  tls_certificate: 'tls_error',
  tls_error: 'tls_error',
  timeout_connect: 'timeout',
  timeout_headers: 'timeout',
  timeout_body: 'timeout',
  timeout_total: 'timeout',
  headers_too_large: 'protocol_error',
  protocol_error: 'protocol_error',
  too_many_redirects: 'too_many_redirects',
  redirect_loop: 'too_many_redirects',
  bad_redirect: 'http_other',
};

/** The skip reason of a request that was not sent. */
export function refusalReason(code: RefusalCode): SkipReason {
  return code === 'private_address' || code === 'port_refused' ? code : 'url_refused';
}

/** The same, for the guard's own word. */
export const targetRefusal = (judged: { readonly refused: UrlRefusal } | undefined): SkipReason | undefined =>
  judged === undefined ? undefined : refusalReason(refusalCodeOf(judged.refused));

/** Pure: the same outcome is judged the same way. */
export function judgeFetch(outcome: FetchOutcome): Judgement {
  switch (outcome.type) {
    case 'refused':
      return { type: 'failed', reason: refusalReason(outcome.code), transient: false };
    case 'failed':
      return {
        type: 'failed',
        reason: failureReasons[outcome.code],
        transient: FETCH_FAILURES[outcome.code].transient,
      };
    case 'redirect':
      return { type: 'redirect', target: outcome.target };
    case 'response':
      return judgeResponse(outcome.capture, outcome.retryAfterMs);
  }
}

function judgeResponse(capture: Capture, retryAfterMs: number | undefined): Judgement {
  const { status } = capture;
  const failed = (reason: SkipReason, transient: boolean): Judgement => ({
    type: 'failed',
    reason,
    transient,
    retryAfterMs,
  });
  if (status === 304) return { type: 'unchanged', capture };
  if (status === 404) return failed('http_404', false);
  if (status === 410) return failed('http_410', false);
  // 408 and 425 say "try again" as 429 does.
  if (status === 408 || status === 425 || status === 429) return failed('http_4xx', true);
  if (status >= 400 && status < 500) return failed('http_4xx', false);
  if (status >= 500) return failed('http_5xx', true);
  if (status !== 200 && status !== 203) return failed('http_other', false);
  if (capture.truncated === 'length') return failed('too_large', false);
  return {
    type: 'capture',
    capture,
    etag: validator(headerOf(capture.headers, 'etag')),
    lastModified: validator(headerOf(capture.headers, 'last-modified')),
  };
}

const validator = (value: string | undefined): string | undefined =>
  value === undefined || value === '' || value.length > validatorLengthMax ? undefined : value;

/**
 * Whether the host as a whole seems to be in trouble: it asks for a slower pace, in words or by silence, fails, or cannot be
 * reached. It is asked less and less then.
 */
export function isTroubled(outcome: FetchOutcome): boolean {
  if (outcome.type === 'response') return outcome.capture.status === 429 || outcome.capture.status >= 500;
  if (outcome.type !== 'failed' || outcome.code === 'aborted') return false;
  const reason = failureReasons[outcome.code];
  return reason === 'timeout' || reason === 'connection_failed' || reason === 'dns_failure';
}

/** What keeps robots.txt away keeps the host's pages away: their reason is the same. */
export function hostFailure(outcome: FetchOutcome, asked: string): HostFailure | undefined {
  // Of a redirect that leads nowhere, or an answer that is no HTTP: the pages may be in better order.
  if ((outcome.type !== 'failed' && outcome.type !== 'refused') || outcome.url !== asked) return undefined;
  if (outcome.code === 'bad_redirect' || outcome.code === 'redirect_loop' || outcome.code === 'protocol_error')
    return undefined;
  const judgement = judgeFetch(outcome);
  return judgement.type === 'failed' ? { reason: judgement.reason, transient: judgement.transient } : undefined;
}

/** What a failed fetch says of its page and of its host. */
export const failureOf = (outcome: FetchOutcome, { failures = 0 }: UrlRow, delayMs: number, floorMs: number) => ({
  ...{ delayMs, floorMs, pageFailures: failures + 1 },
  isHosts: outcome.type !== 'response' || outcome.capture.status !== 500,
});
