import {
  archiveSettings,
  intakeSettings,
  integerSetting,
  pipelineSettings,
  readConfig,
  readingSettings,
  scheduleSettings,
  serviceSettings,
} from '@newsmill/service-kit';
import { z } from 'zod';

const settings = z.object({
  ...serviceSettings,
  ...pipelineSettings,
  ...scheduleSettings,
  ...archiveSettings,
  ...intakeSettings,
  ...readingSettings,
  /** Jobs at once, for each of which one page is read; never fewer than two for each process. */
  PARSER_CONCURRENCY: integerSetting(1, 64, 4),
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
