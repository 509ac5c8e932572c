import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCEPT_ENCODING, type Capture, type HeaderPair } from '@newsmill/archive';
import {
  canonicalizeUrl,
  checkTarget,
  DEFAULT_PORTS,
  matchName,
  type TargetPolicy,
  targetPolicy,
} from '@newsmill/core';
import { Agent } from 'undici';
import { addressOf, createConnector, type ResolveName, readResolveMap, resolveBySystem } from './connect.ts';
import type { CookieJar } from './cookies.ts';
import { type Exchanged, exchange } from './exchange.ts';
import { FetchError, type FetchOutcome, type Hop, type RefusalCode, refusalCodeOf } from './outcome.ts';
import { isRedirect, redirectTarget, retryAfterMs } from './response-headers.ts';
import { readProxy } from './tunnel.ts';

export interface FetcherConfig {
  /** The whole header; it names us and says where to complain: `newsmill/1.0 (+https://example.com/bot)`. */
  readonly userAgent: string;
  /** Epoch milliseconds: what captures are dated by. */
  readonly clock?: () => number;
  /** Name, `*.suffix` or `*` → `address:port` (or an address), like curl's --connect-to. The address still has to be allowed. */
  readonly resolve?: Readonly<Record<string, string>>;
  readonly allowCidrs?: readonly string[];
  /** Beside 80, 443, 8080 and 8443. */
  readonly allowPorts?: readonly number[];
  /** Body bytes on the wire. Default 10 MiB. */
  readonly bodyBytesMax?: number;
  /** Default 32 KiB. */
  readonly headersBytesMax?: number;
  /** Redirects that are followed. Default 5, what RFC 9309 asks for robots.txt. */
  readonly redirectsMax?: number;
  /** Name, TCP and TLS. Default 10 s. */
  readonly connectMs?: number;
  /** From the request to the head of its final response. Default 20 s. */
  readonly headersMs?: number;
  /** From the head to the end of the body. Default 30 s. */
  readonly bodyMs?: number;
  /** All hops of one URL together. Default 45 s. */
  readonly totalMs?: number;
  /** How long an idle connection is kept. Default 10 s. */
  readonly keepAliveMs?: number;
  /** PEM certificates to trust beside the system's. */
  readonly ca?: string;
  /** Speak HTTP/2 with servers that offer it. Default false: one request at a time gains nothing by it. */
  readonly http2?: boolean;
  /** `http://[user:password@]host:port`: every connection goes through it, to addresses that were judged here. */
  readonly proxy?: string | undefined;
  /** Sent as Accept-Language if set. */
  readonly acceptLanguage?: string;
  /** Default: the system's resolver. */
  readonly resolveName?: ResolveName;
}

export interface FetchOptions {
  /** Validators of the last answer: a server that has nothing new says 304. */
  readonly conditional?: { readonly etag?: string | undefined; readonly lastModified?: string | undefined } | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Asked before each redirect is followed; the target has passed the guard. Whoever follows one to another host owes that
   * host its robots.txt and its pause. Without this function no redirect is followed.
   */
  readonly onHop?: (target: string, hop: number) => boolean | Promise<boolean>;
  readonly cookies?: CookieJar | undefined;
  readonly bodyBytesMax?: number | undefined;
  /** Pause before a request is sent again whose idle connection was closed under it. Default none. */
  readonly retryPauseMs?: number | undefined;
}

export interface Fetcher extends AsyncDisposable {
  /** Never rejects: whatever happens is an outcome. */
  fetch(url: string, options?: FetchOptions): Promise<FetchOutcome>;
  /** The address that a host's name leads to; the same one each time while its answers are the same. Never rejects. */
  addressOf(hostname: string): Promise<string | undefined>;
  /** What this fetcher would contact at all; the same judgement serves links before they are queued. */
  readonly policy: TargetPolicy;
}

const ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.8';

/** Throws RangeError on a range, address, port or proxy that cannot be read. Dispose of it to close its connections. */
export function createFetcher(config: FetcherConfig): Fetcher {
  const resolve = readResolveMap(config.resolve ?? {});
  const policy = targetPolicy({
    allowCidrs: config.allowCidrs ?? [],
    allowPorts: [...DEFAULT_PORTS, ...(config.allowPorts ?? [])],
    allowNames: [...resolve.keys()],
  });
  /** The open connection of each origin. */
  const links = new Map<string, { readonly ip: string | undefined }>();
  const connect = createConnector({
    policy,
    resolve,
    resolveName: config.resolveName ?? resolveBySystem,
    timeoutMs: config.connectMs ?? 10_000,
    http2: config.http2 ?? false,
    proxy: config.proxy === undefined ? undefined : readProxy(config.proxy),
    ...(config.ca === undefined ? {} : { ca: config.ca }),
  });
  const agent = new Agent({
    connect(target, callback) {
      connect(target, (...result) => {
        const [, socket] = result;
        if (socket !== null && socket !== undefined) {
          const origin = `${target.protocol}//${target.host ?? target.hostname}`;
          const link = { ip: addressOf(socket) };
          links.set(origin, link);
          socket.once('close', () => {
            if (links.get(origin) === link) links.delete(origin);
          });
        }
        callback(...result);
      });
    },
    // One host, one request at a time: the frontier sees to it, and so does this.
    connections: 1,
    pipelining: 1,
    allowH2: config.http2 ?? false,
    // Ours are in exchange.ts.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: config.headersBytesMax ?? 32 * 1024,
    keepAliveTimeout: config.keepAliveMs ?? 10_000,
    keepAliveMaxTimeout: config.keepAliveMs ?? 10_000,
  });

  async function send(url: URL, headers: Readonly<Record<string, string>>, deadline: number, options: FetchOptions) {
    const kept = links.get(url.origin);
    const attempt = () =>
      exchange(agent, {
        url,
        headers,
        bodyBytesMax: options.bodyBytesMax ?? config.bodyBytesMax ?? 10 * 1024 * 1024,
        headersMs: config.headersMs ?? 20_000,
        bodyMs: config.bodyMs ?? 30_000,
        totalMs: Math.max(1, deadline - performance.now()),
        signal: options.signal,
        addressNow: () => links.get(url.origin)?.ip,
        skipBody: isRedirect,
      });
    try {
      return await attempt();
    } catch (error) {
      // A server may close an idle connection in the very moment it is used again: that says nothing about the URL
      // (RFC 9112 §9.3.1), so it is asked once more on a new one. The server may have seen the request all the same.
      if (kept === undefined || !(error instanceof FetchError) || error.code !== 'connection_reset') throw error;
      const pauseMs = options.retryPauseMs ?? 0;
      if (pauseMs >= deadline - performance.now()) throw error;
      if (pauseMs > 0)
        await sleep(pauseMs, undefined, options.signal && { signal: options.signal }).catch(() => undefined);
      return attempt();
    }
  }

  async function follow(first: URL, options: FetchOptions, hops: Hop[]): Promise<FetchOutcome> {
    const deadline = performance.now() + (config.totalMs ?? 45_000);
    const seen = new Set<string>();
    for (let url = first; ; ) {
      const refused = refusalOf(url, policy);
      if (refused !== undefined) return { type: 'refused', code: refused, url: url.href, hops };
      const headers = requestHeaders(config, options, url);
      // The same URL with a new cookie is not the same request.
      const key = `${url.href}\n${headers.cookie ?? ''}`;
      if (seen.has(key)) return { type: 'failed', code: 'redirect_loop', url: url.href, hops };
      seen.add(key);

      const fetchedAt = new Date(config.clock?.() ?? Date.now());
      let exchanged: Exchanged;
      try {
        exchanged = await send(url, headers, deadline, options);
      } catch (cause) {
        if (!(cause instanceof FetchError)) throw cause;
        if (cause.code === 'private_address') return { type: 'refused', code: cause.code, url: url.href, hops, cause };
        return { type: 'failed', code: cause.code, url: url.href, hops, cause };
      }
      options.cookies?.store(url, exchanged.headers);
      const wait = retryAfterMs(exchanged.headers, Date.now());
      const answered = {
        capture: captureOf(url, fetchedAt, exchanged, requestPairs(url, headers)),
        latencyMs: Math.round(exchanged.latencyMs),
        ...(wait === undefined ? {} : { retryAfterMs: wait }),
      };
      if (!isRedirect(exchanged.status)) return { type: 'response', ...answered, hops };

      const target = redirectTarget(exchanged.headers, url);
      if (target === undefined) return { type: 'failed', code: 'bad_redirect', url: url.href, hops };
      const offending = refusalOf(target, policy);
      if (offending !== undefined) return { type: 'refused', code: offending, url: target.href, hops };
      if (options.onHop === undefined || !(await options.onHop(target.href, hops.length + 1))) {
        return { type: 'redirect', target: target.href, ...answered, hops };
      }
      if (hops.length >= (config.redirectsMax ?? 5)) {
        return { type: 'failed', code: 'too_many_redirects', url: url.href, hops };
      }
      hops.push({ url: url.href, status: exchanged.status, target: target.href });
      url = target;
    }
  }

  return {
    policy,
    async addressOf(hostname) {
      const pattern = matchName(hostname, (each) => resolve.has(each));
      const mapped = pattern === undefined ? undefined : resolve.get(pattern);
      if (mapped !== undefined) return mapped.address;
      const literal = hostname.replace(/^\[|\]$/g, '');
      if (isIP(literal) !== 0) return literal;
      const answers = await (config.resolveName ?? resolveBySystem)(hostname).catch(() => []);
      return answers.map(({ address }) => address).sort()[0];
    },
    async fetch(url, options = {}) {
      const parsed = URL.parse(url);
      if (parsed === null) return { type: 'refused', code: 'url_invalid', url, hops: [] };
      parsed.hash = '';
      const hops: Hop[] = [];
      try {
        return await follow(parsed, options, hops);
      } catch (cause) {
        // `onHop` or a jar of the caller's threw: the URL is not to blame.
        return { type: 'failed', code: 'aborted', url, hops, cause };
      }
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}

/** The URL is requested as it is written, but must pass the same judgement as its canonical form. */
function refusalOf(url: URL, policy: TargetPolicy): RefusalCode | undefined {
  const canonical = canonicalizeUrl(url.href);
  const refused = 'refused' in canonical ? canonical : checkTarget(canonical.url, policy);
  return refused === undefined ? undefined : refusalCodeOf(refused.refused);
}

function requestHeaders(config: FetcherConfig, options: FetchOptions, url: URL): Record<string, string> {
  const { etag, lastModified } = options.conditional ?? {};
  const cookie = options.cookies?.header(url);
  return {
    'user-agent': config.userAgent,
    accept: ACCEPT,
    'accept-encoding': ACCEPT_ENCODING,
    ...(config.acceptLanguage === undefined ? {} : { 'accept-language': config.acceptLanguage }),
    ...(isHeaderValue(etag) ? { 'if-none-match': etag } : {}),
    ...(isHeaderValue(lastModified) ? { 'if-modified-since': lastModified } : {}),
    ...(cookie === undefined ? {} : { cookie }),
  };
}

/** Validators come from the network, by way of storage: what cannot stand in a header is not sent. */
function isHeaderValue(value: string | undefined): value is string {
  return value !== undefined && value !== '' && value.length <= 1_024 && /^[\x20-\x7e\x80-\xff]*$/.test(value);
}

function requestPairs(url: URL, headers: Readonly<Record<string, string>>): HeaderPair[] {
  return [['host', url.host], ...Object.entries(headers)];
}

function captureOf(
  url: URL,
  fetchedAt: Date,
  { status, reasonPhrase, headers, body, truncated, ip }: Exchanged,
  request: readonly HeaderPair[],
): Capture {
  return {
    url: url.href,
    fetchedAt: fetchedAt.toISOString(),
    status,
    ...(reasonPhrase === '' ? {} : { reasonPhrase }),
    // Of HTTP/2 too: its frames have no form in a WARC, and readers of archives want a status line that they know.
    httpVersion: '1.1',
    headers,
    body,
    requestHeaders: request,
    ...(truncated === undefined ? {} : { truncated }),
    ...(ip === undefined ? {} : { ip }),
  };
}
