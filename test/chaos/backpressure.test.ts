import { expect, inject, it } from 'vitest';
import { pipeline } from '../../packages/contracts/src/index.ts';
import { type Fault, startFaultProxy } from '../../services/indexer/src/fault-proxy.ts';
import { createChaosWorld, type InsideService } from './world/chaos-world.ts';
import { until } from './world/until.ts';

const jobsIn = (service: InsideService) => service.lines.filter(({ msg }) => msg === 'job');
const said = (service: InsideService, msg: string) => service.lines.filter((line) => line.msg === msg);

it('stops fetching when Elasticsearch stands still, holds a bounded number of jobs, and goes on by itself', async () => {
  let elasticsearch: Fault = 'pass';
  await using proxy = await startFaultProxy(inject('elasticsearchUrl'), ({ path }) =>
    path.includes('_bulk') ? elasticsearch : 'pass',
  );
  await using world = await createChaosWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
    articles: 30,
    env: {
      INDEX_QUEUE_MAX: '12',
      PARSE_QUEUE_MAX: '12',
      CRAWLER_CONCURRENCY: '4',
      PARSER_CONCURRENCY: '2',
      PARSER_PROCESSES: '1',
      INDEXER_CONCURRENCY: '6',
    },
  });
  const depth = async (stage: 'parse' | 'index') => {
    const { waiting, delayed } = await world.pipeline.queue.depth(pipeline[stage].queue);
    return waiting + delayed;
  };
  const [crawler, parser, indexer] = await Promise.all([
    world.startInside('crawler', { HOST_DELAY_MS: '100' }),
    world.startInside('parser'),
    world.startInside('indexer', { ELASTICSEARCH_URL: proxy.url }),
  ]);
  elasticsearch = { status: 503 };
  await world.add(4);

  // The crawler may pause now and then before that, because the parser is slower than it.
  await until('the parser pauses', () => said(parser, 'takes no new work').length > 0, 30_000);
  expect(said(parser, 'takes no new work')[0]?.because).toEqual(['index_queue']);
  const crawlerPaused = async () =>
    (await crawler.metrics()).includes('newsmill_intake_paused{reason="parse_queue",service="crawler"} 1');
  await until('the crawler pauses', crawlerPaused, 30_000);
  // Whatever was under way has come to rest when every turn has been given back.
  await until('its turns end', async () => (await world.pipeline.queue.depth(pipeline.visit.queue)).active === 0);
  const { length: fetched } = world.hosts.asked;
  expect(fetched).toBeLessThan(4 * 33);
  // The marks, and what two looks half a second apart let through: 4 hosts at 10 pages a second, 2 pages at once.
  expect(await depth('index')).toBeLessThanOrEqual(12 + 20);
  expect(await depth('parse')).toBeLessThanOrEqual(12 + 20);
  const quiet = [crawler, parser, indexer].map(({ lines }) => lines.length);
  const asked = proxy.requests;
  await until('Elasticsearch is asked again', () => proxy.requests >= asked + 2, 30_000);
  expect(world.hosts.asked.length).toBe(fetched);
  // No log storm: nothing from who waits, one line from the writer for each refused request.
  const spoken = [crawler, parser, indexer].map(({ lines }, at) => lines.length - (quiet[at] ?? 0));
  expect(spoken[0]).toBe(0);
  expect(spoken[1]).toBe(0);
  expect(spoken[2]).toBeLessThanOrEqual(12);

  elasticsearch = 'pass';
  await world.settled();
  expect(await world.faults()).toEqual([]);
  for (const service of [crawler, parser, indexer]) {
    expect(jobsIn(service).filter(({ attempt, verdict }) => attempt !== 1 || verdict === 'retried')).toEqual([]);
    expect(said(service, 'takes no new work').length).toBe(said(service, 'takes work again').length);
  }
});
