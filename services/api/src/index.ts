import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createRedisAuditStore } from '@newsmill/audit';
import { createPoster, userAgent } from '@newsmill/fetch';
import { createRedisFrontier } from '@newsmill/frontier';
import { createBullJobQueue, createRedisQuarantine } from '@newsmill/queue';
import {
  createElasticsearchClient,
  createElasticsearchIndex,
  createElasticsearchInventory,
  createElasticsearchSites,
  createElasticsearchVersions,
} from '@newsmill/search-index';
import { openRedis, type RunningService, redisProblem, type ServiceKit } from '@newsmill/service-kit';
import { Counter } from 'prom-client';
import { createRedisAlertStore } from './alerts/redis-store.ts';
import { repeat } from './alerts/repeat.ts';
import { createAlerts } from './alerts/send-alerts.ts';
import { createApi } from './app.ts';
import type { ApiConfig } from './config.ts';
import { recently } from './recently.ts';
import { createRedisReplayStore } from './replay/redis-store.ts';
import { createReplayRun } from './replay/run-replay.ts';
import { openWebSub } from './websub/open-websub.ts';

export { type ApiDeps, createApi } from './app.ts';

/** Between two looks whether a replay can go on; a look is one request to Redis. */
const replayPauseMs = 1_000;

/** The API: settings in, a listening server out. */
export async function createApiService(config: ApiConfig, { logger, registry }: ServiceKit): Promise<RunningService> {
  const redis = openRedis(config.REDIS_URL, logger);
  const frontier = createRedisFrontier(redis, config.REDIS_PREFIX);
  const client = createElasticsearchClient({
    url: config.ELASTICSEARCH_URL,
    ...(config.ELASTICSEARCH_API_KEY === undefined ? {} : { apiKey: config.ELASTICSEARCH_API_KEY }),
  });
  const prefix = config.ELASTICSEARCH_PREFIX ?? '';
  const index = createElasticsearchIndex({ client, prefix });
  const clock = Date.now;
  const poster = createPoster({
    userAgent: userAgent(undefined),
    allowCidrs: config.ALERTS_ALLOW_CIDRS,
    allowPorts: config.ALERTS_ALLOW_PORTS,
  });
  const quarantine = createRedisQuarantine(redis, config.REDIS_PREFIX);
  const queue = createBullJobQueue({
    redisUrl: config.REDIS_URL,
    prefix: config.REDIS_PREFIX,
    onError: (err, name) => logger.error({ err, queue: name }, 'queue'),
  });
  const replays = createRedisReplayStore(redis, config.REDIS_PREFIX);
  const store = createRedisAlertStore(redis, config.REDIS_PREFIX);
  const websub =
    config.WEBSUB_CALLBACK_URL === undefined
      ? undefined
      : openWebSub({
          ...{ logger, registry, redis, frontier },
          ...{ redisUrl: config.REDIS_URL, prefix: config.REDIS_PREFIX, callbackUrl: config.WEBSUB_CALLBACK_URL },
        });
  const app = await createApi({
    index,
    versions: createElasticsearchVersions({ client, prefix }),
    sites: createElasticsearchSites({ client, prefix }),
    // Of 100,000 hosts it takes a second; everybody may ask.
    balance: recently(2_000, clock, () => frontier.balance()),
    registry,
    logger,
    access: {
      keys: config.API_KEYS,
      ratePerMinute: config.API_RATE_PER_MINUTE,
      atOnceMax: config.API_AT_ONCE_MAX,
      corsOrigins: config.API_CORS_ORIGINS,
    },
    alerts: { store, poster, operators: config.API_OPERATORS, clock },
    operator: {
      ...{ quarantine, queue, ledger: frontier, operators: config.API_OPERATORS, clock },
      audits: createRedisAuditStore(redis, config.REDIS_PREFIX),
      replays,
      countArticles: () => index.count(),
    },
    ...(websub === undefined ? {} : { websub: websub.routes }),
    trustedProxies: config.API_TRUSTED_PROXIES,
    connectionsMax: config.API_CONNECTIONS_MAX,
    ...(config.API_PUBLIC_URL === undefined ? {} : { publicUrl: config.API_PUBLIC_URL }),
  });
  await app.listen({ host: config.API_HOST, port: config.API_PORT });
  const attempts = new Counter({
    name: 'newsmill_alert_attempts_total',
    help: 'Attempts to deliver alerts of saved searches.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const alerts = createAlerts({
    store,
    index,
    poster,
    clock,
    pauseMs: config.ALERTS_INTERVAL_MS * 0.8,
    onAttempt: (outcome) => attempts.inc({ outcome }),
    onTrouble: (err, { id, owner }) => logger.warn({ err, savedSearch: id, owner }, 'a saved search waits'),
  });
  const looking = repeat(alerts.lookRound, config.ALERTS_INTERVAL_MS, (err) => logger.warn({ err }, 'alerts wait'));
  const inventory = createElasticsearchInventory({ client, prefix });
  const stopping = new AbortController();
  const replaying = repeat(
    createReplayRun({
      store: replays,
      inventory,
      ledger: frontier,
      queue,
      token: randomUUID(),
      clock,
      signal: stopping.signal,
    }),
    replayPauseMs,
    (err) => logger.warn({ err }, 'a replay waits'),
  );
  const { port } = app.server.address() as AddressInfo;
  return {
    announce: { apiPort: port },
    async problems() {
      const { ok, detail } = await index.ping();
      return { ...(ok ? {} : { elasticsearch: detail }), ...(await redisProblem(redis)) };
    },
    async stop() {
      stopping.abort();
      await Promise.all([looking[Symbol.asyncDispose](), replaying[Symbol.asyncDispose]()]);
      await app.close();
      await websub?.[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
      await poster[Symbol.asyncDispose]();
      await client.close();
      redis.disconnect();
    },
  };
}
