import { Cluster, Redis, type RedisOptions } from 'ioredis';

export type ConnectionOptions = Pick<RedisOptions, 'maxRetriesPerRequest' | 'commandTimeout' | 'retryStrategy'>;

/** Several servers in one URL: `redis-cluster://[user:password@]host:port,host:port,…`, `redis-sentinel://…/name`; `rediss-…`: TLS. */
const severalUrl = /^(rediss?)-(cluster|sentinel):\/\/(?:([^@/]*)@)?([^/?]+)(?:\/([^/?]+))?$/;

/**
 * A connection by URL: `redis://`, `rediss://`, or one of several servers. A client of a Redis Cluster has the same commands, and comes under
 * the same type: what is done here at one time in one step lies under one hash tag, so its keys are on one node. Sentinels (port 26379 unless
 * told) are asked who the primary of `name` (`mymaster` unless told) is; user and password are those of the servers and of the Sentinels.
 */
export function connectRedis(url: string, options: ConnectionOptions): Redis {
  const [, scheme, kind, account, places, name] = severalUrl.exec(url) ?? [];
  if (places === undefined) return new Redis(url, { ...options, reconnectOnError: isDemoted });
  const nodes = places.split(',').map((place) => {
    const { hostname, port } = new URL(`redis://${place}`);
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (kind === 'sentinel' ? 26_379 : 6_379)) };
  });
  const [username, password] = (account ?? '').split(':', 2).map((part) => decodeURIComponent(part));
  const credentials = { ...(username ? { username } : {}), ...(password ? { password } : {}) };
  const tls = scheme === 'rediss' ? { tls: {} } : {};
  if (kind === 'sentinel') {
    return new Redis({
      ...options,
      ...credentials,
      ...tls,
      sentinels: nodes,
      name: name === undefined ? 'mymaster' : decodeURIComponent(name),
      ...(username ? { sentinelUsername: username } : {}),
      ...(password ? { sentinelPassword: password } : {}),
      ...(scheme === 'rediss' ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
      sentinelRetryStrategy: (times) => Math.min(2_000, times * 100),
      reconnectOnError: isDemoted,
    });
  }
  const { maxRetriesPerRequest = null, commandTimeout } = options;
  const cluster = new Cluster(nodes, {
    redisOptions: {
      maxRetriesPerRequest,
      ...(commandTimeout === undefined ? {} : { commandTimeout }),
      ...credentials,
      ...tls,
    },
    clusterRetryStrategy: (times) => Math.min(2_000, times * 100),
    // Names of nodes may be known to the servers only; what they call themselves is what counts.
    dnsLookup: (address, callback) => callback(null, address),
  });
  return cluster as unknown as Redis;
}

/** The server has become a replica while the connection stayed: another one takes writes now, perhaps under the same name. */
function isDemoted(error: Error): boolean {
  return error.message.startsWith('READONLY');
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
