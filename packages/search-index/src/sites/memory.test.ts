import type { Article } from '@newsmill/contracts';
import { sitesConformance } from './conformance.ts';
import { createMemorySites } from './memory.ts';

sitesConformance('memory', async () => {
  const articles: Article[] = [];
  return { sites: createMemorySites(() => articles), add: async (more) => articles.push(...more) };
});
