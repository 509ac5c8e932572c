export { createMemorySiteMemories } from './memory.ts';
export type { SiteMemories } from './port.ts';
export { createRedisSiteMemories } from './redis.ts';
