import { describeArticleIndex } from './conformance.ts';
import { createMemoryIndex } from './memory.ts';

describeArticleIndex('memory', async () => createMemoryIndex());
