export { createMemoryClusters } from './memory.ts';
export type * from './port.ts';
export { rankOf } from './rank.ts';
export { createRedisClusters } from './redis.ts';
