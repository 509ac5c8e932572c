import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type Answer, startTestServer } from '../../packages/fetch/src/test-server.ts';
import { casesOf, type HostileCase } from './case.ts';
import { type CrawlOptions, crawl } from './world.ts';

const story = 'A sentence of a story that goes on for a while, with a comma, so that it is taken for one. '.repeat(8);
export const articleHtml = `<!doctype html><title>A story of today</title><h1>A story of today</h1>${`<p>${story}</p>`.repeat(3)}`;

const respond = (body: string | Buffer, ...headers: string[]): Buffer =>
  Buffer.concat([
    Buffer.from(['HTTP/1.1 200 OK', `Content-Length: ${Buffer.byteLength(body)}`, ...headers, '', ''].join('\r\n')),
    Buffer.from(body),
  ]);
const page = (...headers: string[]): Answer => {
  const bytes = respond(articleHtml, 'Content-Type: text/html', ...headers);
  return (socket) => socket.write(bytes);
};
const sends =
  (text: string | Buffer): Answer =>
  (socket) =>
    socket.write(text);
const packed = gzipSync(articleHtml);
const gzip = 'Content-Encoding: gzip';
const moved = (location: string | undefined, status = 302) =>
  sends(
    `HTTP/1.1 ${status} Moved\r\n${location === undefined ? '' : `Location: ${location}\r\n`}Content-Length: 0\r\n\r\n`,
  );

/** Beside the paths of the fetch tests' own server. */
const answers: Record<string, Answer> = {
  '/robots.txt': sends('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'),
  '/story.html': page(),
  // 64 MiB of one letter, a few hundred bytes on the wire.
  '/brotli-bomb': sends(respond(brotliCompressSync(Buffer.alloc(64 << 20, 97)), 'Content-Encoding: br')),
  '/gzip-bomb': sends(respond(gzipSync(Buffer.alloc(64 << 20, 97)), gzip)),
  '/fifty-codings': sends(respond(packed, `Content-Encoding: ${Array.from({ length: 50 }, () => 'gzip').join(', ')}`)),
  '/gzip-cut': (socket) => socket.end(respond(packed, gzip).subarray(0, -200)),
  '/gzip-lie': page(gzip),
  '/gzip-trailing': sends(respond(Buffer.concat([packed, Buffer.from('and then some')]), gzip)),
  '/huge-length': sends('HTTP/1.1 200 OK\r\nContent-Length: 100000000000000000000\r\n\r\nx'),
  '/no-last-chunk': (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'),
  '/204': sends('HTTP/1.1 204 No Content\r\n\r\nbody'),
  '/empty-200': sends(respond('')),
  '/to-story-utf8': sends(
    Buffer.concat([Buffer.from('HTTP/1.1 302 Found\r\nLocation: /新闻\r\nContent-Length: 0\r\n\r\n')]),
  ),
  '/%E6%96%B0%E9%97%BB': page(),
  '/to-elsewhere': moved('http://other.test/story.html'),
  '/to-private': moved('/private/story.html'),
  '/303': moved('/story.html', 303),
  '/307': moved('/story.html', 307),
  '/308': moved('/story.html', 308),
  '/300': moved('/story.html', 300),
  '/304': moved('/story.html', 304),
};
/** A second host, whose robots.txt forbids a folder. */
const guarded: Record<string, Answer> = {
  ...answers,
  '/robots.txt': sends(respond('User-agent: *\nDisallow: /private/\n', 'Content-Type: text/plain')),
};

async function through(path: string, options: CrawlOptions = {}, of: Record<string, Answer> = answers) {
  await using server = await startTestServer(of);
  return await crawl(`http://site.test${path}`, server.port, options);
}
const end = (path: string, options?: CrawlOptions) => async () => (await through(path, options)).end;
const ends = (path: string, of?: Record<string, Answer>) => async () => (await through(path, {}, of)).ends;

const fixture = (name: string) =>
  readFileSync(new URL(`../../packages/fetch/src/tls-fixtures/${name}`, import.meta.url), 'utf8');
const certificate = fixture('site.test.pem');

/** The end of one URL on a TLS server of those options. */
async function overTls(options: TlsOptions, how: CrawlOptions, answer: string = '') {
  const tls = { key: fixture('key.pem'), cert: certificate, ...options };
  const listener = createTlsServer(tls, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (head) =>
      socket.write(
        head.toString().startsWith('GET /robots.txt') ? 'HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n' : answer,
      ),
    );
  });
  listener.on('tlsClientError', () => undefined);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  try {
    return await crawl('https://site.test/story.html', typeof address === 'object' ? (address?.port ?? 0) : 0, how);
  } finally {
    listener.close();
  }
}
const tlsEnd = (options: TlsOptions, how: CrawlOptions, answer?: string) => async () =>
  (await overTls(options, how, answer)).end;

/** A TCP server that takes connections and never says a word. */
async function onMuteServer(): Promise<string> {
  await using server = await startTestServer({});
  return (await crawl('https://site.test/story.html', server.port, { connectMs: 200 })).end;
}

/** Packets to this address (TEST-NET-1) lead nowhere; with the range allowed, the guard lets them go. */
async function intoTheVoid(): Promise<string> {
  const how = { resolve: { 'site.test': '192.0.2.1:80' }, allowCidrs: ['192.0.2.0/24'], connectMs: 200 };
  return (await crawl('http://site.test/story.html', 0, how)).end.replace('connection_failed', 'timeout');
}

type Addresses = readonly { address: string; family: number }[];
/** The end of a URL whose name the resolver answers like this. */
const resolved =
  (url: string, answer: () => Promise<Addresses>, how: CrawlOptions = {}) =>
  async () => {
    await using server = await startTestServer(answers);
    const { end: ended } = await crawl(url, server.port, { resolve: {}, allowCidrs: [], resolveName: answer, ...how });
    return ended;
  };
const dns = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
const addresses =
  (...list: string[]) =>
  () =>
    Promise.resolve(list.map((address) => ({ address, family: 4 })));

export const connecting: readonly HostileCase[] = casesOf('connect-guard', [
  [
    'h-001',
    'a name that leads to this machine',
    'skipped:private_address',
    resolved('http://evil.example.com/', addresses('127.0.0.1')),
  ],
  [
    'h-002',
    'a name that leads to a cloud’s metadata',
    'skipped:private_address',
    resolved('http://evil.example.com/', addresses('169.254.169.254')),
  ],
  [
    'h-003',
    'a name that spells the address it leads to',
    'skipped:private_address',
    resolved('http://10.0.0.1.nip.example.com/', addresses('10.0.0.1')),
  ],
  [
    'h-007',
    'an alias of a name inside',
    'skipped:private_address',
    resolved('http://evil.example.com/', addresses('172.18.0.2')),
  ],
  [
    'own-mixed',
    'one private address among public ones',
    'skipped:private_address',
    resolved('http://evil.example.com/', addresses('93.184.216.34', '10.0.0.1')),
  ],
  [
    'h-011',
    'no such name, days later',
    'skipped:dns_failure',
    resolved('http://none.example.com/', dns('ENOTFOUND'), { toTheEnd: true, turnsMax: 5_000 }),
  ],
  [
    'h-012',
    'a resolver that does not answer',
    'waits:dns_failure',
    resolved('http://slow.example.com/', dns('EAI_AGAIN')),
  ],
  ['h-013', 'a name without an address', 'waits:dns_failure', resolved('http://bare.example.com/', addresses())],
  ['h-014', 'a name with a thousand addresses', 'article', thousandAddresses],
  ['h-015', 'a name without a dot', 'skipped:url_refused', resolved('http://intranet/', addresses('93.184.216.34'))],
]);

async function thousandAddresses() {
  await using server = await startTestServer(answers);
  const many = Array.from({ length: 1_000 }, (_, at) => `127.0.${at >> 8}.${at & 255}`).slice(1);
  const url = `http://many.example.com:${server.port}/story.html`;
  const resolveName = addresses(...many);
  const how = { resolve: {}, resolveName, allowPorts: [server.port] };
  return (await crawl(url, server.port, how)).end;
}

export const fetching: readonly HostileCase[] = casesOf('fetch', [
  ['h-018', 'redirect to a file', 'skipped:url_refused', end('/to-file')],
  ['h-019', 'redirect to the port of Redis', 'skipped:port_refused', end('/to-redis')],
  ['h-020', 'redirect to itself', 'skipped:too_many_redirects', end('/to-self')],
  ['h-022', 'a chain of 50 redirects', { redirected: 5, too_many_redirects: 1 }, chain],
  ['h-023', 'an empty Location', 'skipped:http_other', end('/to-nothing')],
  ['h-024', 'no Location', 'skipped:http_other', end('/to-nowhere')],
  ['h-025', 'a Location that is no URL', 'skipped:http_other', end('/to-broken')],
  [
    'h-026',
    'a Location in raw UTF-8',
    { '/to-story-utf8': 'skipped:redirected', '/%E6%96%B0%E9%97%BB': 'article' },
    ends('/to-story-utf8'),
  ],
  [
    'h-028',
    'a redirect whose body never ends',
    { '/to-plain-endless': 'skipped:redirected', '/plain': 'skipped:empty' },
    ends('/to-plain-endless'),
  ],
  [
    'h-029',
    'a redirect to another site',
    { '/to-elsewhere': 'skipped:redirected_out_of_scope' },
    ends('/to-elsewhere'),
  ],
  [
    'h-030',
    'a redirect from https to http',
    'skipped:redirected',
    tlsEnd(
      {},
      { ca: certificate },
      'HTTP/1.1 302 Found\r\nLocation: http://site.test/b.html\r\nContent-Length: 0\r\n\r\n',
    ),
  ],
  [
    'h-031',
    'a redirect to what robots.txt forbids',
    { '/to-private': 'skipped:redirected', '/private/story.html': 'skipped:robots_disallowed' },
    ends('/to-private', guarded),
  ],
  [
    'h-032',
    'statuses 303, 307, 308, 300 and 304 with a Location',
    ['redirected', 'redirected', 'redirected', 'http_other', 'http_other'],
    statuses,
  ],
  ['h-039', 'a brotli bomb', 'skipped:too_large', end('/brotli-bomb')],
  ['own-gzip-bomb', 'a gzip bomb', 'skipped:too_large', end('/gzip-bomb')],
  ['h-041', 'fifty content codings', 'skipped:bad_encoding', end('/fifty-codings')],
  ['h-042', 'gzip cut off by a close', 'waits:connection_failed', end('/gzip-cut')],
  ['h-043', 'gzip that is none', 'skipped:bad_encoding', end('/gzip-lie')],
  ['h-044', 'gzip with something behind it', 'article', end('/gzip-trailing')],
  ['h-046', 'chunks without end', 'skipped:too_large', end('/endless-chunks')],
  ['h-047', 'a body without end', 'skipped:too_large', end('/endless-close')],
  ['h-048', 'a byte now and then', 'waits:timeout', end('/slow-body')],
  ['h-050', 'no answer', 'waits:timeout', end('/silent')],
  ['h-051', 'headers one by one', 'waits:timeout', end('/slow-headers')],
  ['h-052', 'a status line that never ends', 'waits:timeout', end('/slow-status')],
  ['h-053', 'a header of 1 MB', 'skipped:protocol_error', end('/huge-header')],
  ['h-054', '5,000 headers', 'skipped:protocol_error', end('/many-headers')],
  ['h-055', 'headers without end', 'skipped:protocol_error', end('/endless-headers')],
  ['h-056', 'Early Hints for ever', 'waits:timeout', end('/hints-flood')],
  ['h-057', '100 Continue for ever', 'skipped:protocol_error', end('/continue-flood')],
  ['h-059', 'more body than announced', 'skipped:empty', end('/length-too-short')],
  ['h-060', 'two lengths', 'skipped:protocol_error', end('/two-lengths')],
  ['h-061', 'a negative length', 'skipped:protocol_error', end('/negative-length')],
  ['h-062', 'a length of 10^20', 'skipped:protocol_error', end('/huge-length')],
  ['h-063', 'a length of 10 GiB', 'skipped:too_large', end('/announced-10g')],
  ['h-064', 'a length and chunks', 'skipped:protocol_error', end('/both-lengths')],
  ['h-065', 'a chunk whose size is no number', 'skipped:protocol_error', end('/bad-chunk')],
  ['h-068', 'chunks that stop', 'waits:connection_failed', end('/no-last-chunk')],
  ['h-070', 'no HTTP at all', 'skipped:protocol_error', end('/garbage')],
  ['h-072', 'a connection closed at once', 'waits:connection_failed', end('/fin')],
  ['h-073', 'NUL in a header', 'skipped:protocol_error', end('/nul-header')],
  ['h-074', 'a charset that is no ASCII', 'skipped:empty', end('/raw-charset')],
  ['h-076', 'status 999', 'waits:http_5xx', end('/odd-status')],
  ['h-077', 'status 000', 'skipped:protocol_error', end('/status-000')],
  ['h-078', '204 with a body', 'skipped:http_other', end('/204')],
  ['h-080', '206 that nobody asked for', 'skipped:http_other', end('/206')],
  ['h-084', '503 with a Retry-After that is none', 'waits:http_5xx', end('/busy-garbage')],
  ['h-085', 'a certificate that nobody vouches for', 'skipped:tls_error', tlsEnd({}, {})],
  [
    'h-086',
    'an expired certificate',
    'skipped:tls_error',
    tlsEnd({ cert: fixture('expired.pem') }, { ca: fixture('expired.pem') }),
  ],
  ['h-088', 'a TLS handshake that goes nowhere', 'waits:timeout', onMuteServer],
  [
    'h-089',
    'TLS 1.0',
    'skipped:tls_error',
    tlsEnd({ minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }, { ca: certificate }),
  ],
  [
    'h-090',
    'a server that offers HTTP/2',
    'article',
    tlsEnd(
      { ALPNProtocols: ['h2', 'http/1.1'] },
      { ca: certificate },
      respond(articleHtml, 'Content-Type: text/html').toString(),
    ),
  ],
  ['h-091', 'packets that nobody answers', 'waits:timeout', intoTheVoid],
]);

async function chain() {
  const { rows } = await through('/chain/50');
  const counts: Record<string, number> = {};
  for (const { outcome } of rows) {
    const word = outcome?.verdict === 'skipped' ? outcome.reason : 'other';
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

async function statuses() {
  const all = ['/303', '/307', '/308', '/300', '/304'].map(async (path) => (await through(path)).end);
  return (await Promise.all(all)).map((label) => label.replace('skipped:', ''));
}
