export { connectionsOf } from './connections.ts';
export * from './hand-over.ts';
export { createMemoryJointCap, createRedisJointCap, type JointCap } from './joint-cap.ts';
export {
  idBeginning,
  type Ledger,
  type LedgerEntry,
  type LedgerHost,
  type LedgerPage,
  type LedgerRests,
  shortIdOf,
} from './ledger.ts';
export { createMemoryHostLore, createRedisHostLore, type HostLore } from './lore.ts';
export { createLoreCache, type LoreCache } from './lore-cache.ts';
export * from './memory.ts';
export { createMemoryNewsDays, createRedisNewsDays, type NewsDays } from './news-days.ts';
export * from './port.ts';
export { createRedisFrontier } from './redis.ts';
export { parseJobOf } from './row.ts';
export { type SilentSource, silentSources } from './silent-sources.ts';
export { createSourceCache, type KnownSource, type SourceCache } from './source-cache.ts';
export { createMemorySubscriptions, createRedisSubscriptions, type Subscriptions } from './subscriptions.ts';
