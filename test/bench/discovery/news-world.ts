import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a host behaves; which one has which is a matter of its number, so that every run is the same. */
export type Manner = 'plain' | 'etag' | 'liar' | 'section' | 'busy' | 'slow' | 'moved' | 'delay';

interface HostLog {
  inFlight: number;
  inFlightMax: number;
  lastEnd: number;
  gapMin: number;
  requests: number;
}

export interface NewsWorld extends AsyncDisposable {
  readonly port: number;
  readonly hosts: readonly { readonly name: string; readonly manner: Manner; readonly log: HostLog }[];
  /** A new article on a host, linked from its feed and its front page from now on. */
  publish(host: number): void;
  /** Milliseconds from publication to the first fetch, by manner; undefined while it has not been fetched. */
  latencies(): { readonly manner: Manner; readonly ms: number | undefined }[];
}

const manners: readonly Manner[] = [
  'plain',
  'etag',
  'etag',
  'etag',
  'section',
  'busy',
  'slow',
  'moved',
  'delay',
  'liar',
];
const feedLength = 20;

/** Hosts `h0.news-world.test`, … behind one port of loopback, told apart by `Host`. */
export async function startNewsWorld(count: number): Promise<NewsWorld> {
  const hosts = Array.from({ length: count }, (_, at) => ({
    name: `h${at}.world${at % 20}.test`,
    manner: manners[at % manners.length] ?? 'plain',
    articles: [] as { at: number; fetchedAt?: number }[],
    log: { inFlight: 0, inFlightMax: 0, lastEnd: 0, gapMin: Number.POSITIVE_INFINITY, requests: 0 },
    refusals: 0,
  }));
  const byName = new Map(hosts.map((host) => [host.name, host]));
  type Host = (typeof hosts)[number];
  const newest = (host: Host) =>
    host.articles
      .map((_, at) => `/news/2026/06/01/${10_000 + at}.html`)
      .slice(-feedLength)
      .reverse();

  function answer(
    host: Host,
    path: string,
    request: IncomingMessage,
  ): { status: number; headers: Record<string, string>; body: string } {
    const html = { 'content-type': 'text/html; charset=utf-8' };
    if (path === '/robots.txt') {
      const body = host.manner === 'delay' ? 'user-agent: *\ncrawl-delay: 0.3' : 'user-agent: *\ndisallow: /private/';
      return { status: 200, headers: { 'content-type': 'text/plain' }, body };
    }
    const article = /^\/news\/2026\/06\/01\/(\d+)\.html$/.exec(path)?.[1];
    if (article !== undefined) {
      const known = host.articles[Number(article) - 10_000];
      if (known === undefined) return { status: 404, headers: html, body: '' };
      known.fetchedAt ??= performance.now();
      const text = `<p>${`Sentence ${article} of the news of ${host.name}, which somebody wrote for this test. `.repeat(6)}</p>`;
      return {
        status: 200,
        headers: html,
        body: `<html><head><title>News ${article} of ${host.name}</title></head><body><h1>News ${article} of ${host.name}</h1>${text.repeat(3)}</body></html>`,
      };
    }
    if (path === '/feed.xml' && host.manner === 'moved')
      return { status: 301, headers: { location: '/feeds/all.xml' }, body: '' };
    if ((path === '/feed.xml' && host.manner !== 'section') || path === '/feeds/all.xml') {
      const items = newest(host).map(
        (link) => `<item><title>News</title><link>http://${host.name}${link}</link></item>`,
      );
      const body = `<rss version="2.0"><channel><title>${host.name}</title>${items.join('')}</channel></rss>`;
      const headers: Record<string, string> = { 'content-type': 'application/rss+xml' };
      if (host.manner === 'etag' || host.manner === 'liar') {
        headers.etag = host.manner === 'liar' ? '"for-ever"' : `"${host.articles.length}"`;
        if (request.headers['if-none-match'] === headers.etag) return { status: 304, headers, body: '' };
      }
      if (host.manner === 'busy') {
        host.refusals += 1;
        if (host.refusals % 5 === 0) return { status: 503, headers: { 'retry-after': '1' }, body: '' };
      }
      return { status: 200, headers, body };
    }
    if (path === '/') {
      // Only a liar's feed tells of its news: what its validators hide is found by nobody else.
      const told = host.manner === 'liar' ? [] : newest(host);
      const links = told.map(
        (link) => `<li><a href="${link}">A headline that is long enough to be one, ${link}</a></li>`,
      );
      const feed =
        host.manner === 'section' ? '' : '<link rel="alternate" type="application/rss+xml" href="/feed.xml">';
      return {
        status: 200,
        headers: html,
        body: `<html><head><title>${host.name}</title>${feed}</head><body><ul>${links.join('')}</ul></body></html>`,
      };
    }
    return { status: 404, headers: html, body: '' };
  }

  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const host = byName.get(request.headers.host?.split(':')[0] ?? '');
    if (host === undefined) return void response.writeHead(421).end();
    const { log } = host;
    log.requests += 1;
    log.inFlight += 1;
    log.inFlightMax = Math.max(log.inFlightMax, log.inFlight);
    if (log.lastEnd > 0) log.gapMin = Math.min(log.gapMin, performance.now() - log.lastEnd);
    let ended = false;
    response.once('close', () => {
      if (ended) return;
      ended = true;
      log.inFlight -= 1;
      log.lastEnd = performance.now();
    });
    const send = () => {
      const { status, headers, body } = answer(host, request.url ?? '/', request);
      response.writeHead(status, headers).end(body);
    };
    if (host.manner !== 'slow') return send();
    const timer = setTimeout(() => {
      timers.delete(timer);
      send();
    }, 200);
    timers.add(timer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    hosts,
    publish(at) {
      hosts[at]?.articles.push({ at: performance.now() });
    },
    latencies: () =>
      hosts.flatMap(({ manner, articles }) =>
        articles.map(({ at, fetchedAt }) => ({ manner, ms: fetchedAt === undefined ? undefined : fetchedAt - at })),
      ),
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
