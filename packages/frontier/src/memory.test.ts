import { frontierConformance } from './conformance.ts';
import { frontierLifeConformance } from './conformance-life.ts';
import { createMemoryFrontier } from './memory.ts';

frontierConformance('memory', async () => createMemoryFrontier());
frontierLifeConformance('memory', async () => createMemoryFrontier());
