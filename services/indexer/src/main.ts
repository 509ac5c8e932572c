import { runService } from '@newsmill/service-kit';
import { readSettings } from './config.ts';
import { createIndexer } from './index.ts';

await runService('indexer', readSettings, createIndexer);
