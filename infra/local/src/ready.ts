import { Redis } from 'ioredis';
import type { ServerState } from './stack-state.ts';

/** What one look at a server says. `ready` is false while it loads its data. */
export type Answer = { ready: boolean; detail: string; processId?: number; clusterName?: string };

/**
 * Asks a server of a stack, and takes only that very server for an answer: another one that got the same port later is
 * "not ready". In Docker the process has another number inside, so there Redis is taken as it is.
 */
export async function askServer(server: ServerState): Promise<Answer> {
  if (server.name === 'redis') {
    const answer = await askRedis(server.url);
    if (server.containerName !== undefined || !answer.ready || answer.processId === server.process.pid) return answer;
    return { ready: false, detail: `another Redis (process ${answer.processId}) answers at ${server.url}` };
  }
  const answer = await askElasticsearch(server.url);
  if (!answer.ready || answer.clusterName === server.clusterName) return answer;
  return { ready: false, detail: `another cluster (${answer.clusterName}) answers at ${server.url}` };
}

/** Asks a Redis who it is. One attempt, at most `timeoutMs`; a refused connection is an answer, not an error. */
export async function askRedis(url: string, timeoutMs = 2_000): Promise<Answer> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  // Without a listener ioredis prints connection errors.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const pong = await redis.ping();
    const processId = /^process_id:(\d+)/m.exec(await redis.info('server'))?.[1];
    return { ready: pong === 'PONG', detail: pong, ...(processId !== undefined && { processId: Number(processId) }) };
  } catch (error) {
    return { ready: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    redis.disconnect();
  }
}

/** Asks an Elasticsearch for its health; credentials in the URL are sent as basic authentication. */
export async function askElasticsearch(url: string, timeoutMs = 2_000): Promise<Answer> {
  const target = new URL('_cluster/health', url.endsWith('/') ? url : `${url}/`);
  const headers = new Headers();
  if (target.username !== '') {
    const login = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`;
    headers.set('authorization', `Basic ${Buffer.from(login).toString('base64')}`);
    target.username = '';
    target.password = '';
  }
  try {
    const response = await fetch(target, { headers, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return { ready: false, detail: `HTTP ${response.status}` };
    const health = (await response.json()) as { cluster_name: string; status: string };
    return { ready: true, detail: health.status, clusterName: health.cluster_name };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { ready: false, detail: cause instanceof Error ? cause.message : String(cause) };
  }
}
