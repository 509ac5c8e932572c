import { FetchError, type FetchFailureCode } from './outcome.ts';

/** How far the exchange had come when it failed. */
export type Phase = 'connect' | 'headers' | 'body';

const BY_CODE: ReadonlyMap<string, FetchFailureCode> = new Map<string, FetchFailureCode>([
  ['ENOTFOUND', 'dns_not_found'],
  ['ENODATA', 'dns_not_found'],
  ['EAI_AGAIN', 'dns_failure'],
  ['EAI_FAIL', 'dns_failure'],
  ['ESERVFAIL', 'dns_failure'],
  ['ETIMEOUT', 'dns_failure'],
  ['ECONNREFUSED', 'connection_refused'],
  ['EHOSTUNREACH', 'host_unreachable'],
  ['ENETUNREACH', 'host_unreachable'],
  ['EADDRNOTAVAIL', 'host_unreachable'],
  ['ETIMEDOUT', 'timeout_connect'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout_connect'],
  ['UND_ERR_HEADERS_OVERFLOW', 'headers_too_large'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'protocol_error'],
  ['ERR_ASSERTION', 'protocol_error'],
  ['EPROTO', 'tls_error'],
  ['EMFILE', 'no_resources'],
  ['ENFILE', 'no_resources'],
  ['ENOBUFS', 'no_resources'],
  ['ENOMEM', 'no_resources'],
]);

/** OpenSSL's names of what is wrong with a certificate. */
const CERTIFICATE =
  /^(?:CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT_)/;

/** Gives an error of undici, node:net or node:tls one of our codes. */
export function classifyError(error: unknown, phase: Phase): FetchError {
  if (error instanceof FetchError) return error;
  // undici's parser errors often come without a code.
  const code = error instanceof Error && error.name === 'HTTPParserError' ? 'HPE_' : codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return new FetchError(failureCode(code, message, phase), `${code || 'error'}: ${message}`, { cause: error });
}

function failureCode(code: string, message: string, phase: Phase): FetchFailureCode {
  const known = BY_CODE.get(code);
  if (known !== undefined) return known;
  if (CERTIFICATE.test(code)) return 'tls_certificate';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'tls_error';
  if (code.startsWith('HPE_')) return 'protocol_error';
  if (code === 'UND_ERR_SOCKET' && message === 'bad response') return 'protocol_error';
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') {
    return phase === 'body' ? 'body_truncated' : 'connection_reset';
  }
  return 'network_error';
}

/** Several addresses that all failed make an AggregateError: the last one's reason stands for all. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors.at(-1));
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
