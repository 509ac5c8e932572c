import { availableParallelism } from 'node:os';
import {
  archiveSettings,
  intakeSettings,
  integerSetting,
  pipelineSettings,
  readConfig,
  scheduleSettings,
  serviceSettings,
} from '@newsmill/service-kit';
import { z } from 'zod';

/** One processor is left to this process, which talks to Redis; a container's limit counts as its processors. */
const processesDefault = Math.min(8, Math.max(1, availableParallelism() - 1));

const settings = z.object({
  ...serviceSettings,
  ...pipelineSettings,
  ...scheduleSettings,
  ...archiveSettings,
  ...intakeSettings,
  /** Jobs at once, for each of which one page is read; never fewer than two for each process. */
  PARSER_CONCURRENCY: integerSetting(1, 64, 4),
  /** Child processes that read pages, one at a time each. */
  PARSER_PROCESSES: integerSetting(1, 64, processesDefault),
  /** Processor time that one page may take. */
  PARSE_TIMEOUT_MS: integerSetting(100, 60_000, 5_000),
  /** V8 heap of each of the child processes, in MiB; pages of 10 MB were read with 256. */
  PARSE_HEAP_MB: integerSetting(64, 16_384, 384),
  /** Bytes of a page, unpacked. */
  PAGE_BYTES_MAX: integerSetting(10_000, 100_000_000, 10_485_760),
  /** YAML file of rules for single sites; see docs/site-rules.md. */
  SITE_RULES_FILE: z.string().optional(),
  /** Learn from a site's pages what recurs on them and where its fields stand. */
  SITE_MEMORY: z.enum(['on', 'off']).default('on'),
  /** Links taken from one page. */
  PAGE_LINKS_MAX: integerSetting(1, 100_000, 2_000),
  /** URLs that may become known of one host; what is found beyond is left where it is. */
  HOST_URLS_MAX: integerSetting(100, 1_000_000_000, 5_000_000),
  /** Set for the API, which hubs call: then feeds' hubs are noted for it. */
  WEBSUB_CALLBACK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Entries of feeds and sitemaps whose own date is older are left; 0: all are taken. */
  LIST_ITEM_DAYS_MAX: integerSetting(0, 36_500, 0),
  /** Articles waiting for an indexer at which no more pages are parsed. */
  INDEX_QUEUE_MAX: integerSetting(1, 10_000_000, 2_000),
});

export interface ParserConfig extends z.infer<typeof settings> {
  /** What this process was given itself, for its children. */
  readonly nodeOptions: string | undefined;
}

export const readSettings = (): ParserConfig => ({
  ...readConfig(settings, process.env),
  nodeOptions: process.env.NODE_OPTIONS,
});
