import {
  archiveSettings,
  fetchSettings,
  intakeSettings,
  integerSetting,
  pipelineSettings,
  readConfig,
  retentionSettings,
  scheduleSettings,
  serviceSettings,
} from '@newsmill/service-kit';
import { z } from 'zod';

const settings = z.object({
  ...serviceSettings,
  ...pipelineSettings,
  ...scheduleSettings,
  ...archiveSettings,
  ...retentionSettings,
  ...fetchSettings,
  ...intakeSettings,
  /** Hosts visited at once. */
  CRAWLER_CONCURRENCY: integerSetting(1, 2_000, 50),
  /** Hosts of one registered domain that all crawlers together visit at once; 0: as many as there are. */
  SITE_HOSTS_MAX: integerSetting(0, 100_000, 20),
  /** The same of hosts behind one address; 0, since a CDN's address stands for thousands that have nothing in common. */
  ADDRESS_HOSTS_MAX: integerSetting(0, 100_000, 0),
  /** How long a host keeps its turn before it goes to the back of the line. */
  TURN_MS: integerSetting(100, 120_000, 20_000),
  /** Pause before a failed fetch is tried again; the second retry waits six times as long, the third 36 times. */
  RETRY_BASE_MS: integerSetting(10, 3_600_000, 5_000),
  /** Jobs waiting for a parser at which nothing more is fetched. */
  PARSE_QUEUE_MAX: integerSetting(1, 10_000_000, 2_000),
  /** Bytes that must stay free on the archive's disk: with less, nothing more is fetched. */
  ARCHIVE_FREE_BYTES_MIN: integerSetting(0, 1e15, 536_870_912),
});

export type CrawlerConfig = z.infer<typeof settings>;

export const readSettings = (): CrawlerConfig => readConfig(settings, process.env);
