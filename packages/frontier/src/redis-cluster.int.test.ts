import type { Redis } from 'ioredis';
import { afterAll, describe, it } from 'vitest';
import { startRedisCluster } from '../../../test/support/redis-cluster.ts';
import { clustersConformance } from '../../clusters/src/conformance.ts';
import { createRedisClusters } from '../../clusters/src/index.ts';
import { queueConformance } from '../../queue/src/conformance.ts';
import { quarantineConformance } from '../../queue/src/conformance-quarantine.ts';
import { createBullJobQueue, createRedisQuarantine } from '../../queue/src/index.ts';
import { siteMemoriesConformance } from '../../site-memory/src/conformance.ts';
import { createRedisSiteMemories } from '../../site-memory/src/index.ts';
import { frontierConformance } from './conformance.ts';
import { jointCapConformance } from './conformance-joint.ts';
import { ledgerConformance } from './conformance-ledger.ts';
import { frontierLifeConformance } from './conformance-life.ts';
import { loreConformance } from './conformance-lore.ts';
import { newsDaysConformance } from './conformance-news.ts';
import { createRedisFrontier, createRedisHostLore, createRedisJointCap, createRedisNewsDays } from './index.ts';

/** The suites of what is kept in Redis, against a Redis Cluster of three: what one host needs at once lies in one slot. */
const cluster = await startRedisCluster();
if (cluster === undefined) {
  it.skip('needs a redis-server on this machine, and none was found');
} else {
  describe('a Redis Cluster', () => {
    const client = cluster.connect();
    // Commands and scripts are the same; only what goes through all keys of a server differs.
    const redis = client as unknown as Redis;
    let count = 0;
    const nextPrefix = () => {
      count += 1;
      return `test-${count}`;
    };
    afterAll(async () => {
      client.disconnect();
      await cluster[Symbol.asyncDispose]();
    });

    frontierConformance('redis cluster', async () => createRedisFrontier(redis, nextPrefix()));
    frontierLifeConformance('redis cluster', async () => createRedisFrontier(redis, nextPrefix()));
    ledgerConformance('redis cluster', async () => createRedisFrontier(redis, nextPrefix()));
    jointCapConformance('redis cluster', async () => createRedisJointCap(redis, nextPrefix()));
    newsDaysConformance('redis cluster', async () => createRedisNewsDays(redis, nextPrefix()));
    loreConformance('redis cluster', async () => createRedisHostLore(redis, nextPrefix()));
    const redisUrl = `redis-cluster://${cluster.nodes.map(({ host, port }) => `${host}:${port}`).join(',')}`;
    queueConformance('redis cluster', async () => createBullJobQueue({ redisUrl, prefix: nextPrefix() }));
    quarantineConformance('redis cluster', async (limits) => createRedisQuarantine(redis, nextPrefix(), limits));
    siteMemoriesConformance('redis cluster', async () => createRedisSiteMemories(redis, nextPrefix()));
    clustersConformance('redis cluster', async (options) => createRedisClusters(redis, nextPrefix(), options));
  });
}
