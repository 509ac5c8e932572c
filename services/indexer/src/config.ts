import {
  archiveSettings,
  elasticsearchSettings,
  integerSetting,
  pipelineSettings,
  readConfig,
  serviceSettings,
} from '@newsmill/service-kit';
import { z } from 'zod';

const settings = z.object({
  ...serviceSettings,
  ...pipelineSettings,
  ...archiveSettings,
  ...elasticsearchSettings,
  /** Articles waiting for their bulk request at once: the size that a bulk request can reach. */
  INDEXER_CONCURRENCY: integerSetting(1, 2_000, 200),
});

export type IndexerConfig = z.infer<typeof settings>;

export const readSettings = (): IndexerConfig => readConfig(settings, process.env);
