import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { GenericContainer, Wait } from 'testcontainers';
import { afterAll, describe } from 'vitest';
import { frontierConformance } from '../../packages/frontier/src/conformance.ts';
import { createRedisFrontier } from '../../packages/frontier/src/index.ts';
import { queueConformance } from '../../packages/queue/src/conformance.ts';
import { createBullJobQueue } from '../../packages/queue/src/index.ts';
import { whyNoContainer } from './docker.ts';

/** The image that docker-compose.yml runs by default. */
const image = process.env.REDIS_IMAGE ?? 'redis:8.4';
const obstacle = await whyNoContainer(image);

describe.skipIf(obstacle !== undefined)(
  `${image} in a container${obstacle ? ` (skipped: ${obstacle})` : ''}`,
  async () => {
    if (obstacle !== undefined) {
      // One visible test says that these did not run.
      queueConformance(obstacle, () => Promise.reject(new Error(obstacle)));
      return;
    }
    const container = await new GenericContainer(image)
      .withExposedPorts(6379)
      .withCommand([
        'redis-server',
        '--appendonly',
        'yes',
        '--maxmemory-policy',
        'noeviction',
        '--protected-mode',
        'no',
      ])
      .withWaitStrategy(Wait.forListeningPorts())
      .start();
    const redisUrl = `redis://${container.getHost()}:${container.getMappedPort(6379)}`;
    queueConformance(`bullmq on ${image}`, async () => createBullJobQueue({ redisUrl, prefix: randomUUID() }));
    const redis = new Redis(redisUrl);
    afterAll(async () => {
      redis.disconnect();
      await container.stop();
    });
    frontierConformance(`redis on ${image}`, async () => createRedisFrontier(redis, randomUUID()));
  },
);
