import type { AddressInfo } from 'node:net';
import { createRedisFrontier } from '@newsmill/frontier';
import {
  createElasticsearchClient,
  createElasticsearchIndex,
  createElasticsearchSites,
  createElasticsearchVersions,
} from '@newsmill/search-index';
import { openRedis, type RunningService, redisProblem, type ServiceKit } from '@newsmill/service-kit';
import { createApi } from './app.ts';
import type { ApiConfig } from './config.ts';

export { type ApiDeps, createApi } from './app.ts';

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
  const app = await createApi({
    index,
    versions: createElasticsearchVersions({ client, prefix }),
    sites: createElasticsearchSites({ client, prefix }),
    balance: () => frontier.balance(),
    registry,
    logger,
    access: {
      keys: config.API_KEYS,
      ratePerMinute: config.API_RATE_PER_MINUTE,
      corsOrigins: config.API_CORS_ORIGINS,
    },
    trustedProxies: config.API_TRUSTED_PROXIES,
    ...(config.API_PUBLIC_URL === undefined ? {} : { publicUrl: config.API_PUBLIC_URL }),
  });
  await app.listen({ host: config.API_HOST, port: config.API_PORT });
  const { port } = app.server.address() as AddressInfo;
  return {
    announce: { apiPort: port },
    async problems() {
      const { ok, detail } = await index.ping();
      return { ...(ok ? {} : { elasticsearch: detail }), ...(await redisProblem(redis)) };
    },
    async stop() {
      await app.close();
      await client.close();
      redis.disconnect();
    },
  };
}
