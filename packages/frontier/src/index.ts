export * from './hand-over.ts';
export * from './memory.ts';
export * from './port.ts';
export { createRedisFrontier } from './redis.ts';
export { parseJobOf } from './row.ts';
