export * from './bullmq.ts';
export { connectRedis, infoOf } from './connect-redis.ts';
export { createBullInventory, type QueueInventory } from './inventory.ts';
export * from './memory.ts';
export * from './port.ts';
export * from './quarantine.ts';
export * from './quarantine-memory.ts';
export * from './quarantine-redis.ts';
export * from './quarantine-retry.ts';
