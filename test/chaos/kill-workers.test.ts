import { expect, inject, it } from 'vitest';
import { progressOf } from '../../services/cli/src/progress.ts';
import { findCopyFaults, findFaults } from '../e2e/outcomes.ts';
import { createWorld } from '../e2e/world.ts';
import { expected, expectedArticles, seeds, sites } from '../sites/expected.ts';
import { seed, seeded } from './world/random.ts';

/** `pnpm chaos` asks for more. */
const rounds = Number(process.env.CHAOS_ROUNDS ?? 2);

it(
  'F01, F02, F03: loses nothing when every kind of worker is killed in the middle of its work',
  async () => {
    await using world = await createWorld({
      redisUrl: inject('redisUrl'),
      elasticsearchUrl: inject('elasticsearchUrl'),
      // Short locks and leases, so that what a dead worker held is taken over within seconds.
      environment: { QUEUE_LOCK_MS: '2000', FETCH_TIMEOUT_MS: '2000' },
    });
    const random = seeded(seed);
    const moved = async () => {
      const { indexed, skipped, fetched } = progressOf(await world.frontier.balance());
      return indexed + skipped + fetched;
    };
    await world.addSites(seeds);
    const kinds = ['crawler', 'parser', 'indexer'] as const;
    const alive = new Map(await Promise.all(kinds.map(async (kind) => [kind, await world.start(kind)] as const)));
    let kills = 0;
    for (const kind of Array.from({ length: rounds }, () => kinds).flat()) {
      // Strike once the flow has moved on by a random number of steps, wherever the victim is then.
      const goal = (await moved()) + 5 + Math.floor(random() * 20);
      const deadline = performance.now() + 20_000;
      while ((await moved()) < goal && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 10));
      const victim = alive.get(kind);
      if (victim !== undefined) world.kill(victim);
      kills += 1;
      alive.set(kind, await world.start(kind));
    }
    expect(kills).toBe(3 * rounds);
    await world.drained(120_000);
    await world.index.refresh();

    const progress = progressOf(await world.frontier.balance());
    expect(progress.discovered).toBe(progress.indexed + progress.skipped);
    expect(await world.index.count()).toBe(progress.indexed);
    expect((await findCopyFaults(expectedArticles, world.index)).faults).toEqual([]);
    const faults = await findFaults(expected, world.frontier, world.index);
    expect(faults).toEqual([]);
    for (const { host } of sites) expect(world.sites.politeness(host).inFlightMax, host).toBe(1);
  },
  120_000 * rounds,
);
