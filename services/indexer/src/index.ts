import { openArchive } from '@newsmill/archive';
import { createRedisClusters } from '@newsmill/clusters';
import { createRedisFrontier, recordQuarantined } from '@newsmill/frontier';
import {
  type ArticleIndex,
  type ArticleVersion,
  applyRemovedPolicy,
  createElasticsearchClient,
  createElasticsearchIndex,
  createElasticsearchSites,
  createElasticsearchVersions,
  removedWithText,
} from '@newsmill/search-index';
import {
  addArticleMetrics,
  addBulkMetrics,
  archivePlaceOf,
  type BulkMetrics,
  decorated,
  openWorker,
  processMemoryProbe,
  type RunningService,
  type ServiceKit,
  scheduleOf,
  startIntake,
  watchArchive,
} from '@newsmill/service-kit';
import { createBulkWriter, type WriteTrouble } from './bulk-writer.ts';
import type { IndexerConfig } from './config.ts';
import { createCopies } from './copies.ts';
import { eraseRemoved } from './erase-removed.ts';
import { createIndex } from './index-article.ts';
import { patientReads } from './patient-reads.ts';
import { createRemove } from './remove-article.ts';
import { keepSiteCards } from './site-cards.ts';

/** The index with every request timed. */
function measured(index: Pick<ArticleIndex, 'write'>, metrics: BulkMetrics): Pick<ArticleIndex, 'write'> {
  return {
    async write(documents, options) {
      const startedAt = performance.now();
      let failed = true;
      try {
        const verdicts = await index.write(documents, options);
        failed = false;
        return verdicts;
      } finally {
        metrics.observe((performance.now() - startedAt) / 1_000, documents.length, failed);
      }
    },
  };
}

/** The indexer: settings in, a running stage out. */
export async function createIndexer(config: IndexerConfig, kit: ServiceKit): Promise<RunningService> {
  const worker = await openWorker(config, kit);
  const schedule = scheduleOf(config);
  const frontier = decorated(kit, 'frontier', createRedisFrontier(worker.redis, config.REDIS_PREFIX, { schedule }));
  const archive = openArchive(archivePlaceOf(config));
  await watchArchive(kit.registry).begin(archive);
  const client = createElasticsearchClient({
    url: config.ELASTICSEARCH_URL,
    ...(config.ELASTICSEARCH_API_KEY === undefined ? {} : { apiKey: config.ELASTICSEARCH_API_KEY }),
  });
  const prefix = config.ELASTICSEARCH_PREFIX ?? '';
  const index = decorated(kit, 'index', createElasticsearchIndex({ client, prefix }));
  await index.ensure();
  await applyRemovedPolicy(client, prefix, config.REMOVED_ARTICLES);
  const versions = createElasticsearchVersions({ client, prefix });
  await versions.ensure();
  const sites = createElasticsearchSites({ client, prefix });
  await sites.ensure();
  const onTrouble = (trouble: WriteTrouble): void => kit.logger.warn(trouble, 'Elasticsearch is in trouble');
  const writer = createBulkWriter({ index: measured(index, addBulkMetrics(kit.registry)), onTrouble });
  const versionWriter = createBulkWriter({
    // What the writer is given are versions: articles, and more.
    index: { write: (documents, options) => versions.write(documents as readonly ArticleVersion[], options) },
    onTrouble,
  });
  const clusters = createRedisClusters(worker.redis, config.REDIS_PREFIX, { windowDays: config.COPIES_WINDOW_DAYS });
  const reads = patientReads(index);
  const { clock } = worker;
  const copies = createCopies({ clusters, index: reads, writer, clock });
  const siteCards = keepSiteCards({
    sites,
    clock,
    onTrouble: (error) => kit.logger.warn({ err: error }, 'site cards wait'),
  });
  const intake = await startIntake({
    ...kit,
    probes: [processMemoryProbe(config.MEMORY_PERCENT_MAX, () => worker.active > 0)],
  });
  const erasing = new AbortController();
  if (config.REMOVED_ARTICLES === 'delete') {
    // In the background: it may be many, and searches do not see them already.
    eraseRemoved(removedWithText(client, prefix), { writer, versions, signal: erasing.signal }).then(
      (count) => kit.logger.info({ count }, 'removed articles lost their text'),
      (error: unknown) => kit.logger.warn({ err: error }, 'removed articles keep their text until the next start'),
    );
  }
  worker.also({
    stage: 'remove',
    intake,
    handler: createRemove({ index: reads, writer, copies, policy: config.REMOVED_ARTICLES, versions, clock }),
    concurrency: Math.min(20, config.INDEXER_CONCURRENCY),
    // The ledger has its word for the page already.
    onQuarantined: async () => undefined,
  });
  return worker.run({
    stage: 'index',
    intake,
    handler: createIndex({
      metrics: addArticleMetrics(kit.registry),
      frontier,
      archive,
      index: reads,
      writer,
      versionWriter,
      copies,
      siteCards,
      clock,
    }),
    concurrency: config.INDEXER_CONCURRENCY,
    onQuarantined: (reason, job) => recordQuarantined(frontier, job, reason, worker.clock()),
    async problems() {
      const { ok, detail } = await index.ping();
      return ok ? {} : { elasticsearch: detail };
    },
    owned: [
      intake,
      siteCards,
      { [Symbol.asyncDispose]: async () => erasing.abort(new Error('the indexer stops')) },
      { [Symbol.asyncDispose]: () => writer.close({ signal: AbortSignal.timeout(1_000) }) },
      { [Symbol.asyncDispose]: () => versionWriter.close({ signal: AbortSignal.timeout(1_000) }) },
      { [Symbol.asyncDispose]: () => client.close() },
      archive,
    ],
  });
}
