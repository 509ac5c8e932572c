import { createHash, timingSafeEqual } from 'node:crypto';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiProblem } from './problem.ts';

/** A key that may read: its name for logs and limits, and the SHA-256 of the key itself in hex. */
export interface ApiKey {
  readonly name: string;
  readonly sha256: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Name of the key that the request came with; undefined where no keys are asked for. */
    keyName: string | undefined;
  }
}

export interface Access {
  /** Without any, everybody may read. */
  readonly keys: readonly ApiKey[];
  /** Requests per minute of one key or, without keys, one address; 0 for no limit. Counted per process. */
  readonly ratePerMinute: number;
  /** Requests of one key or address that are answered at once; 0 for no limit. Per process. */
  readonly atOnceMax: number;
  /** Origins whose pages may read answers in a browser; `*` for all. */
  readonly corsOrigins: readonly string[];
}

export const openAccess: Access = { keys: [], ratePerMinute: 0, atOnceMax: 0, corsOrigins: [] };

/** Probes, the metrics collector and WebSub hubs have no key, and must not be told to come back later. */
const unguarded = new Set(['/healthz', '/metrics', '/websub/:id']);

/** Keys, limits and CORS for everything that is registered after this. */
export async function guard(
  app: FastifyInstance,
  { keys, ratePerMinute, atOnceMax, corsOrigins }: Access,
): Promise<void> {
  const whose = (request: FastifyRequest): string => ownerOf(request, keys)?.name ?? `address ${request.ip}`;
  if (corsOrigins.length > 0) {
    await app.register(cors, {
      origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
      methods: ['GET', 'HEAD'],
      allowedHeaders: ['authorization', 'x-api-key', 'if-none-match'],
      exposedHeaders: ['etag', 'retry-after', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'],
      maxAge: 3_600,
    });
  }
  if (ratePerMinute > 0) {
    await app.register(rateLimit, {
      max: ratePerMinute,
      timeWindow: '1 minute',
      keyGenerator: whose,
      allowList: (request) => unguarded.has(request.routeOptions.url ?? ''),
      errorResponseBuilder: (_, { max, after }) =>
        new ApiProblem(429, 'Too many requests', `At most ${max} requests a minute. Try again in ${after}.`),
    });
  }
  if (atOnceMax > 0) limitAtOnce(app, atOnceMax, whose);
  app.decorateRequest('keyName', undefined);
  if (keys.length === 0) return;
  // After the rate limit, so that guessing is limited as well.
  app.addHook('preHandler', async (request, reply) => {
    request.keyName = ownerOf(request, keys)?.name;
    if (unguarded.has(request.routeOptions.url ?? '') || request.keyName !== undefined) return;
    // Browsers and feed readers know this way to ask for a password.
    reply.header('www-authenticate', 'Basic realm="newsmill", charset="UTF-8"');
    throw new ApiProblem(
      401,
      'A key is needed',
      'Send it as "Authorization: Bearer <key>", as "X-API-Key: <key>", or as the password of Basic authentication.',
    );
  });
}

/** Nobody's questions may take all of Elasticsearch, however expensive they are, nor all of this process. */
function limitAtOnce(app: FastifyInstance, max: number, whose: (request: FastifyRequest) => string): void {
  const running = new Map<string, number>();
  app.addHook('onRequest', async (request, reply) => {
    if (unguarded.has(request.routeOptions.url ?? '')) return;
    const owner = whose(request);
    const count = running.get(owner) ?? 0;
    if (count >= max) {
      reply.header('retry-after', '1');
      throw new ApiProblem(429, 'Too many requests at once', `At most ${max} are answered at once. Wait for answers.`);
    }
    running.set(owner, count + 1);
    // Also when the client has gone.
    reply.raw.once('close', () => {
      const rest = (running.get(owner) ?? 1) - 1;
      if (rest > 0) running.set(owner, rest);
      else running.delete(owner);
    });
  });
}

function ownerOf(request: FastifyRequest, keys: readonly ApiKey[]): ApiKey | undefined {
  const key = keyOf(request);
  if (key === undefined) return undefined;
  const digest = createHash('sha256').update(key).digest();
  return keys.find(({ sha256 }) => timingSafeEqual(Buffer.from(sha256, 'hex'), digest));
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const own = headers['x-api-key'];
  if (typeof own === 'string') return own;
  const [, scheme = '', value = ''] = /^(bearer|basic) +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}
