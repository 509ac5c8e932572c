import { Cluster, Redis, type RedisOptions } from 'ioredis';

export type ConnectionOptions = Pick<RedisOptions, 'maxRetriesPerRequest' | 'commandTimeout' | 'retryStrategy'>;

/** `redis://…`, `rediss://…`, or of a cluster `redis-cluster://[user:password@]host:port,host:port,…` (`rediss-cluster`: TLS). */
const clusterUrl = /^(rediss?)-cluster:\/\/(?:([^@/]*)@)?([^/]+)$/;

/**
 * A connection by URL. A client of a Redis Cluster has the same commands, and comes under the same type: what is done here
 * at one time in one step lies under one hash tag, so its keys are on one node.
 */
export function connectRedis(url: string, options: ConnectionOptions): Redis {
  const [, scheme, account, places] = clusterUrl.exec(url) ?? [];
  if (places === undefined) return new Redis(url, options);
  const nodes = places.split(',').map((place) => {
    const { hostname, port } = new URL(`redis://${place}`);
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6_379) };
  });
  const [username, password] = (account ?? '').split(':', 2).map((part) => decodeURIComponent(part));
  const { maxRetriesPerRequest = null, commandTimeout } = options;
  const cluster = new Cluster(nodes, {
    redisOptions: {
      maxRetriesPerRequest,
      ...(commandTimeout === undefined ? {} : { commandTimeout }),
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
      ...(scheme === 'rediss' ? { tls: {} } : {}),
    },
    clusterRetryStrategy: (times) => Math.min(2_000, times * 100),
    // Names of nodes may be known to the servers only; what they call themselves is what counts.
    dnsLookup: (address, callback) => callback(null, address),
  });
  return cluster as unknown as Redis;
}

/** BullMQ wants all keys of one queue on one node; with a hash tag for each queue, they are spread over all. */
export const queuePrefix = (redis: Redis, prefix: string, queue: string): string =>
  redis.isCluster ? `{${prefix}:${queue}}` : prefix;

/** `INFO` of the node, or of every master of a cluster. */
export async function infoOf(
  redis: Pick<Redis, 'info'> & { readonly isCluster?: boolean },
  section: string,
): Promise<string[]> {
  if (!redis.isCluster) return [await redis.info(section)];
  const nodes = (redis as unknown as Cluster).nodes('master');
  return Promise.all(nodes.map((node) => node.info(section)));
}
