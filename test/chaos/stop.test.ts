import { describe, expect, inject, it } from 'vitest';
import { startFaultProxy } from '../../services/indexer/src/fault-proxy.ts';
import { type ChaosWorld, createChaosWorld } from './world/chaos-world.ts';
import type { WorkerName } from './world/roots.ts';
import { startServer } from './world/server-process.ts';
import type { ServiceProcess } from './world/service-process.ts';
import { startTcpProxy } from './world/tcp-proxy.ts';
import { until } from './world/until.ts';

/** Of every process in this file; beyond it, it kills itself with exit code 1. */
const deadlineMs = 3_000;
const env = { STOP_DEADLINE_MS: String(deadlineMs), PARSER_PROCESSES: '1' };
const servers = () => ({ redisUrl: inject('redisUrl'), elasticsearchUrl: inject('elasticsearchUrl') });

/** Ends a process by a signal. A process that outlives its deadline by far ends the test by its timeout. */
async function stop(service: ServiceProcess): Promise<number | NodeJS.Signals> {
  service.signal('SIGTERM');
  return service.ended;
}

/** Starts what was stopped again, and all else that is needed; everything must come home, and no attempt was counted. */
async function goOn(world: ChaosWorld, running: readonly WorkerName[] = []): Promise<void> {
  const missing = (['crawler', 'parser', 'indexer'] as const).filter((name) => !running.includes(name));
  const started = await Promise.all(missing.map((name) => world.startInside(name)));
  await world.settled();
  expect(await world.faults()).toEqual([]);
  const counted = started.flatMap(({ lines }) => lines.filter(({ msg, attempt }) => msg === 'job' && attempt !== 1));
  expect(counted).toEqual([]);
}

describe.concurrent('F31: SIGTERM', () => {
  it('idle: each kind of worker ends with code 0, and is not ready first', async () => {
    await using world = await createChaosWorld({ ...servers(), env });
    const all = await Promise.all((['crawler', 'parser', 'indexer'] as const).map((name) => world.start(name)));
    for (const one of all) expect((await fetch(`${one.healthUrl}/readyz`)).status).toBe(200);
    expect(await Promise.all(all.map(stop))).toEqual([0, 0, 0]);
  });

  it('busy: a crawler in the middle of its turns gives them back', async () => {
    await using world = await createChaosWorld({ ...servers(), env, articles: 20 });
    await world.startInside('parser');
    const crawler = await world.start('crawler', { env: { HOST_DELAY_MS: '100' } });
    await world.add(3);
    await until('it fetches', () => world.hosts.asked.length > 12);
    expect(await stop(crawler)).toBe(0);
    expect(world.hosts.asked.length).toBeLessThan(3 * 23);
    await goOn(world, ['parser']);
  });

  it('hung: a host that never answers does not hold a crawler back', async () => {
    await using world = await createChaosWorld({ ...servers(), env });
    world.hosts.answer = () => ({ status: 0 });
    const crawler = await world.start('crawler', { env: { FETCH_TIMEOUT_MS: '50000', QUEUE_LOCK_MS: '1000' } });
    await world.add(1);
    await until('it waits for an answer', () => world.hosts.asked.length > 0);
    expect(await stop(crawler)).toBe(0);
    world.hosts.answer = undefined;
    // The host has been given back: nobody has to wait for the end of a lease of 50 s.
    const next = await world.pipeline.queue.depth('visit');
    expect(next).toMatchObject({ active: 0 });
    expect(next.waiting + next.delayed).toBe(1);
  });

  it('hung: an indexer whose Elasticsearch never answers hands its articles back', async () => {
    let hangs = true;
    await using proxy = await startFaultProxy(inject('elasticsearchUrl'), ({ path }) =>
      hangs && path.includes('_bulk') ? 'hang' : 'pass',
    );
    await using world = await createChaosWorld({ ...servers(), env });
    await Promise.all([world.startInside('crawler'), world.startInside('parser')]);
    const indexer = await world.start('indexer', { env: { ELASTICSEARCH_URL: proxy.url } });
    await world.add(2);
    await until('articles are with it', async () => (await world.pipeline.queue.depth('index')).active >= 8);
    expect(await stop(indexer)).toBe(0);
    hangs = false;
    await goOn(world, ['crawler', 'parser']);
  });

  it('without Redis: each kind of worker ends by its deadline', async () => {
    await using redis = await startServer('redis');
    await using way = await startTcpProxy(redis);
    await using world = await createChaosWorld({ ...servers(), redisUrl: redis.url, env });
    const through = { env: { REDIS_URL: `redis://127.0.0.1:${way.port}` } };
    const all = await Promise.all(
      (['crawler', 'parser', 'indexer'] as const).map((name) => world.start(name, through)),
    );
    await world.add(2);
    await until('they work', async () => (await world.progress()).fetched > 0);
    way.weather = 'blackhole';
    for (const code of await Promise.all(all.map(stop))) expect([0, 1]).toContain(code);
    way.weather = 'clear';
    await goOn(world);
  });
});

it('F32: a second signal ends a worker at once, whatever it waits for', async () => {
  await using world = await createChaosWorld({ ...servers(), env });
  world.hosts.answer = () => ({ status: 0 });
  const crawler = await world.start('crawler', { env: { FETCH_TIMEOUT_MS: '50000', STOP_DEADLINE_MS: '600000' } });
  await world.add(1);
  await until('it waits for an answer', () => world.hosts.asked.length > 0);
  crawler.signal('SIGTERM');
  await until('it is stopping', async () => (await crawler.log()).some(({ msg }) => msg === 'stopping'));
  crawler.signal('SIGINT');
  expect(await crawler.ended).toBe(1);
});
