import type { Capture } from '@newsmill/archive';
import type { FetchOutcome } from '@newsmill/fetch';
import { describe, expect, it } from 'vitest';
import { isTroubled, judgeFetch, targetRefusal } from './judge-fetch.ts';

const capture = (over: Partial<Capture> = {}): Capture => ({
  url: 'http://a.test/',
  fetchedAt: '2026-01-01T00:00:00.000Z',
  status: 200,
  httpVersion: '1.1',
  headers: [],
  body: Buffer.from('x'),
  ...over,
});
const answered = (over: Partial<Capture> = {}, retryAfterMs?: number): FetchOutcome => ({
  type: 'response',
  capture: capture(over),
  hops: [],
  latencyMs: 1,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

describe('judgeFetch', () => {
  it.each([
    [404, 'http_404', false],
    [410, 'http_410', false],
    [403, 'http_4xx', false],
    [429, 'http_4xx', true],
    [408, 'http_4xx', true],
    [500, 'http_5xx', true],
    [503, 'http_5xx', true],
    [204, 'http_other', false],
  ])('%i: %s, worth a retry: %s', (status, reason, transient) => {
    expect(judgeFetch(answered({ status }))).toMatchObject({ type: 'failed', reason, transient });
  });
  it('takes content, with its validators', () => {
    const headers = [
      ['ETag', '"1"'],
      ['last-modified', 'Thu, 01 Jan 2026 00:00:00 GMT'],
    ] as const;
    expect(judgeFetch(answered({ headers }))).toMatchObject({
      type: 'capture',
      etag: '"1"',
      lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT',
    });
    expect(judgeFetch(answered({ headers: [['etag', 'x'.repeat(1_000)]] }))).toMatchObject({ etag: undefined });
  });
  it('knows an unchanged page, a page that is too large, and how long to wait', () => {
    expect(judgeFetch(answered({ status: 304 }))).toMatchObject({ type: 'unchanged', capture: { status: 304 } });
    expect(judgeFetch(answered({ truncated: 'length' }))).toMatchObject({ type: 'failed', reason: 'too_large' });
    expect(judgeFetch(answered({ status: 503 }, 5_000))).toMatchObject({ retryAfterMs: 5_000 });
  });
  it.each([
    ['dns_not_found', 'dns_failure', true],
    ['tls_certificate', 'tls_error', false],
    ['timeout_body', 'timeout', true],
    ['body_truncated', 'connection_failed', true],
    ['protocol_error', 'protocol_error', false],
  ] as const)('%s: %s, worth a retry: %s', (code, reason, transient) => {
    expect(judgeFetch({ type: 'failed', code, url: 'http://a.test/', hops: [] })).toMatchObject({ reason, transient });
  });
  it('never retries what it must not contact', () => {
    const refused: FetchOutcome = { type: 'refused', code: 'private_address', url: 'http://a.test/', hops: [] };
    expect(judgeFetch(refused)).toEqual({ type: 'failed', reason: 'private_address', transient: false });
    expect(targetRefusal({ refused: 'single-label-host' })).toBe('url_refused');
    expect(targetRefusal(undefined)).toBeUndefined();
  });
});

describe('isTroubled', () => {
  it('hears 429, every 5xx, silence and a host that cannot be reached', () => {
    const statuses = [429, 503, 500, 200, 404, 304];
    expect(statuses.filter((status) => isTroubled(answered({ status })))).toEqual([429, 503, 500]);
    const failed = (code: 'timeout_headers' | 'dns_failure' | 'connection_refused' | 'tls_certificate' | 'aborted') =>
      isTroubled({ type: 'failed', code, url: 'http://a.test/', hops: [] });
    expect(failed('timeout_headers')).toBe(true);
    expect(failed('dns_failure')).toBe(true);
    expect(failed('connection_refused')).toBe(true);
    expect(failed('tls_certificate')).toBe(false);
    // We gave up, not the host.
    expect(failed('aborted')).toBe(false);
  });
});
