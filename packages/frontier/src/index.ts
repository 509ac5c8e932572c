export * from './hand-over.ts';
export { idBeginning, type Ledger, type LedgerEntry, type LedgerHost, type LedgerPage, shortIdOf } from './ledger.ts';
export { createMemoryHostLore, createRedisHostLore, type HostLore } from './lore.ts';
export { createLoreCache, type LoreCache } from './lore-cache.ts';
export * from './memory.ts';
export * from './port.ts';
export { createRedisFrontier } from './redis.ts';
export { parseJobOf } from './row.ts';
export { createMemorySubscriptions, createRedisSubscriptions, type Subscriptions } from './subscriptions.ts';
