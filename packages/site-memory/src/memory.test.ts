import { siteMemoriesConformance } from './conformance.ts';
import { createMemorySiteMemories } from './memory.ts';

siteMemoriesConformance('memory', async () => createMemorySiteMemories());
