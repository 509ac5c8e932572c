import {
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
  ...elasticsearchSettings,
  /** Loopback unless told otherwise: the API has no login. */
  API_HOST: z.string().default('127.0.0.1'),
  /** 0 takes a free one. */
  API_PORT: integerSetting(0, 65_535, 8080),
});

export type ApiConfig = z.infer<typeof settings>;

export const readSettings = (): ApiConfig => readConfig(settings, process.env);
