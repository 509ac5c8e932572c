import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import { decodeBody } from '@newsmill/archive';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher, type FetcherConfig } from './fetcher.ts';

const fixture = (name: string) => readFileSync(new URL(`./tls-fixtures/${name}`, import.meta.url), 'utf8');
const ca = fixture('site.test.pem');
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;

/** Speaks HTTP/2 and 1.1; says which, and sets two cookies. */
const secure = createSecureServer({ key: fixture('key.pem'), cert: ca, allowHTTP1: true }, (request, response) => {
  if (request.url === '/silent') return;
  response.setHeader('set-cookie', ['a=1', 'b=2']);
  response.setHeader('content-encoding', 'br');
  response.end(brotliCompressSync(`over ${request.httpVersion}`));
});
const plain = createHttpServer((request, response) => response.end(`plain ${request.headers.host}`));
/** What the proxy was asked for. */
const asked: string[] = [];
const proxy = createHttpServer();
proxy.on('connect', (request, socket) => {
  asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
  if (request.headers['proxy-authorization'] === 'Basic dTpiYWQ=') {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    return;
  }
  const [host, port] = (request.url ?? '').split(':');
  const upstream = connect(Number(port), host, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  socket.on('error', () => upstream.destroy());
});
const servers = [secure, plain, proxy];
const sockets = new Set<{ destroy(): void }>();

beforeAll(async () => {
  for (const server of servers) {
    (server as unknown as Server).on('connection', (socket) => sockets.add(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

const open = (over: Partial<FetcherConfig> = {}) =>
  createFetcher({
    ...{ userAgent: 'newsmill-test', allowCidrs: ['127.0.0.0/8'], ca },
    resolve: { 'site.test': `127.0.0.1:${portOf(secure)}`, 'plain.test': `127.0.0.1:${portOf(plain)}` },
    ...over,
  });
async function visit(url: string, over: Partial<FetcherConfig> = {}) {
  await using fetcher = open(over);
  const outcome = await fetcher.fetch(url);
  if (outcome.type === 'failed' || outcome.type === 'refused') return { code: outcome.code };
  const { headers, ip, httpVersion, status } = outcome.capture;
  const decoded = decodeBody(outcome.capture, 1_000);
  const body = 'bytes' in decoded ? Buffer.from(decoded.bytes).toString() : decoded.failed;
  return { status, body, headers, ip, httpVersion };
}

describe('HTTP/2', () => {
  it('is spoken where it is wanted and offered, with the address that was connected to and every header', async () => {
    const got = await visit('https://site.test/', { http2: true });
    expect(got).toMatchObject({ status: 200, body: 'over 2.0', ip: '127.0.0.1', httpVersion: '1.1' });
    expect(got.headers?.filter(([name]) => name === 'set-cookie')).toEqual([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ]);
    expect(got.headers?.some(([name]) => name.startsWith(':'))).toBe(false);
    expect(await visit('https://site.test/')).toMatchObject({ body: 'over 1.1' });
    expect(await visit('http://plain.test/', { http2: true })).toMatchObject({ body: 'plain plain.test' });
  });

  it('keeps deadlines and the guard', async () => {
    expect(await visit('https://site.test/silent', { http2: true, headersMs: 300 })).toEqual({
      code: 'timeout_headers',
    });
    expect(await visit('https://site.test/', { http2: true, allowCidrs: [] })).toEqual({ code: 'private_address' });
    const noCa = { http2: true, ca: fixture('expired.pem') };
    expect(await visit('https://site.test/', noCa)).toEqual({ code: 'tls_certificate' });
  });
});

describe('a proxy', () => {
  const by = (over: Partial<FetcherConfig> = {}): Partial<FetcherConfig> => ({
    proxy: `http://u:p@127.0.0.1:${portOf(proxy)}`,
    ...over,
  });

  it('is asked for the address that was judged, never for a name', async () => {
    asked.length = 0;
    expect(await visit('https://site.test/', by())).toMatchObject({ body: 'over 1.1', ip: '127.0.0.1' });
    expect(await visit('https://site.test/', by({ http2: true }))).toMatchObject({ body: 'over 2.0' });
    expect(await visit('http://plain.test/', by())).toMatchObject({ body: 'plain plain.test' });
    const resolveName = async () => [{ address: '127.0.0.1', family: 4 }];
    const named = by({ resolveName, resolve: {}, allowPorts: [portOf(plain)] });
    expect(await visit(`http://www.example.com:${portOf(plain)}/`, named)).toMatchObject({ status: 200 });
    const [secured, open] = [`127.0.0.1:${portOf(secure)}`, `127.0.0.1:${portOf(plain)}`];
    expect(asked).toEqual([secured, secured, open, open].map((target) => `${target} Basic dTpw`));
  });

  it('is not asked for what the guard refuses', async () => {
    asked.length = 0;
    const resolveName = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    expect(await visit('http://www.example.com/', by({ resolveName }))).toEqual({ code: 'private_address' });
    expect(await visit('http://10.0.0.1/', by())).toEqual({ code: 'private_address' });
    expect(await visit('https://site.test/', by({ allowCidrs: [] }))).toEqual({ code: 'private_address' });
    expect(asked).toEqual([]);
  });

  it('is named as the reason when it is away or refuses', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const port = portOf(gone);
    gone.close();
    await once(gone, 'close');
    expect(await visit('http://plain.test/', { proxy: `http://127.0.0.1:${port}` })).toEqual({ code: 'proxy_failed' });
    const bad = { proxy: `http://u:bad@127.0.0.1:${portOf(proxy)}` };
    expect(await visit('http://plain.test/', bad)).toEqual({ code: 'proxy_failed' });
    const away = by({ resolve: { 'plain.test': `127.0.0.1:${port}` } });
    expect(await visit('http://plain.test/', away)).toEqual({ code: 'connection_refused' });
    expect(() => open({ proxy: 'socks5://127.0.0.1:1' })).toThrow(RangeError);
  });
});
