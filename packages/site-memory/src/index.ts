export { createMemorySiteMemories } from './memory.ts';
export { createMemoryPageParts, createRedisPageParts, type PagePart, type PageParts } from './page-parts.ts';
export type { SiteMemories } from './port.ts';
export { createRedisSiteMemories } from './redis.ts';
