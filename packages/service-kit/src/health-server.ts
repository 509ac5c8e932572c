import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface HealthServer extends AsyncDisposable {
  readonly port: number;
}

export interface HealthServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly registry: Registry;
  /** Names of parts that are not ready, with why; empty when all is well. */
  readonly problems: () => Promise<Record<string, string>>;
}

/** `/healthz` (the process lives), `/readyz` (it can work: Redis and so on answer) and `/metrics` (Prometheus text). */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: string, type = 'application/json') => {
      response.writeHead(status, { 'content-type': type }).end(body);
    };
    const respond = async (): Promise<void> => {
      const path = (request.url ?? '').split('?')[0];
      if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, '{"error":"use GET"}');
      if (path === '/healthz') return answer(200, '{"status":"ok"}');
      if (path === '/readyz') {
        const problems = await options.problems();
        const ready = Object.keys(problems).length === 0;
        return answer(ready ? 200 : 503, JSON.stringify({ status: ready ? 'ready' : 'not ready', problems }));
      }
      if (path === '/metrics') return answer(200, await options.registry.metrics(), options.registry.contentType);
      return answer(404, '{"error":"try /healthz, /readyz or /metrics"}');
    };
    respond().catch((error: unknown) => answer(500, JSON.stringify({ error: String(error) })));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
