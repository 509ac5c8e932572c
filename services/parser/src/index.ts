import { readFile } from 'node:fs/promises';
import { createFsArchive } from '@newsmill/archive';
import { compileSiteRules, memoryFields, type SiteRules } from '@newsmill/core';
import { createRedisFrontier, recordQuarantined } from '@newsmill/frontier';
import {
  addDriftMetric,
  openWorker,
  processMemoryProbe,
  queueProbe,
  type RunningService,
  readSiteRules,
  redisMemoryProbe,
  type ServiceKit,
  scheduleOf,
  startIntake,
} from '@newsmill/service-kit';
import { createRedisSiteMemories } from '@newsmill/site-memory';
import type { ParserConfig } from './config.ts';
import { createParse } from './parse.ts';
import { createRecall } from './recall.ts';

/** The parser: settings in, a running stage out. */
export async function createParser(config: ParserConfig, kit: ServiceKit): Promise<RunningService> {
  const worker = await openWorker(config, kit);
  const frontier = createRedisFrontier(worker.redis, config.REDIS_PREFIX, { schedule: scheduleOf(config) });
  const archive = createFsArchive({ folder: config.ARCHIVE_DIR });
  const recall =
    config.SITE_MEMORY === 'on'
      ? createRecall({
          memories: createRedisSiteMemories(worker.redis, config.REDIS_PREFIX),
          logger: kit.logger,
          clock: Date.now,
        })
      : undefined;
  if (recall !== undefined) addDriftMetric(kit.registry, memoryFields, () => recall.drifting());
  const intake = await startIntake({
    ...kit,
    probes: [
      queueProbe(worker.queue, 'index', config.INDEX_QUEUE_MAX, config.PARSER_CONCURRENCY),
      // Later than the crawler: what is parsed makes room, once it is indexed.
      redisMemoryProbe(worker.redis, (config.REDIS_MEMORY_PERCENT_MAX + 100) / 2),
      processMemoryProbe(config.MEMORY_PERCENT_MAX, () => worker.active > 0),
    ],
  });
  return worker.run({
    stage: 'parse',
    intake,
    handler: createParse({
      frontier,
      archive,
      pageBytesMax: config.PAGE_BYTES_MAX,
      pageLinksMax: config.PAGE_LINKS_MAX,
      rules: await readRules(config.SITE_RULES_FILE),
      recall,
      hostUrlsMax: config.HOST_URLS_MAX,
      clock: Date.now,
    }),
    concurrency: config.PARSER_CONCURRENCY,
    onQuarantined: (reason, job) => recordQuarantined(frontier, job, reason, Date.now()),
    owned: recall === undefined ? [intake, archive] : [intake, recall, archive],
  });
}

/** The operator's rules for single sites; a file that cannot be used ends the start, since its pages would be parsed wrongly. */
async function readRules(file: string | undefined): Promise<SiteRules | undefined> {
  if (file === undefined) return undefined;
  return compileSiteRules(readSiteRules(await readFile(file, 'utf8'), file));
}
