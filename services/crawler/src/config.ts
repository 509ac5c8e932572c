import {
  archiveSettings,
  fetchSettings,
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
  ...fetchSettings,
  /** Hosts visited at once. */
  CRAWLER_CONCURRENCY: integerSetting(1, 2_000, 50),
  /** How long a host keeps its turn before it goes to the back of the line. */
  TURN_MS: integerSetting(100, 120_000, 20_000),
  /** Pause before a failed fetch is tried again; the second retry waits six times as long, the third 36 times. */
  RETRY_BASE_MS: integerSetting(10, 3_600_000, 5_000),
});

export type CrawlerConfig = z.infer<typeof settings>;

export const readSettings = (): CrawlerConfig => readConfig(settings, process.env);
