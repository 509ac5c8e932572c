import { describe, expect, inject, it } from 'vitest';
import { startFaultProxy } from '../../services/indexer/src/fault-proxy.ts';
import { createChaosWorld } from './world/chaos-world.ts';
import type { CrashPoint } from './world/crash-point.ts';
import type { WorkerName } from './world/roots.ts';

interface Point {
  readonly call: string;
  readonly victim: WorkerName;
  readonly port: string;
  readonly method: string;
  readonly when: CrashPoint['when'];
  /** What the call is about: only such calls count. */
  readonly of?: string;
}
const at = (victim: WorkerName, when: CrashPoint['when'], call: string, of?: string): Point => {
  const [port = '', method = ''] = call.split('.');
  return { call: `${call} ${of ?? ''}`, victim, port, method, when, ...(of === undefined ? {} : { of }) };
};

/** Every hand-over of every worker: the process dies there, alone, and the next one must bring everything home. */
const points: readonly Point[] = [
  at('crawler', 'after', 'frontier.beginTurn'),
  at('crawler', 'after', 'frontier.take'),
  at('crawler', 'before', 'archive.write'),
  at('crawler', 'after', 'archive.write'),
  at('crawler', 'before', 'frontier.record', '"captured"'),
  at('crawler', 'after', 'frontier.record', '"captured"'),
  at('crawler', 'before', 'queue.add', 'captureRef'),
  at('crawler', 'after', 'queue.add', 'captureRef'),
  at('crawler', 'before', 'frontier.endTurn'),
  at('crawler', 'after', 'frontier.endTurn'),
  at('crawler', 'after', 'queue.add', '"visit"'),
  at('parser', 'before', 'frontier.admit'),
  at('parser', 'after', 'frontier.admit'),
  at('parser', 'after', 'frontier.record', '"parsed"'),
  at('parser', 'after', 'frontier.record', '"finalized"'),
  at('parser', 'before', 'queue.add', '"article"'),
  at('parser', 'after', 'queue.add', '"article"'),
  at('indexer', 'before', 'index.write'),
  at('indexer', 'after', 'index.write'),
  at('indexer', 'before', 'frontier.record', '"finalized"'),
  at('indexer', 'after', 'frontier.record', '"finalized"'),
];
const workers: readonly WorkerName[] = ['crawler', 'parser', 'indexer'];

describe.concurrent('F04: a worker that dies in the middle of a hand-over', () => {
  it.each(points)('$victim: $when $call', async ({ victim, port, method, when, of }) => {
    await using world = await createChaosWorld({
      redisUrl: inject('redisUrl'),
      elasticsearchUrl: inject('elasticsearchUrl'),
      articles: 6,
      env: { PARSER_PROCESSES: '1' },
    });
    await Promise.all(workers.filter((name) => name !== victim).map((name) => world.startInside(name)));
    // All documents of such a small world may go in one request: there is no second one to wait for.
    const crashAt = { port, method, when, at: port === 'index' ? 1 : 2, ...(of === undefined ? {} : { with: of }) };
    await world.add(2);
    const dying = await world.start(victim, { crashAt });
    expect(await dying.ended).toBe('SIGKILL');
    await world.startInside(victim);
    await world.settled(25_000);
    expect(await world.faults()).toEqual([]);
  });

  it('indexer: a request that Elasticsearch carried out and whose answer nobody heard', async () => {
    let die = (): void => undefined;
    await using proxy = await startFaultProxy(inject('elasticsearchUrl'), ({ path }) => {
      if (!path.includes('_bulk')) return 'pass';
      die();
      return 'lose-answer';
    });
    await using world = await createChaosWorld({
      redisUrl: inject('redisUrl'),
      elasticsearchUrl: inject('elasticsearchUrl'),
      articles: 6,
    });
    await Promise.all([world.startInside('crawler'), world.startInside('parser')]);
    const indexer = await world.start('indexer', { env: { ELASTICSEARCH_URL: proxy.url } });
    die = () => indexer.signal('SIGKILL');
    await world.add(2);
    expect(await indexer.ended).toBe('SIGKILL');
    await world.startInside('indexer');
    await world.settled(25_000);
    expect(await world.faults()).toEqual([]);
  });
});
