import { expect, inject, it } from 'vitest';
import { createChaosWorld } from './world/chaos-world.ts';

it('brings every page home when nothing goes wrong', async () => {
  await using world = await createChaosWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
  });
  await Promise.all([world.startInside('crawler'), world.startInside('parser'), world.startInside('indexer')]);
  await world.add(4);
  await world.settled();
  expect(await world.faults()).toEqual([]);
  const fetched = world.hosts.asked.filter(({ status }) => status === 200).map(({ host, path }) => host + path);
  expect(fetched.length).toBe(new Set(fetched).size);
});
