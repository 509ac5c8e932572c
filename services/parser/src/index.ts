import { readFile } from 'node:fs/promises';
import { openArchive } from '@newsmill/archive';
import type { SiteRule } from '@newsmill/contracts';
import { compileSiteRules, memoryFields } from '@newsmill/core';
import {
  connectionsOf,
  createLoreCache,
  createRedisFrontier,
  createRedisHostLore,
  createRedisNewsDays,
  createRedisSubscriptions,
  createSourceCache,
  recordQuarantined,
} from '@newsmill/frontier';
import { createParsePool } from '@newsmill/parse-pool';
import {
  addDriftMetric,
  addPageDeathMetric,
  addReadingTimeMetric,
  archivePlaceOf,
  decorated,
  openWorker,
  processMemoryProbe,
  queueProbe,
  type RunningService,
  readSiteRules,
  redisMemoryProbe,
  type ServiceKit,
  scheduleOf,
  startIntake,
  watchArchive,
} from '@newsmill/service-kit';
import { createRedisPageParts, createRedisSiteMemories } from '@newsmill/site-memory';
import type { ParserConfig } from './config.ts';
import { createFollow } from './follow.ts';
import { createKnownArticles } from './known-articles.ts';
import { createParse } from './parse.ts';
import { createRecall } from './recall.ts';
import { createWholeArticle } from './whole-article.ts';

/** The parser: settings in, a running stage out. */
export async function createParser(config: ParserConfig, kit: ServiceKit): Promise<RunningService> {
  const rules = await readRules(config.SITE_RULES_FILE);
  const worker = await openWorker(config, kit);
  const connections = connectionsOf(worker.redis);
  // The next page's capture is read while the processes are busy with others.
  const concurrency = Math.max(config.PARSER_CONCURRENCY, 2 * config.PARSER_PROCESSES);
  const schedule = scheduleOf(config);
  const frontier = decorated(kit, 'frontier', createRedisFrontier(worker.redis, config.REDIS_PREFIX, { schedule }));
  const sources = createSourceCache(frontier);
  const watch = watchArchive(kit.registry);
  const archive = openArchive(archivePlaceOf(config), watch.observer);
  await watch.begin(archive);
  const recall =
    config.SITE_MEMORY === 'on'
      ? createRecall({
          memories: createRedisSiteMemories(worker.redis, config.REDIS_PREFIX),
          logger: kit.logger,
          clock: worker.clock,
        })
      : undefined;
  if (recall !== undefined) addDriftMetric(kit.registry, memoryFields, () => recall.drifting());
  const intake = await startIntake({
    ...kit,
    probes: [
      queueProbe(worker.queue, 'index', config.INDEX_QUEUE_MAX, concurrency),
      // Later than the crawler: what is parsed makes room, once it is indexed.
      redisMemoryProbe(worker.redis, (config.REDIS_MEMORY_PERCENT_MAX + 100) / 2),
      processMemoryProbe(config.MEMORY_PERCENT_MAX, () => worker.active > 0),
    ],
  });
  const lore = createLoreCache({
    store: createRedisHostLore(worker.redis, config.REDIS_PREFIX),
    clock: worker.clock,
    onError: (err) => kit.logger.debug({ err }, 'lore of hosts is out of reach'),
  });
  const countDeath = addPageDeathMetric(kit.registry);
  const pool = createParsePool({
    processes: config.PARSER_PROCESSES,
    heapMb: config.PARSE_HEAP_MB,
    pageTimeoutMs: config.PARSE_TIMEOUT_MS,
    pageBytesMax: config.PAGE_BYTES_MAX,
    rules,
    nodeOptions: config.nodeOptions,
    onDeath(death) {
      kit.logger.warn(death, 'a page ended the process that read it');
      countDeath(death.reason);
    },
    onRead: addReadingTimeMetric(kit.registry),
  });
  return worker.run({
    stage: 'parse',
    intake,
    handler: createParse({
      frontier,
      sources,
      archive,
      reader: pool,
      follow: createFollow({
        frontier,
        sources,
        lore,
        known: createKnownArticles(),
        news: createRedisNewsDays(worker.redis, config.REDIS_PREFIX),
        subscriptions:
          config.WEBSUB_CALLBACK_URL === undefined
            ? undefined
            : createRedisSubscriptions(worker.redis, config.REDIS_PREFIX),
        pageLinksMax: config.PAGE_LINKS_MAX,
        hostUrlsMax: config.HOST_URLS_MAX,
        itemAgeMaxMs: config.LIST_ITEM_DAYS_MAX === 0 ? undefined : config.LIST_ITEM_DAYS_MAX * 86_400_000,
        connections: () => connections.count,
        clock: worker.clock,
      }),
      recall,
      whole: createWholeArticle({
        frontier,
        archive,
        reader: pool,
        parts: createRedisPageParts(worker.redis, config.REDIS_PREFIX),
        clock: worker.clock,
      }),
      connections: () => connections.count,
      clock: worker.clock,
    }),
    concurrency,
    problems: async () => ({ ...pool.problems(), ...watch.problems() }),
    onQuarantined: (reason, job) => recordQuarantined(frontier, job, reason, worker.clock()),
    owned: [intake, pool, lore, ...(recall === undefined ? [] : [recall]), archive],
  });
}

/** The operator's rules for single sites; a file that cannot be used ends the start, since its pages would be parsed wrongly. */
async function readRules(file: string | undefined): Promise<readonly SiteRule[] | undefined> {
  if (file === undefined) return undefined;
  const rules = readSiteRules(await readFile(file, 'utf8'), file);
  compileSiteRules(rules);
  return rules;
}
