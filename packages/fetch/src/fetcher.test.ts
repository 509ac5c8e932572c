import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCookieJar } from './cookies.ts';
import { createFetcher, type Fetcher, type FetcherConfig } from './fetcher.ts';
import type { FetchOutcome } from './outcome.ts';
import { startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

function open(over: Partial<FetcherConfig> = {}): Fetcher {
  return createFetcher({
    userAgent: 'newsmill-test (+http://example.com/bot)',
    resolve: { '*.test': `127.0.0.1:${server.port}` },
    allowCidrs: ['127.0.0.0/8'],
    bodyBytesMax: 100_000,
    connectMs: 2_000,
    headersMs: 2_000,
    bodyMs: 2_000,
    totalMs: 8_000,
    ...over,
  });
}

const follow = { onHop: () => true };

/** The short of an outcome: `200 body`, or its code. */
function short(outcome: FetchOutcome): string {
  if (outcome.type === 'failed' || outcome.type === 'refused') return outcome.code;
  const { capture } = outcome;
  const cut = capture.truncated === undefined ? '' : ` cut by ${capture.truncated}`;
  const body = Buffer.from(capture.body.subarray(0, 20)).toString();
  return `${capture.status} ${body}${cut}`.trim();
}

describe('what a response may be', () => {
  const cases: [path: string, expected: string][] = [
    ['/plain', '200 <p>hi</p>'],
    ['/not-modified', '304'],
    ['/close-delimited', '200 old'],
    ['/chunked', '200 abcde'],
    ['/early-hints', '200 late'],
    ['/odd-status', '999'],
    ['/204-body', '204'],
    ['/206', '206 ab'],
    ['/busy-garbage', '503'],
    ['/length-too-short', '200 abc'],
    ['/raw-charset', '200 x'],
    ['/announced-10g', '200  cut by length'],
    ['/endless-chunks', `200 ${'x'.repeat(20)} cut by length`],
    ['/endless-close', `200 ${'x'.repeat(20)} cut by length`],
    ['/huge-header', 'headers_too_large'],
    ['/many-headers', 'headers_too_large'],
    ['/endless-headers', 'headers_too_large'],
    ['/fin', 'connection_reset'],
    ['/reset', 'connection_reset'],
    ['/fin-in-body', 'body_truncated'],
    ['/fin-in-chunks', 'body_truncated'],
    ['/garbage', 'protocol_error'],
    ['/two-lengths', 'protocol_error'],
    ['/negative-length', 'protocol_error'],
    ['/both-lengths', 'protocol_error'],
    ['/bad-chunk', 'protocol_error'],
    ['/nul-header', 'protocol_error'],
    ['/status-000', 'protocol_error'],
    ['/continue-flood', 'protocol_error'],
  ];
  it.each(cases)('%s: %s', async (path, expected) => {
    await using fetcher = open();
    expect(short(await fetcher.fetch(`http://site.test${path}`))).toBe(expected);
    // Whatever came before, the host is still served.
    expect(short(await fetcher.fetch('http://site.test/plain'))).toBe('200 <p>hi</p>');
  });

  it('keeps headers as they were received, and the address', async () => {
    await using fetcher = open();
    const outcome = await fetcher.fetch('http://site.test/plain');
    expect(outcome).toMatchObject({
      type: 'response',
      hops: [],
      capture: { url: 'http://site.test/plain', ip: '127.0.0.1', httpVersion: '1.1', reasonPhrase: 'OK' },
    });
    expect(await fetcher.fetch('http://site.test/close-delimited')).toMatchObject({ capture: { ip: '127.0.0.1' } });
    expect(outcome.type === 'response' && outcome.capture.headers).toEqual([
      ['Content-Length', '9'],
      ['Content-Type', 'text/html'],
      ['X-Twice', '1'],
      ['x-twice', '2'],
    ]);
  });

  it('asks honestly, and conditionally if told to', async () => {
    await using fetcher = open({ acceptLanguage: 'zh' });
    const conditional = { etag: 'W/"1"', lastModified: 'Tue, 24 Nov 2026 08:00:00 GMT' };
    const outcome = await fetcher.fetch('http://site.test/echo?a=%E6%96%B0', { conditional });
    const head = outcome.type === 'response' ? Buffer.from(outcome.capture.body).toString() : '';
    expect(head.toLowerCase().split('\r\n')).toEqual(
      expect.arrayContaining([
        'get /echo?a=%e6%96%b0 http/1.1',
        'host: site.test',
        'user-agent: newsmill-test (+http://example.com/bot)',
        'accept-encoding: gzip, deflate, br, zstd',
        'accept-language: zh',
        'if-none-match: w/"1"',
        'if-modified-since: tue, 24 nov 2026 08:00:00 gmt',
      ]),
    );
    expect(short(await fetcher.fetch('http://site.test/plain', { conditional: { etag: 'a\r\nX: b' } }))).toMatch('200');
  });

  it('tells how long a busy host wants to be left alone', async () => {
    await using fetcher = open();
    expect(await fetcher.fetch('http://site.test/busy')).toMatchObject({ retryAfterMs: 120_000 });
  });

  it('keeps the connection to a host', async () => {
    await using fetcher = open();
    const before = server.connections();
    for (let at = 0; at < 3; at += 1) await fetcher.fetch('http://site.test/to-plain', follow);
    expect(server.connections() - before).toBe(1);
  });
});

describe('a kept connection', () => {
  it('that the server closed in silence is replaced', async () => {
    await using fetcher = open();
    for (let at = 0; at < 3; at += 1) expect(short(await fetcher.fetch('http://site.test/once'))).toBe('200 fresh');
  });

  it('is replaced only after the pause that the host is owed, since it may have seen the request', async () => {
    await using fetcher = open();
    const retryPauseMs = 300;
    await fetcher.fetch('http://site.test/once');
    const begin = performance.now();
    expect(short(await fetcher.fetch('http://site.test/once', { retryPauseMs }))).toBe('200 fresh');
    // Timers may fire a millisecond early.
    expect(performance.now() - begin).toBeGreaterThan(retryPauseMs - 2);
  });
});

// Waiting is all that these do, so they wait together, and long enough for a busy machine.
describe.concurrent('deadlines', () => {
  const cases: [path: string, code: string, over: Partial<FetcherConfig>][] = [
    ['/silent', 'timeout_headers', { headersMs: 1_000 }],
    ['/slow-status', 'timeout_headers', { headersMs: 1_000 }],
    ['/slow-headers', 'timeout_headers', { headersMs: 1_000 }],
    ['/hints-flood', 'timeout_headers', { headersMs: 1_000 }],
    ['/slow-body', 'timeout_body', { bodyMs: 1_000 }],
    ['/stuck-body', 'timeout_body', { bodyMs: 1_000 }],
    ['/silent', 'timeout_total', { totalMs: 1_000 }],
    ['/slow-body', 'timeout_total', { totalMs: 1_000 }],
  ];
  it.each(cases)('%s: %s', async (path, code, over) => {
    await using fetcher = open(over);
    expect(short(await fetcher.fetch(`http://site.test${path}`))).toBe(code);
    expect(short(await fetcher.fetch('http://site.test/plain'))).toBe('200 <p>hi</p>');
  });

  it('end a TLS handshake that goes nowhere', async () => {
    await using fetcher = open({ connectMs: 100 });
    expect(short(await fetcher.fetch('https://site.test/silent'))).toBe('timeout_connect');
  });

  it('end a name that is never resolved', async () => {
    await using fetcher = open({ connectMs: 100, resolveName: () => new Promise(() => {}) });
    expect(short(await fetcher.fetch('http://news.example.com/'))).toBe('timeout_connect');
  });

  it('are overtaken by the caller', async () => {
    await using fetcher = open();
    const stop = new AbortController();
    const outcome = fetcher.fetch('http://site.test/silent', { signal: stop.signal });
    stop.abort();
    expect(short(await outcome)).toBe('aborted');
    expect(short(await fetcher.fetch('http://site.test/plain', { signal: stop.signal }))).toBe('aborted');
  });
});

describe.concurrent('redirects', () => {
  const cases: [path: string, expected: string][] = [
    ['/to-plain', '200 <p>hi</p>'],
    ['/to-plain-endless', '200 <p>hi</p>'],
    ['/to-plain-stuck', '200 <p>hi</p>'],
    ['/to-utf8', '200 GET /echo?q=%E6%96%B'],
    ['/chain/5', '200 end'],
    ['/status/301', '200 <p>hi</p>'],
    ['/status/303', '200 <p>hi</p>'],
    ['/status/307', '200 <p>hi</p>'],
    ['/status/308', '200 <p>hi</p>'],
    ['/status/300', '300 no'],
    ['/chain/6', 'too_many_redirects'],
    ['/to-self', 'redirect_loop'],
    ['/to-nothing', 'bad_redirect'],
    ['/to-nowhere', 'bad_redirect'],
    ['/to-broken', 'bad_redirect'],
    ['/to-file', 'unsupported_scheme'],
    ['/to-redis', 'port_refused'],
    ['/to-metadata', 'private_address'],
    ['/to-name', 'private_address'],
    ['/to-userinfo', 'userinfo'],
    ['/cookie-wall', 'redirect_loop'],
  ];
  const resolveName = async () => [{ address: '10.0.0.7', family: 4 }];
  it.each(cases)('%s: %s', async (path, expected) => {
    await using fetcher = open({ resolveName });
    expect(short(await fetcher.fetch(`http://site.test${path}`, follow))).toBe(expected);
  });

  it('are reported', async () => {
    await using fetcher = open();
    expect(await fetcher.fetch('http://site.test/chain/2', follow)).toMatchObject({
      type: 'response',
      capture: { url: 'http://site.test/chain/0' },
      hops: [
        { url: 'http://site.test/chain/2', status: 302, target: 'http://site.test/chain/1' },
        { url: 'http://site.test/chain/1', status: 302, target: 'http://site.test/chain/0' },
      ],
    });
  });

  it('are not followed unless somebody vouches for them', async () => {
    await using fetcher = open();
    const stopped = await fetcher.fetch('http://site.test/to-plain');
    expect(stopped).toMatchObject({ type: 'redirect', target: 'http://site.test/plain', capture: { status: 302 } });
    const asked: [string, number][] = [];
    const onHop = async (target: string, hop: number) => {
      asked.push([target, hop]);
      return hop < 2;
    };
    const second = await fetcher.fetch('http://site.test/chain/3', { onHop });
    expect(second).toMatchObject({ type: 'redirect', target: 'http://site.test/chain/1', hops: [{ status: 302 }] });
    expect(asked).toEqual([
      ['http://site.test/chain/2', 1],
      ['http://site.test/chain/1', 2],
    ]);
  });

  it('may depend on a cookie of this visit', async () => {
    await using fetcher = open();
    const outcome = await fetcher.fetch('http://site.test/cookie-wall', { ...follow, cookies: createCookieJar() });
    expect(short(outcome)).toBe('200 inside');
  });
});

describe('the guard', () => {
  const refused: [url: string, code: string][] = [
    ['nonsense', 'url_invalid'],
    ['ftp://site.test/', 'unsupported_scheme'],
    ['http://u:p@site.test/', 'userinfo'],
    ['http://10.0.0.1/', 'private_address'],
    ['http://[::ffff:10.0.0.1]/', 'private_address'],
    ['http://redis/', 'single_label_host'],
    ['http://printer.local/', 'special_use_name'],
    ['http://news.example.com:6379/', 'port_refused'],
    [`http://news.example.com/${'a'.repeat(3_000)}`, 'url_too_long'],
    ['http://mapped.example.org/', 'private_address'],
  ];
  it.each(refused)('%s: %s', async (url, code) => {
    await using fetcher = open({ resolve: { 'mapped.example.org': '192.168.1.1:80' } });
    expect(await fetcher.fetch(url)).toMatchObject({ type: 'refused', code });
  });

  const answered: [name: string, addresses: string[], expected: string][] = [
    ['all private', ['10.0.0.1'], 'private_address'],
    ['one private among public ones', ['127.0.0.1', '169.254.169.254'], 'private_address'],
    ['a mapped form', ['::ffff:10.0.0.1'], 'private_address'],
    ['none', [], 'dns_not_found'],
    ['a thousand allowed', Array.from({ length: 1_000 }, () => '127.0.0.1'), '200 <p>hi</p>'],
  ];
  it.each(answered)('judges every answer of a name: %s', async (_, addresses, expected) => {
    const resolveName = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    await using fetcher = open({ resolve: {}, allowPorts: [server.port], resolveName });
    expect(short(await fetcher.fetch(`http://news.example.com:${server.port}/plain`))).toBe(expected);
  });

  it.each([
    ['ENOTFOUND', 'dns_not_found'],
    ['EAI_AGAIN', 'dns_failure'],
    ['EMFILE', 'no_resources'],
  ])('a resolver that says %s: %s', async (code, expected) => {
    const resolveName = () => Promise.reject(Object.assign(new Error(code), { code }));
    await using fetcher = open({ resolveName });
    expect(short(await fetcher.fetch('http://news.example.com/'))).toBe(expected);
  });

  it('asks no resolver for a literal, and says when nobody listens there', async () => {
    const idle = createServer();
    idle.listen(0, '127.0.0.1');
    await once(idle, 'listening');
    const address = idle.address();
    const free = typeof address === 'object' && address !== null ? address.port : 0;
    idle.close();
    await once(idle, 'close');
    const resolveName = () => Promise.reject(new Error('must not be asked'));
    await using fetcher = open({ resolve: {}, allowPorts: [free, server.port], resolveName });
    expect(short(await fetcher.fetch(`http://127.0.0.1:${server.port}/plain`))).toBe('200 <p>hi</p>');
    expect(short(await fetcher.fetch(`http://127.0.0.1:${free}/`))).toBe('connection_refused');
  });

  it.each(['nowhere', 'localhost:80', '127.0.0.1:80:90'])('takes no resolve map that leads to %s', (value) => {
    expect(() => createFetcher({ userAgent: 'x', resolve: { 'a.test': value } })).toThrow(RangeError);
  });
});
