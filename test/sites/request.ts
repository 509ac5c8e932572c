import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

export interface SiteResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** GET of a fixture URL through the server's port, one connection each; nothing is followed or decompressed. */
export function get(port: number, url: string, headers: Record<string, string> = {}): Promise<SiteResponse> {
  const { host, pathname, search } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<SiteResponse>();
  const options = { hostname: '127.0.0.1', port, path: pathname + search, agent: false, headers: { host, ...headers } };
  const outgoing = httpRequest(options, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.once('error', reject);
    response.once('end', () => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
    });
  });
  outgoing.once('error', reject);
  outgoing.end();
  return promise;
}
