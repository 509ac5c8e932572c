import { runService } from '@newsmill/service-kit';
import { readSettings } from './config.ts';
import { createParser } from './index.ts';

await runService('parser', readSettings, createParser);
