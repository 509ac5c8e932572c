import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedPages extends Disposable {
  /** For FETCH_RESOLVE. */
  readonly address: string;
  /** Asked for so far. */
  readonly requests: number;
}

/** Serves pages by path, as the map has them at each request; 404 for all else. */
export async function servePages(pages: ReadonlyMap<string, string>): Promise<ServedPages> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const body = pages.get(request.url ?? '');
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(body ?? 'not here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
