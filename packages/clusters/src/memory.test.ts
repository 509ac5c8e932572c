import { clustersConformance } from './conformance.ts';
import { createMemoryClusters } from './memory.ts';

clustersConformance('memory', async (options) => createMemoryClusters(options));
