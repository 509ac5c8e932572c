import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type IndexJob, type JobOf, pipeline, type StageName } from '../../packages/contracts/src/index.ts';
import { hostIdOf, urlIdOf } from '../../packages/core/src/url/index.ts';
import type { NewJob } from '../../packages/queue/src/index.ts';
import { indexNames } from '../../packages/search-index/src/index.ts';
import { type ChaosWorld, createChaosWorld, type InsideService } from './world/chaos-world.ts';
import { articlePath } from './world/pages.ts';
import { until } from './world/until.ts';

/** Every job kind, delivered twice: at the same time to two workers, and again long after it was done. */
let world: ChaosWorld;
let services: InsideService[];
/** Every job that was put on a queue, as it was put. */
const jobs = new Map<StageName, NewJob[]>();

beforeAll(async () => {
  world = await createChaosWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
    decorate: <Port extends object>(name: string, port: Port): Port =>
      name !== 'queue'
        ? port
        : new Proxy(port, {
            get(target, key) {
              const value: unknown = Reflect.get(target, key);
              if (typeof value !== 'function') return value;
              if (key !== 'add') return value.bind(target) as unknown;
              return async (queue: StageName, added: readonly NewJob[]) => {
                jobs.set(queue, [...(jobs.get(queue) ?? []), ...added]);
                // The same work under another id: two workers may have it at once, which the queue itself prevents.
                await value.call(target, queue, [...added, ...added.map((job) => ({ ...job, id: `${job.id}-twin` }))]);
              };
            },
          }),
  });
  const names = ['crawler', 'parser', 'indexer', 'crawler', 'parser', 'indexer'] as const;
  services = await Promise.all(names.map((name) => world.startInside(name, { PARSER_PROCESSES: '1' })));
});

afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
});

/** Queues run empty; a turn that is not due yet may wait. */
const quiet = () =>
  until('the queues run empty', async () => {
    const depths = await Promise.all(Object.values(pipeline).map(({ queue }) => world.pipeline.queue.depth(queue)));
    return depths.every(({ waiting, active }) => waiting + active === 0);
  });

it('every job twice at the same time: one document each, each host asked by one crawler at a time', async () => {
  await world.add(4);
  await world.settled();
  await quiet();
  expect(await world.faults()).toEqual([]);
  const fetched = world.hosts.asked.filter(({ status, path }) => status === 200 && path !== '/robots.txt');
  expect(fetched.length).toBe(new Set(fetched.map(({ host, path }) => host + path)).size);
});

it('every job again, long after: nothing changes', async () => {
  const before = { asked: world.hosts.asked.length, progress: await world.progress() };
  for (const stage of ['visit', 'parse', 'index'] as const) {
    const again = jobs.get(stage)?.map(({ id, payload }) => ({ id, payload })) ?? [];
    expect(again.length).toBeGreaterThan(0);
    await world.pipeline.queue.add(pipeline[stage].queue, again);
  }
  await quiet();
  expect(await world.progress()).toEqual(before.progress);
  expect(world.hosts.asked.length).toBe(before.asked);
  expect(await world.faults()).toEqual([]);
  expect(services.flatMap(({ lines }) => lines.filter(({ verdict }) => verdict === 'retried'))).toEqual([]);
});

const stateOf = async (urlId: string) =>
  (
    await world.client.get<{ headline: string; removedAt?: string }>({
      ...{ index: indexNames(world.elasticsearchPrefix).alias, id: urlId },
    })
  )._source;

it('F29: indexers race, older states of an article after newer ones: the newest stays', async () => {
  const all = (jobs.get('index') ?? []).map(({ payload }) => payload as IndexJob);
  const job = all.find(({ payload }) => payload.type === 'inline');
  if (job?.payload.type !== 'inline') throw new Error('no article travelled in its job');
  const { article } = job.payload;
  const start = Date.parse(article.fetchedAt ?? '');
  const stateAt = (n: number) => ({
    ...article,
    headline: `第${n}稿`,
    fetchedAt: new Date(start + 1_000 * n).toISOString(),
  });
  const states = Array.from({ length: 40 }, (_, n) => n).sort((a, b) => ((a * 17) % 40) - ((b * 17) % 40));
  await world.pipeline.queue.add(
    pipeline.index.queue,
    states.map((n) => ({
      id: `${article.id}-race${n}`,
      payload: { ...job, payload: { type: 'inline', article: stateAt(n) } } satisfies JobOf<'index'>,
    })),
  );
  await quiet();
  expect((await stateOf(article.id))?.headline).toBe('第39稿');
});

it('a removal twice, and one that comes after the page was seen again', async () => {
  const [host = ''] = [...new Set(world.hosts.asked.map((one) => one.host))];
  const url = `http://${host}${articlePath(5)}`;
  const urlId = urlIdOf(url);
  const about = { v: 1, urlId, hostId: hostIdOf(url), generation: 1, reason: 'http_404' } as const;
  const job = (id: string, removedAt: string) => ({ id: `${urlId}-${id}`, payload: { ...about, removedAt } });
  await world.pipeline.queue.add(pipeline.remove.queue, [job('late', '2020-01-01T00:00:00.000Z')]);
  await quiet();
  expect((await stateOf(urlId))?.removedAt).toBeUndefined();
  const now = new Date().toISOString();
  await world.pipeline.queue.add(pipeline.remove.queue, [job('a', now), job('b', now), job('c', now)]);
  await quiet();
  expect((await stateOf(urlId))?.removedAt).toBe(now);
});
