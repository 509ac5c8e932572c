import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { indexNames } from '../../packages/search-index/src/index.ts';
import { createChaosWorld } from './world/chaos-world.ts';
import { until } from './world/until.ts';

const preload = fileURLToPath(new URL('./world/jumping-clock.ts', import.meta.url));
const day = 86_400_000;

it('F25: the clocks of a worker of each kind jump, by a day and by two minutes, ahead and back', async () => {
  await using world = await createChaosWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
    env: { PARSER_PROCESSES: '1' },
  });
  const jumping = (name: 'crawler' | 'parser' | 'indexer', jumpMs: number) =>
    world.start(name, { nodeArguments: ['--import', preload], env: { CLOCK_JUMP_MS: String(jumpMs) } });
  const workers = await Promise.all([
    jumping('crawler', day),
    jumping('crawler', -120_000),
    jumping('parser', -120_000),
    jumping('indexer', 120_000),
    world.startInside('crawler'),
    world.startInside('parser'),
  ]);
  await world.add(3);
  await until('the crawl is under way', async () => (await world.progress()).indexed > 3);
  for (const worker of workers) if ('pid' in worker) worker.signal('SIGUSR2');
  await world.add(4);
  await world.settled();
  expect(await world.faults()).toEqual([]);
  // What is in the future would be taken for newer than all that comes.
  const { count } = await world.client.count({
    index: indexNames(world.elasticsearchPrefix).alias,
    query: { range: { fetchedAt: { gt: new Date(Date.now() + 60_000).toISOString() } } },
  });
  expect(count).toBe(0);
});
