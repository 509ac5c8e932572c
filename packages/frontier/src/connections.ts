import type { Redis } from 'ioredis';

const known = new WeakMap<Redis, { count: number }>();

/**
 * How often a connection was made: a Redis that was started again may have lost its last second, or everything. One
 * listener for each connection, whoever asks.
 */
export function connectionsOf(redis: Redis): { readonly count: number } {
  const before = known.get(redis);
  if (before !== undefined) return before;
  const connections = { count: 0 };
  known.set(redis, connections);
  redis.on('ready', () => {
    connections.count += 1;
  });
  return connections;
}
