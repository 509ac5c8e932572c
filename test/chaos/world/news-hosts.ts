import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { articlePage, articlePath, frontPage, oddPaths } from './pages.ts';

interface Answer {
  /** 0: never answers. */
  readonly status: number;
  readonly body?: string;
  readonly location?: string;
}

interface Asked {
  readonly host: string;
  readonly path: string;
  readonly at: number;
  readonly status: number;
}

export interface NewsHosts extends AsyncDisposable {
  /** For FETCH_RESOLVE. */
  readonly address: string;
  /** In order of arrival. */
  readonly asked: readonly Asked[];
  /** Most requests that a host ever had under way at once. */
  readonly inFlightMax: ReadonlyMap<string, number>;
  /** Overrules what a host answers; undefined: the usual. */
  answer: ((host: string, path: string) => Answer | undefined) | undefined;
}

/** Any number of small news sites: each host has a front page and `articles` articles, made from its name. */
export async function startNewsHosts(articles: number): Promise<NewsHosts> {
  const asked: Asked[] = [];
  const inFlight = new Map<string, number>();
  const inFlightMax = new Map<string, number>();
  const pages = new Map(Array.from({ length: articles }, (_, n) => [articlePath(n), n]));
  const usual = (host: string, path: string): Answer => {
    if (path === '/') return { status: 200, body: frontPage(host, articles) };
    if (path === oddPaths.moved) return { status: 301, location: articlePath(0) };
    const number = pages.get(path);
    return number === undefined ? { status: 404 } : { status: 200, body: articlePage(host, number) };
  };
  const hosts: NewsHosts = {
    address: '',
    asked,
    inFlightMax,
    answer: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const path = request.url ?? '/';
    const open = (inFlight.get(host) ?? 0) + 1;
    inFlight.set(host, open);
    inFlightMax.set(host, Math.max(open, inFlightMax.get(host) ?? 0));
    response.once('close', () => inFlight.set(host, (inFlight.get(host) ?? 1) - 1));
    const { status, body, location }: Answer = hosts.answer?.(host, path) ?? usual(host, path);
    asked.push({ host, path, at: performance.now(), status });
    if (status === 0) return;
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...(location && { location }) });
    response.end(body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(hosts, { address: `127.0.0.1:${(server.address() as AddressInfo).port}` });
}
