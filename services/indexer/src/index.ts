import { createFsArchive } from '@newsmill/archive';
import { createRedisFrontier } from '@newsmill/frontier';
import { createElasticsearchClient, createElasticsearchIndex } from '@newsmill/search-index';
import { openWorker, type RunningService, type ServiceKit } from '@newsmill/service-kit';
import { createBulkWriter } from './bulk-writer.ts';
import type { IndexerConfig } from './config.ts';
import { createIndex } from './index-article.ts';

/** The indexer: settings in, a running stage out. */
export async function createIndexer(config: IndexerConfig, kit: ServiceKit): Promise<RunningService> {
  const worker = await openWorker(config, kit);
  const frontier = createRedisFrontier(worker.redis, config.REDIS_PREFIX);
  const archive = createFsArchive({ folder: config.ARCHIVE_DIR });
  const client = createElasticsearchClient({
    url: config.ELASTICSEARCH_URL,
    ...(config.ELASTICSEARCH_API_KEY === undefined ? {} : { apiKey: config.ELASTICSEARCH_API_KEY }),
  });
  const index = createElasticsearchIndex({
    client,
    ...(config.ELASTICSEARCH_PREFIX === undefined ? {} : { prefix: config.ELASTICSEARCH_PREFIX }),
  });
  await index.ensure();
  const writer = createBulkWriter({
    index,
    onTrouble: (trouble) => kit.logger.warn(trouble, 'Elasticsearch is in trouble'),
  });
  return worker.run({
    stage: 'index',
    handler: createIndex({ frontier, archive, writer, clock: Date.now }),
    concurrency: config.INDEXER_CONCURRENCY,
    async onQuarantined(reason, { hostId, urlId, generation }) {
      const outcome = { verdict: 'quarantined', reason } as const;
      await frontier.record(hostId, urlId, { type: 'finalized', outcome, generation }, Date.now());
    },
    async problems() {
      const { ok, detail } = await index.ping();
      return ok ? {} : { elasticsearch: detail };
    },
    owned: [
      { [Symbol.asyncDispose]: () => writer.close({ signal: AbortSignal.timeout(1_000) }) },
      { [Symbol.asyncDispose]: () => client.close() },
      archive,
    ],
  });
}
