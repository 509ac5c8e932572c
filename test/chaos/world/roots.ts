import { readSettings as readCrawler } from '../../../services/crawler/src/config.ts';
import { createCrawler } from '../../../services/crawler/src/index.ts';
import { readSettings as readIndexer } from '../../../services/indexer/src/config.ts';
import { createIndexer } from '../../../services/indexer/src/index.ts';
import { readSettings as readParser } from '../../../services/parser/src/config.ts';
import { createParser } from '../../../services/parser/src/index.ts';

/** The workers' composition roots, by name. */
export const roots = {
  crawler: { readSettings: readCrawler, create: createCrawler },
  parser: { readSettings: readParser, create: createParser },
  indexer: { readSettings: readIndexer, create: createIndexer },
};

export type WorkerName = keyof typeof roots;
