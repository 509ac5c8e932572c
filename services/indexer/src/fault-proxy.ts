import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy does with one request. */
export type Fault =
  | 'pass'
  /** Breaks the connection before the server behind it sees the request. */
  | 'reset'
  /** Lets the server answer, then breaks the connection: the work is done, the answer lost. */
  | 'lose-answer'
  /** Never answers. */
  | 'hang'
  /** Says nothing for so long, then breaks the connection. */
  | { readonly hangMs: number }
  | { readonly status: number; readonly body?: string };

export interface FaultProxy extends AsyncDisposable {
  readonly url: string;
  /** Requests so far. */
  readonly requests: number;
}

/** For tests: a real HTTP proxy in front of a real server, that fails as told. `choose` sees each request with its body. */
export async function startFaultProxy(
  target: string,
  choose: (request: { readonly path: string; readonly body: Buffer; readonly number: number }) => Fault,
): Promise<FaultProxy> {
  let requests = 0;
  const handle = (incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer): void => {
    requests += 1;
    const fault = choose({ path: incoming.url ?? '', body, number: requests });
    if (fault === 'hang') return;
    if (fault === 'reset') return void incoming.socket.destroy();
    if (typeof fault === 'object' && 'hangMs' in fault) {
      setTimeout(() => incoming.socket.destroy(), fault.hangMs);
      return;
    }
    if (typeof fault === 'object') {
      // Without the product header the client takes no 200 for one of Elasticsearch.
      const headers = { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' };
      outgoing.writeHead(fault.status, headers).end(fault.body ?? '{}');
      return;
    }
    const { host: _, ...headers } = incoming.headers;
    const forwarded = request(new URL(incoming.url ?? '/', target), { method: incoming.method ?? 'GET', headers });
    forwarded.on('error', () => incoming.socket.destroy());
    forwarded.on('response', (answer) => {
      if (fault === 'lose-answer') {
        answer.resume().on('end', () => incoming.socket.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.end(body);
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => handle(incoming, outgoing, Buffer.concat(chunks)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
