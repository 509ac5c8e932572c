import {
  archiveSettings,
  elasticsearchSettings,
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
  ...elasticsearchSettings,
  MEMORY_PERCENT_MAX: intakeSettings.MEMORY_PERCENT_MAX,
  /** Articles waiting for their bulk request at once: the size that a bulk request can reach. */
  INDEXER_CONCURRENCY: integerSetting(1, 2_000, 200),
  /** For so long an article is compared with newer ones, to find copies; memory of Redis: half a kilobyte each. */
  COPIES_WINDOW_DAYS: integerSetting(1, 365, 30),
  /** Articles whose page is gone are marked (`removedAt`), or also hidden from searches, or also deleted but for their address. */
  REMOVED_ARTICLES: z.enum(['mark', 'hide', 'delete']).default('mark'),
});

export type IndexerConfig = z.infer<typeof settings>;

export const readSettings = (): IndexerConfig => readConfig(settings, process.env);
