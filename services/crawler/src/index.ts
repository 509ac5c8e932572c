import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeSpaceOf, openArchive } from '@newsmill/archive';
import { checkTarget } from '@newsmill/core/url';
import { createFetcher, productToken, userAgent } from '@newsmill/fetch';
import {
  connectionsOf,
  createLoreCache,
  createRedisFrontier,
  createRedisHostLore,
  createRedisJointCap,
  createRedisNewsDays,
  createSourceCache,
  silentSources,
} from '@newsmill/frontier';
import { createBullInventory } from '@newsmill/queue';
import {
  addArchiveSizeMetrics,
  addFetchMetrics,
  addSilenceMetric,
  archivePlaceOf,
  decorated,
  diskProbe,
  openWorker,
  processMemoryProbe,
  queueProbe,
  type RunningService,
  redisMemoryProbe,
  retentionOf,
  type ServiceKit,
  scheduleOf,
  startIntake,
  watchArchive,
} from '@newsmill/service-kit';
import type { CrawlerConfig } from './config.ts';
import { createHostGroups } from './host-groups.ts';
import { targetRefusal } from './judge-fetch.ts';
import { startReconciler } from './reconcile.ts';
import { startRetention } from './retention.ts';
import { createRobotsRules } from './robots-rules.ts';
import { createVisit } from './visit.ts';

/** Of a worker's lock, beyond the longest fetch: archive, ledger and queue need a moment too. By default 5 s. */
const leaseMarginOfLock = 1 / 6;
const retentionEveryMs = 3_600_000;

/** The crawler: settings in, a running stage out. */
export async function createCrawler(config: CrawlerConfig, kit: ServiceKit): Promise<RunningService> {
  const worker = await openWorker(config, kit);
  const connections = connectionsOf(worker.redis);
  const schedule = scheduleOf(config);
  const frontier = decorated(kit, 'frontier', createRedisFrontier(worker.redis, config.REDIS_PREFIX, { schedule }));
  const place = archivePlaceOf(config);
  const watch = watchArchive(kit.registry);
  const archive = decorated(kit, 'archive', openArchive(place, watch.observer));
  await watch.begin(archive);
  const lore = createLoreCache({
    store: createRedisHostLore(worker.redis, config.REDIS_PREFIX),
    clock: worker.clock,
    onError: (err) => kit.logger.debug({ err }, 'lore of hosts is out of reach'),
  });
  const news = createRedisNewsDays(worker.redis, config.REDIS_PREFIX);
  addSilenceMetric(kit.registry, () => silentSources(frontier, news, worker.clock()));
  const fetcher = createFetcher({
    userAgent: userAgent(config.CRAWLER_CONTACT),
    resolve: config.FETCH_RESOLVE,
    allowCidrs: config.FETCH_ALLOW_CIDRS,
    allowPorts: config.FETCH_ALLOW_PORTS,
    http2: config.FETCH_HTTP2 === 'on',
    proxy: config.FETCH_PROXY,
    bodyBytesMax: config.FETCH_BYTES_MAX,
    totalMs: config.FETCH_TIMEOUT_MS,
    clock: worker.clock,
  });
  const intake = await startIntake({
    ...kit,
    probes: [
      queueProbe(worker.queue, 'parse', config.PARSE_QUEUE_MAX, config.CRAWLER_CONCURRENCY),
      redisMemoryProbe(worker.redis, config.REDIS_MEMORY_PERCENT_MAX),
      ...(place.type === 'fs' ? [diskProbe(() => freeSpaceOf(place.folder), config.ARCHIVE_FREE_BYTES_MIN)] : []),
      watch.probe(archive),
      processMemoryProbe(config.MEMORY_PERCENT_MAX, () => worker.active > 0),
    ],
  });
  const retention = startRetention({
    ...{ archive, frontier, quarantine: worker.quarantine, policy: retentionOf(config), redis: worker.redis },
    lockKey: `${config.REDIS_PREFIX}:retention`,
    everyMs: retentionEveryMs,
    metrics: addArchiveSizeMetrics(kit.registry),
    logger: kit.logger,
    clock: worker.clock,
  });
  const inventory = createBullInventory(worker.redis, config.REDIS_PREFIX);
  const reconciler = startReconciler({
    frontier,
    redis: worker.redis,
    queue: worker.queue,
    inventory,
    lockKey: `${config.REDIS_PREFIX}:reconciler`,
    workerLockMs: config.QUEUE_LOCK_MS,
    logger: kit.logger,
    clock: worker.clock,
  });
  return worker.run({
    stage: 'visit',
    handler: createVisit({
      frontier,
      archive,
      fetcher,
      robotsRules: createRobotsRules(frontier, () => connections.count),
      sources: createSourceCache(frontier),
      lore,
      onFetch: addFetchMetrics(kit.registry),
      tracing: kit.tracing,
      groups: createHostGroups({
        cap: createRedisJointCap(worker.redis, config.REDIS_PREFIX),
        siteHostsMax: config.SITE_HOSTS_MAX,
        addressHostsMax: config.ADDRESS_HOSTS_MAX,
        addressOf: (hostname) => fetcher.addressOf(hostname),
      }),
      listFirstMs: schedule.listFirstMs,
      mayContact: (url) => targetRefusal(checkTarget(url, fetcher.policy)),
      intake,
      agent: productToken,
      hostDelayMs: config.HOST_DELAY_MS,
      turnMs: config.TURN_MS,
      retryBaseMs: config.RETRY_BASE_MS,
      leaseMs: config.FETCH_TIMEOUT_MS + Math.ceil(config.QUEUE_LOCK_MS * leaseMarginOfLock),
      stopGraceMs: config.STOP_DEADLINE_MS * 0.4,
      workerId: randomUUID(),
      connections: () => connections.count,
      clock: worker.clock,
      pause: async (ms, signal) => {
        // An aborted pause is a short pause: whoever asked looks at the signal himself.
        if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
      },
    }),
    concurrency: config.CRAWLER_CONCURRENCY,
    // A turn that is taken out leaves its host to the reconciler: the URLs are still due.
    onQuarantined: async () => undefined,
    problems: async () => watch.problems(),
    intake,
    owned: [intake, retention, reconciler, inventory, fetcher, lore, archive],
  });
}
