import { queueConformance } from './conformance.ts';
import { createMemoryJobQueue } from './memory.ts';

queueConformance('memory', async () => createMemoryJobQueue());
