import { frontierConformance } from './conformance.ts';
import { createMemoryFrontier } from './memory.ts';

frontierConformance('memory', async () => createMemoryFrontier());
