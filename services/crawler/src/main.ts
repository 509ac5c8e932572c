import { runService } from '@newsmill/service-kit';
import { readSettings } from './config.ts';
import { createCrawler } from './index.ts';

await runService('crawler', readSettings, createCrawler);
