import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { sites } from './expected.ts';
import { asset, isAssetPath } from './hosts/files.ts';
import type { Encoding, Site, SitePage } from './model.ts';

/** One request as the server saw it. Times are milliseconds since the epoch, with fractions. */
interface SiteRequest {
  readonly host: string;
  /** Path with query. */
  readonly path: string;
  readonly userAgent: string;
  readonly startMs: number;
  /** When the response was handed over or the client went away; 0 while it is under way. */
  endMs: number;
  /** 0 while it is under way. */
  status: number;
}

interface Politeness {
  readonly requests: number;
  readonly inFlightMax: number;
  /** Shortest time from one request's start to the next one's; Infinity below two requests. */
  readonly startGapMinMs: number;
  /** Shortest time from one request's end to the next one's start; negative if they overlapped. */
  readonly idleGapMinMs: number;
}

export interface SiteServer extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, to be asked with a site's name as `Host`. */
  readonly address: string;
  /** `http://www.longyuan.test`: what a crawl uses, through `resolveMap`. */
  origin(host: string): string;
  /** Host pattern → address to connect to instead, so that URLs are the same in every run. */
  readonly resolveMap: Readonly<Record<string, string>>;
  /** In order of arrival. */
  readonly requests: readonly SiteRequest[];
  /** How a host was treated; requests for assets and robots.txt count as well. */
  politeness(host: string): Politeness;
  clearRequests(): void;
}

/** Starts one HTTP server for all fixture sites; it tells them apart by the `Host` header. */
export async function startSites(options: { port?: number; hostname?: string } = {}): Promise<SiteServer> {
  const hostname = options.hostname ?? '127.0.0.1';
  const requests: SiteRequest[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    const host = hostOf(request);
    const entry: SiteRequest = {
      host,
      path: request.url ?? '/',
      userAgent: request.headers['user-agent'] ?? '',
      startMs: nowMs(),
      endMs: 0,
      status: 0,
    };
    requests.push(entry);
    const end = (): void => {
      if (entry.endMs > 0) return;
      entry.endMs = nowMs();
      entry.status = response.statusCode;
    };
    response.once('finish', end).once('close', end);
    answer(request, response, host, timers);
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(options.port ?? 0, hostname, resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `http://${hostname}:${port}`,
    origin: (host) => `http://${host}`,
    resolveMap: { '*.test': `${hostname}:${port}` },
    requests,
    politeness: (host) => politenessOf(requests.filter((request) => request.host === host)),
    clearRequests: () => {
      requests.length = 0;
    },
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer);
      const closed = new Promise<void>((done) => {
        server.close(() => done());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

const nowMs = (): number => performance.timeOrigin + performance.now();

const hostOf = (request: IncomingMessage): string => (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');

function politenessOf(requests: readonly SiteRequest[]): Politeness {
  let inFlightMax = 0;
  let startGapMinMs = Number.POSITIVE_INFINITY;
  let idleGapMinMs = Number.POSITIVE_INFINITY;
  requests.forEach((request, index) => {
    const earlier = requests.slice(0, index);
    const isOpen = (other: SiteRequest): boolean => other.endMs === 0 || other.endMs > request.startMs;
    inFlightMax = Math.max(inFlightMax, 1 + earlier.filter(isOpen).length);
    const previous = earlier.at(-1);
    if (!previous) return;
    startGapMinMs = Math.min(startGapMinMs, request.startMs - previous.startMs);
    const endMs = Math.max(...earlier.map((other) => other.endMs || Number.POSITIVE_INFINITY));
    idleGapMinMs = Math.min(idleGapMinMs, request.startMs - endMs);
  });
  return { requests: requests.length, inFlightMax, startGapMinMs, idleGapMinMs };
}

interface Prepared {
  readonly page: SitePage;
  readonly site: Site;
  readonly body: Uint8Array;
  readonly etag?: string;
}

const index = new Map(sites.map((site) => [site.host, new Map(site.pages.map((page) => [page.path, page]))]));
const prepared = new Map<string, Prepared>();
const compressed = new Map<string, Uint8Array>();

/** Renders once, then keeps. */
function prepare(host: string, path: string): Prepared | undefined {
  const key = host + path;
  const known = prepared.get(key);
  if (known) return known;
  const page = index.get(host)?.get(path);
  const site = sites.find((candidate) => candidate.host === host);
  if (!page || !site) return undefined;
  const body = page.body();
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  const etag = page.etag && { etag: page.etag === 'weak' ? `W/"${digest}"` : `"${digest}"` };
  const made = { page, site, body, ...etag };
  prepared.set(key, made);
  return made;
}

function answer(request: IncomingMessage, response: ServerResponse, host: string, timers: Set<NodeJS.Timeout>): void {
  const path = request.url ?? '/';
  response.setHeader('server', 'nginx');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405).end();
    return;
  }
  const found = prepare(host, path);
  if (!found) {
    if (index.has(host) && isAssetPath(path)) {
      const { contentType, body } = asset(path);
      response.writeHead(200, { 'content-type': contentType }).end(body);
      return;
    }
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>404 页面没有找到</h1>');
    return;
  }
  const { page, etag } = found;
  const encoding = page.encoding ?? negotiated(found, request.headers['accept-encoding'] ?? '');
  const body = encoding ? compress(host + path, found.body, encoding) : found.body;
  const headers = {
    ...page.headers,
    ...(etag && { etag }),
    ...(page.lastModified && { 'last-modified': new Date(page.lastModified).toUTCString() }),
    ...(found.site.compress && { vary: 'Accept-Encoding' }),
  };
  if (isUnchanged(request, found)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(page.status ?? 200, {
    ...headers,
    'content-type': page.contentType,
    'content-length': body.byteLength,
    ...(encoding && { 'content-encoding': encoding }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  if (!page.delayMs) {
    response.end(body);
    return;
  }
  const middle = body.byteLength >> 1;
  response.write(body.subarray(0, middle));
  const timer = setTimeout(() => {
    timers.delete(timer);
    response.end(body.subarray(middle));
  }, page.delayMs);
  timers.add(timer);
}

/** RFC 9110 §13.2.2: `If-None-Match` counts alone when it is sent. */
function isUnchanged({ headers }: IncomingMessage, { page, etag }: Prepared): boolean {
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined) {
    const tags = noneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return etag !== undefined && tags.includes(etag.replace(/^W\//, ''));
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  if (!page.lastModified || Number.isNaN(since)) return false;
  return Math.floor(Date.parse(page.lastModified) / 1000) * 1000 <= since;
}

function negotiated({ site, body }: Prepared, accepted: string): Encoding | undefined {
  if (body.byteLength < 256) return undefined;
  const names = accepted.split(',').map((part) => part.split(';')[0]?.trim());
  return site.compress?.find((encoding) => names.includes(encoding));
}

function compress(key: string, body: Uint8Array, encoding: Encoding): Uint8Array {
  const known = compressed.get(`${encoding} ${key}`);
  if (known) return known;
  const made = {
    gzip: () => gzipSync(body),
    br: () => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
    zstd: () => zstdCompressSync(body),
  }[encoding]();
  compressed.set(`${encoding} ${key}`, made);
  return made;
}
