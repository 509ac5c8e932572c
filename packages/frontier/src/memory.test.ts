import { frontierConformance } from './conformance.ts';
import { jointCapConformance } from './conformance-joint.ts';
import { ledgerConformance } from './conformance-ledger.ts';
import { frontierLifeConformance } from './conformance-life.ts';
import { loreConformance } from './conformance-lore.ts';
import { newsDaysConformance } from './conformance-news.ts';
import { createMemoryJointCap } from './joint-cap.ts';
import { createMemoryHostLore } from './lore.ts';
import { createMemoryFrontier } from './memory.ts';
import { createMemoryNewsDays } from './news-days.ts';

frontierConformance('memory', async () => createMemoryFrontier());
frontierLifeConformance('memory', async () => createMemoryFrontier());
ledgerConformance('memory', async () => createMemoryFrontier());
newsDaysConformance('memory', async () => createMemoryNewsDays());
jointCapConformance('memory', async () => createMemoryJointCap());
loreConformance('memory', async () => createMemoryHostLore());
