import { runService } from '@newsmill/service-kit';
import { readSettings } from './config.ts';
import { createApiService } from './index.ts';

await runService('api', readSettings, createApiService);
