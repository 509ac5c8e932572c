import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly id: string;
  readonly content: string;
  readonly articles: readonly string[];
  readonly headers: IncomingHttpHeaders;
}

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** All requests, in order. */
  readonly received: Received[];
}

/** For tests: a webhook receiver on a port of its own, which answers as told. */
export async function startReceiver(answer: (number: number, response: ServerResponse) => void): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const content = Buffer.concat(chunks).toString();
      const { articles } = JSON.parse(content) as { articles: { headline: string }[] };
      const { headers } = request;
      received.push({
        id: String(headers['webhook-id']),
        content,
        articles: articles.map(({ headline }) => headline),
        headers,
      });
      answer(received.length, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether a request is signed with this secret, as a receiver would check it. */
export function isSigned({ headers, content }: Received, secret: string): boolean {
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${content}`;
  const expected = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(signed)
    .digest();
  const given = Buffer.from(String(headers['webhook-signature']).slice('v1,'.length), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
