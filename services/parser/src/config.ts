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

const settings = z.object({
  ...serviceSettings,
  ...pipelineSettings,
  ...scheduleSettings,
  ...archiveSettings,
  ...intakeSettings,
  /** Pages at once; parsing itself is one at a time, reading the archive overlaps with it. */
  PARSER_CONCURRENCY: integerSetting(1, 64, 4),
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
  /** Articles waiting for an indexer at which no more pages are parsed. */
  INDEX_QUEUE_MAX: integerSetting(1, 10_000_000, 2_000),
});

export type ParserConfig = z.infer<typeof settings>;

export const readSettings = (): ParserConfig => readConfig(settings, process.env);
