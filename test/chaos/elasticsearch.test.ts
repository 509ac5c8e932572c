import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { indexNames } from '../../packages/search-index/src/index.ts';
import { type Fault, startFaultProxy } from '../../services/indexer/src/fault-proxy.ts';
import { type ChaosWorld, createChaosWorld, type InsideService } from './world/chaos-world.ts';
import { seed, seeded } from './world/random.ts';
import { type ServerProcess, startServer } from './world/server-process.ts';
import { until } from './world/until.ts';

let elasticsearch: ServerProcess;
let world: ChaosWorld;
let services: InsideService[];
let fault: (request: number) => Fault = () => 'pass';
let bulks = 0;
let proxy: Awaited<ReturnType<typeof startFaultProxy>>;

/** The moments at which faults strike. */
const random = seeded(seed);

beforeAll(async () => {
  elasticsearch = await startServer('elasticsearch');
  proxy = await startFaultProxy(elasticsearch.url, ({ path }) => {
    if (!path.includes('_bulk')) return 'pass';
    bulks += 1;
    return fault(bulks);
  });
  world = await createChaosWorld({ redisUrl: inject('redisUrl'), elasticsearchUrl: elasticsearch.url });
  const env = { ELASTICSEARCH_URL: proxy.url, PARSER_PROCESSES: '1' };
  services = await Promise.all((['crawler', 'parser', 'indexer'] as const).map((name) => world.startInside(name, env)));
});

afterAll(async () => {
  fault = () => 'pass';
  await world?.[Symbol.asyncDispose]();
  await proxy?.[Symbol.asyncDispose]();
  await elasticsearch?.[Symbol.asyncDispose]();
});

async function underWay(): Promise<void> {
  const before = (await world.progress()).indexed;
  await world.add(3);
  const strike = before + 1 + Math.floor(random() * 8);
  await until('the crawl is under way', async () => (await world.progress()).indexed >= strike);
}

async function home(): Promise<void> {
  await world.settled();
  expect(await world.faults()).toEqual([]);
  expect(services.flatMap(({ lines }) => lines.filter(({ verdict }) => verdict === 'retried'))).toEqual([]);
}

describe('Elasticsearch', () => {
  it('F15: killed under load and started again: what it had acknowledged is there, the rest follows', async () => {
    await underWay();
    await elasticsearch.kill();
    await world.add(1);
    const [, , indexer] = services;
    await until('the indexer notices', async () => (await indexer?.service.problems())?.elasticsearch !== undefined);
    await elasticsearch.start();
    await home();
  });

  it('F18: closed for writes, as at the flood stage of its disk: everything waits, nothing is quarantined', async () => {
    await underWay();
    const index = indexNames(world.elasticsearchPrefix).alias;
    const block = (on: true | null) =>
      world.client.indices.putSettings({ index, settings: { 'index.blocks.read_only_allow_delete': on } });
    await block(true);
    await world.add(2);
    const before = bulks;
    await until('it has refused a few times', () => bulks >= before + 3);
    expect((await world.progress()).quarantined).toBe(0);
    await block(null);
    await home();
  });

  const html = '<html><head><title>502 Bad Gateway</title></head><body><hr><center>nginx</center></body></html>';
  it.each<[what: string, answer: Fault]>([
    ['503', { status: 503, body: '{"error":"unavailable"}' }],
    ['429', { status: 429, body: '{"error":{"type":"es_rejected_execution_exception"},"status":429}' }],
    ['a proxy’s page with 502', { status: 502, body: html }],
    ['a proxy’s page with 200', { status: 200, body: html }],
    ['half of an answer', { status: 200, body: '{"took":3,"errors":false,"items":[{"index":{"_id":"x","status":20' }],
    ['an answer for fewer documents', { status: 200, body: '{"took":3,"errors":false,"items":[]}' }],
    ['silence, and then a broken connection', { hangMs: 700 }],
    ['a broken connection before it is read', 'reset'],
    ['a broken connection after it was carried out', 'lose-answer'],
  ])('F20: answers with %s: never taken for success, never for the document’s fault', async (_, answer) => {
    const start = bulks;
    fault = (request) => (request > start + 3 ? 'pass' : answer);
    await world.add(1);
    await home();
    expect(bulks).toBeGreaterThan(start + 3);
  });
});
