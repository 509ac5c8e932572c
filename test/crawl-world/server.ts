import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOf } from './answer.ts';
import { isBad, type LoggedRequest, makeHost, type WorldHost } from './host.ts';

export interface CrawlWorld extends AsyncDisposable {
  readonly hosts: readonly WorldHost[];
  /** For FETCH_RESOLVE: each host has an address of its own. */
  readonly resolve: string;
  /** A new article on a host of the numbers, told of by its lists from now on; nothing on a host that brings no news. */
  publish(number: number): void;
}

const dripMs = 100;

/** Hosts `h0.world0.test`, … each at its own address of loopback (127.0.1.1, 127.0.1.2, …), with the manner of its number. */
export async function startCrawlWorld(count: number): Promise<CrawlWorld> {
  const hosts = Array.from({ length: count }, (_, number) => makeHost(number));
  const timers = new Set<NodeJS.Timeout>();
  const listeners = await Promise.all(
    hosts.map(async (host) => {
      const address = `127.0.${1 + Math.floor(host.number / 250)}.${1 + (host.number % 250)}`;
      const server = createServer((request, response) => serve(host, request, response, timers));
      server.keepAliveTimeout = 30_000;
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, address, resolve);
      });
      return { server, pair: `${host.name}=${address}:${(server.address() as AddressInfo).port}` };
    }),
  );
  return {
    hosts,
    resolve: listeners.map(({ pair }) => pair).join(','),
    publish(number) {
      const host = hosts[number % count];
      if (host !== undefined && !isBad(host.manner)) host.articles.push({ at: performance.now(), fetches: 0 });
    },
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(
        listeners.map(({ server }) => {
          const closed = new Promise((resolve) => server.close(resolve));
          server.closeAllConnections();
          return closed;
        }),
      );
    },
  };
}

function serve(host: WorldHost, request: IncomingMessage, response: ServerResponse, timers: Set<NodeJS.Timeout>): void {
  const [path = '/', query] = (request.url ?? '/').split('?', 2);
  const entry: LoggedRequest = {
    path: request.url ?? '/',
    at: performance.now(),
    endAt: 0,
    status: 0,
    retryAfterMs: 0,
  };
  host.log.push(entry);
  const ended = (): void => {
    if (entry.endAt === 0) entry.endAt = performance.now();
  };
  response.once('close', ended);
  if (request.headers.host?.split(':')[0] !== host.name) {
    response.writeHead(421).end();
    return;
  }
  const etag = request.headers['if-none-match'];
  const answer = answerOf(host, { path, query: query === undefined ? '' : `?${query}`, etag });
  if ('status' in answer) {
    const send = (): void => {
      entry.status = answer.status;
      entry.retryAfterMs = Number(answer.headers['retry-after'] ?? 0) * 1_000;
      // Short bodies are with the network at once; when this process hears of it says nothing about the client.
      ended();
      response.writeHead(answer.status, answer.headers).end(answer.body);
    };
    if (host.manner === 'slow') later(send, 200, timers);
    else send();
    return;
  }
  const head = { 'content-type': 'text/html' };
  if (answer.act === 'reset') {
    ended();
    request.socket.resetAndDestroy();
  } else if (answer.act === 'cut') {
    response.writeHead(200, { ...head, 'content-length': '100000' }).write('<html>');
    later(
      () => {
        ended();
        request.socket.destroy();
      },
      20,
      timers,
    );
  } else if (answer.act === 'drip' || answer.act === 'endless') {
    response.writeHead(200, head);
    const piece = answer.act === 'drip' ? '<' : '<p>And so on.</p>'.repeat(2_000);
    const timer = setInterval(() => response.write(piece), dripMs);
    timers.add(timer);
    response.once('close', () => {
      clearInterval(timer);
      timers.delete(timer);
    });
  }
}

function later(act: () => void, ms: number, timers: Set<NodeJS.Timeout>): void {
  const timer = setTimeout(() => {
    timers.delete(timer);
    act();
  }, ms);
  timers.add(timer);
}
