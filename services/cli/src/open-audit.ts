import { openArchive } from '@newsmill/archive';
import { type AuditParts, type AuditStore, createRedisAuditStore } from '@newsmill/audit';
import { createBullInventory } from '@newsmill/queue';
import { createElasticsearchInventory } from '@newsmill/search-index';
import { createLogger, openRedis } from '@newsmill/service-kit';
import { archivePlace, type CliConfig } from './config.ts';
import { openPipeline, openSearchClient, type Servers } from './connect.ts';

export interface OpenAudit extends AsyncDisposable {
  readonly parts: AuditParts;
  readonly store: AuditStore;
}

/** All that an audit looks at, as the settings name it. */
export function openAudit({ redisUrl, elasticsearchUrl }: Servers, config: CliConfig): OpenAudit {
  const pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  const redis = openRedis(redisUrl, createLogger('newsmill', 'fatal'));
  const jobs = createBullInventory(redis, config.REDIS_PREFIX);
  const archive = openArchive(archivePlace(config));
  const { client, prefix } = openSearchClient(elasticsearchUrl, config);
  const index = createElasticsearchInventory({ client, prefix });
  const { frontier, queue, quarantine } = pipeline;
  return {
    parts: { frontier, archive, index, queue, jobs, quarantine },
    store: createRedisAuditStore(redis, config.REDIS_PREFIX),
    async [Symbol.asyncDispose]() {
      await jobs[Symbol.asyncDispose]();
      await archive[Symbol.asyncDispose]();
      await client.close();
      await pipeline[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}
