import { Redis } from 'ioredis';
import { expect, inject, it } from 'vitest';
import { pipeline, type StageName } from '../../packages/contracts/src/index.ts';
import { urlIdOf } from '../../packages/core/src/url/index.ts';
import { createChaosWorld } from './world/chaos-world.ts';
import { articlePath } from './world/pages.ts';
import type { WorkerName } from './world/roots.ts';
import { until } from './world/until.ts';

it.concurrent.each<[WorkerName, env: Record<string, string>]>([
  ['parser', { PARSER_CONCURRENCY: '6', PARSER_PROCESSES: '1' }],
  ['indexer', { INDEXER_CONCURRENCY: '50' }],
])('F26: a page that kills every %s goes to quarantine alone; whoever was beside it comes home', async (kind, env) => {
  await using world = await createChaosWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
  });
  const others = (['crawler', 'parser', 'indexer'] as const).filter((name) => name !== kind);
  await Promise.all(others.map((name) => world.startInside(name)));
  const [host = ''] = await world.add(3);
  const poisonId = urlIdOf(`http://${host}${articlePath(3)}`);
  // Everything is there before the first of them dies: it holds as much as it can.
  const queue = kind === 'parser' ? 'parse' : 'index';
  await until(
    'all is waiting',
    async () => (await world.pipeline.queue.depth(queue)).waiting >= (kind === 'parser' ? 3 : 24),
  );
  // What it would tell the ledger of this page, and not what it tells when the page is taken out.
  const event = kind === 'parser' ? '{"type":"parsed"' : '{"type":"finalized","outcome":{"verdict":"indexed"';
  const crashAt = {
    port: 'frontier',
    method: 'record',
    when: 'before',
    at: 1,
    with: `${poisonId}",${event}`,
  } as const;
  let deaths = 0;
  while ((await world.progress()).quarantined === 0) {
    const dying = await world.start(kind, { crashAt, env });
    const quarantined = until('it is quarantined', async () => (await world.progress()).quarantined > 0, 60_000);
    const how = await Promise.race([dying.ended, quarantined]);
    if (how === undefined) break;
    expect(how).toBe('SIGKILL');
    deaths += 1;
    expect(deaths).toBeLessThan(12);
  }
  await world.settled();
  const entries = await world.pipeline.quarantine.list();
  expect(entries.map(({ jobId, reason }) => [jobId, reason])).toEqual([[`${poisonId}-1`, 'crashed_repeatedly']]);
  expect(await world.progress()).toMatchObject({ indexed: 3 * 8 - 1, quarantined: 1, open: 0 });
});

it.concurrent('jobs that somebody damaged by hand, in every queue, lie in quarantine at once; nothing else notices', async () => {
  await using world = await createChaosWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
    env: { PARSER_PROCESSES: '1' },
  });
  const redis = new Redis(inject('redisUrl'));
  const stages = Object.keys(pipeline) as StageName[];
  for (const stage of stages) {
    const { queue } = pipeline[stage];
    const payloads: unknown[] = [
      null,
      'text',
      [],
      { v: 1 },
      { v: 99, urlId: 'x' },
      { v: 1, url: 'x'.repeat(1_000_000) },
    ];
    await world.pipeline.queue.add(
      queue,
      ['cut', 'gone', ...payloads].map((payload, at) => ({ id: `damaged-${at}`, payload })),
    );
    await redis.hset(`${world.redisPrefix}:${queue}:damaged-0`, 'data', '{"v":1,"urlId":');
    await redis.del(`${world.redisPrefix}:${queue}:damaged-1`);
  }
  await redis.quit();
  const workers = await Promise.all((['crawler', 'parser', 'indexer'] as const).map((name) => world.startInside(name)));
  await world.add(2);
  await world.settled();
  const entries = async () => world.pipeline.quarantine.list({ limit: 100 });
  await until('all are taken out', async () => (await entries()).length >= stages.length * 7);
  expect(new Set((await entries()).map(({ reason }) => reason))).toEqual(new Set(['malformed_job', 'unknown_version']));
  for (const stage of stages) expect((await world.pipeline.queue.depth(pipeline[stage].queue)).active).toBe(0);
  expect(await world.faults()).toEqual([]);
  for (const { lines } of workers) expect(lines.filter(({ verdict }) => verdict === 'retried')).toEqual([]);
});
