import { createHash } from 'node:crypto';
import { type ParseJob, pipeline } from '@newsmill/contracts';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createMemoryFrontier } from '@newsmill/frontier';
import { createMemoryJobQueue, createMemoryQuarantine } from '@newsmill/queue';
import { createMemoryIndex, type IndexedDocument } from '@newsmill/search-index';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createApi } from '../app.ts';
import { createMemoryReplayStore } from './memory-store.ts';
import { createReplayRun } from './run-replay.ts';

const begun = Date.parse('2026-03-02T00:00:00Z');
const hour = 3_600_000;
const urlOf = (name: string | number): string => `http://www.a.test/${name}.html`;
const sha256 = (key: string) => createHash('sha256').update(key).digest('hex');

/** An API with articles that were indexed, hour by hour, and what works on replays beside it. */
async function setUp(names: readonly (string | number)[]) {
  let now = begun;
  const frontier = createMemoryFrontier();
  const queue = createMemoryJobQueue();
  const store = createMemoryReplayStore(() => now);
  const documents: IndexedDocument[] = [];
  for (const [at, name] of names.entries()) {
    const url = urlOf(name);
    const [fetchedAt, captureRef] = [begun + at * hour, `a#${at}+1`];
    await frontier.admit([{ url, kind: 'article', sourceId: 's', depth: 1, standing: false }], fetchedAt);
    await frontier.record(hostIdOf(url), urlIdOf(url), { type: 'captured', captureRef }, fetchedAt);
    const outcome = { verdict: 'indexed' } as const;
    const parsed = { type: 'parsed', generation: 1, contentHash: 'h' } as const;
    await frontier.record(hostIdOf(url), urlIdOf(url), parsed, fetchedAt);
    await frontier.record(hostIdOf(url), urlIdOf(url), { type: 'finalized', outcome, generation: 1 }, fetchedAt);
    documents.push({ id: urlIdOf(url), url, sourceId: 's', captureRef, fetchedAt, parserVersion: '1.9' });
  }
  documents.sort((a, b) => (a.id < b.id ? -1 : 1));
  const inventory = {
    async *walk(after = '') {
      yield documents.filter(({ id }) => id > after).slice(0, 300);
    },
  };
  const run = (token = 'me') => createReplayRun({ store, inventory, ledger: frontier, queue, token, clock: () => now });
  const app = await createApi({
    ...{ index: createMemoryIndex(), balance: () => frontier.balance(), registry: new Registry() },
    access: { keys: [{ name: 'chief', sha256: sha256('operate') }], ratePerMinute: 0, atOnceMax: 0, corsOrigins: [] },
    operator: {
      ...{ quarantine: createMemoryQuarantine(), queue, ledger: frontier, operators: ['chief'], clock: () => now },
      ...{ audits: { load: async () => undefined }, replays: store, countArticles: async () => documents.length },
    },
  });
  return {
    ...{ documents, frontier, queue, store, run },
    later: (ms: number) => {
      now += ms;
    },
    async ask(method: 'GET' | 'POST' | 'DELETE', path = '') {
      const { statusCode, body } = await app.inject({
        ...{ method, url: `/replay${path}`, headers: { 'x-api-key': 'operate' } },
      });
      return { status: statusCode, body: JSON.parse(body) };
    },
    /** The parsers take what waits. */
    async taken(): Promise<ParseJob[]> {
      const { waiting } = await queue.depth(pipeline.parse.queue);
      const jobs: ParseJob[] = [];
      if (waiting === 0) return jobs;
      const { promise, resolve } = Promise.withResolvers<void>();
      const consumer = queue.consume(pipeline.parse.queue, { concurrency: 1 }, async ({ payload }) => {
        jobs.push(pipeline.parse.schema.parse(payload));
        if (jobs.length === waiting) resolve();
        return { type: 'complete' };
      });
      await promise;
      await consumer.stop(1_000);
      return jobs;
    },
  };
}

it('gives the parsers all articles, as fast as they take them, and tells how far it is', async () => {
  const { ask, run, taken, later, documents } = await setUp(Array.from({ length: 1_100 }, (_, n) => n));
  expect((await ask('GET')).status).toBe(404);
  const started = await ask('POST', '?all=true');
  expect(started).toMatchObject({ status: 201, body: { state: 'running', documents: 1_100, looked: 0, choice: {} } });
  expect((await ask('POST', '?all=true')).status).toBe(409);
  const round = run();
  await round();
  // Another process of the API, or this one after it was started again.
  await run('other')();
  later(60_000);
  const half = (await ask('GET')).body;
  expect(half).toMatchObject({ state: 'running', looked: 500, queued: 500, waiting: 500, etaMs: 72_000 });
  const jobs = await taken();
  await run('other')();
  jobs.push(...(await taken()));
  expect((await ask('GET')).body).toMatchObject({ looked: 1_000, queued: 1_000 });
  // It has lost its turn.
  await round();
  expect((await ask('GET')).body).toMatchObject({ looked: 1_000, queued: 1_000 });
  await run('other')();
  jobs.push(...(await taken()));
  expect((await ask('GET')).body).toMatchObject({
    ...{ state: 'done', looked: 1_100, queued: 1_100, filtered: 0, leftAlone: 0, waiting: 0 },
    endedAt: '2026-03-02T00:01:00.000Z',
  });
  expect(jobs.map(({ urlId }) => urlId).sort()).toEqual(documents.map(({ id }) => id).sort());
  expect(jobs.every(({ replayed, generation }) => replayed === true && generation === 1)).toBe(true);
  expect((await ask('POST', '?all=true')).status).toBe(201);
});

it('takes what was chosen', async () => {
  const { ask, run, taken } = await setUp(['1', '2', '3']);
  const cases = [
    ['?source=s', 3],
    ['?source=other', 0],
    ['?host=www.a.test', 3],
    ['?host=a.test', 0],
    ['?from=2026-03-02T01:00:00Z', 2],
    ['?to=2026-03-02T01:00:00Z', 1],
    ['?parserOlderThan=1.10', 3],
    ['?parserOlderThan=1.9', 0],
  ] as const;
  for (const [query, queued] of cases) {
    const { frontier, ...world } = await setUp(['1', '2', '3']);
    expect([query, (await world.ask('POST', query)).status]).toEqual([query, 201]);
    await world.run()();
    expect([query, (await world.ask('GET')).body]).toMatchObject([query, { queued, filtered: 3 - queued }]);
    expect(await world.taken()).toHaveLength(queued);
    // What is on its way is the pipeline's.
    expect(await frontier.balance()).toMatchObject({ s: queued === 0 ? { indexed: 3 } : { captured: queued } });
  }
  for (const query of [
    '',
    '?all=yes',
    '?host=a/b',
    '?from=may',
    '?parserOlderThan=now',
    '?source=',
    '?host=a&host=b',
  ]) {
    expect([query, (await ask('POST', query)).status]).toEqual([query, 400]);
  }
  expect((await ask('POST', '?from=2026-03-01&source=s')).body.choice).toEqual({
    ...{ source: 's', from: '2026-03-01T00:00:00.000Z' },
  });
  await run()();
  expect(await taken()).toHaveLength(3);
});

it('leaves alone what is on its way, gone, unknown, or newer than its document', async () => {
  const { ask, run, taken, frontier, documents } = await setUp(['way', 'gone', 'unknown', 'newer', 'skipped', 'fine']);
  const [idOf, host] = [(name: string) => urlIdOf(urlOf(name)), hostIdOf(urlOf('way'))];
  const place = (name: string) => documents.findIndex(({ id }) => id === idOf(name));
  const change = (name: string, fields: Partial<IndexedDocument>) => {
    documents[place(name)] = { ...(documents[place(name)] as IndexedDocument), ...fields };
  };
  await frontier.record(host, idOf('way'), { type: 'captured', captureRef: 'b#0+1' }, begun + 9 * hour);
  change('gone', { removedAt: begun + 9 * hour });
  change('unknown', { url: urlOf('other') });
  change('newer', { fetchedAt: begun });
  await frontier.record(host, idOf('skipped'), { type: 'captured', captureRef: 'b#1+1' }, begun + 9 * hour);
  const outcome = { verdict: 'skipped', reason: 'too_short' } as const;
  await frontier.record(host, idOf('skipped'), { type: 'finalized', outcome, generation: 2 }, begun + 9 * hour);
  await ask('POST', '?all=true');
  await run()();
  expect((await ask('GET')).body).toMatchObject({ state: 'done', looked: 6, queued: 1, leftAlone: 5 });
  expect((await taken()).map(({ url }) => url)).toEqual([urlOf('fine')]);
});

it('ends when it is cancelled', async () => {
  const { ask, run, taken } = await setUp(Array.from({ length: 600 }, (_, n) => n));
  expect((await ask('DELETE')).status).toBe(404);
  await ask('POST', '?all=true');
  await run()();
  expect(await ask('DELETE')).toMatchObject({ status: 200, body: { state: 'cancelled', looked: 500 } });
  expect((await ask('DELETE')).status).toBe(409);
  expect(await taken()).toHaveLength(500);
  await run()();
  expect(await taken()).toEqual([]);
  expect((await ask('GET')).body).toMatchObject({ state: 'cancelled', queued: 500 });
});
