import type { JobOf } from '@newsmill/contracts';
import { expect, it } from 'vitest';
import { createMemoryJobQueue } from './memory.ts';
import type { QuarantinedJob } from './quarantine.ts';
import { createMemoryQuarantine } from './quarantine-memory.ts';
import { type RetryDeps, type RetryLedger, retryQuarantined } from './quarantine-retry.ts';

const now = Date.parse('2026-01-02T00:00:00Z');
const job: JobOf<'parse'> = {
  v: 1,
  urlId: 'u'.repeat(22),
  hostId: 'h'.repeat(17),
  url: 'http://a.test/1',
  generation: 2,
  captureRef: 'x#0+1',
  fetchedAt: '2026-01-01T00:00:00.000Z',
  sourceId: 's',
  depth: 1,
};
const parse: QuarantinedJob = {
  id: 'parse/j-2',
  stage: 'parse',
  jobId: 'j-2',
  payload: job,
  reason: 'parser_failed',
  message: 'm',
  attempts: 1,
  quarantinedAt: '2026-01-01T00:00:00.000Z',
};

type Row = { readonly state: string; readonly generation: number };

/** Retries one entry against a ledger that has `row`; gives what became of it. */
async function retry(quarantined: QuarantinedJob, row: Row | undefined, over: Partial<RetryDeps> = {}) {
  const quarantine = createMemoryQuarantine();
  const queue = createMemoryJobQueue();
  const told: Parameters<RetryLedger['record']>[2][] = [];
  await quarantine.put(quarantined);
  const entry = await quarantine.get(quarantined.id);
  if (entry === undefined) throw new Error('no entry');
  const run = () =>
    retryQuarantined(entry, {
      quarantine,
      queue,
      ledger: {
        async record(_hostId, _urlId, event) {
          told.push(event);
          return row && { row };
        },
      },
      readArticle: async () => ({ url: 'http://a.test/large', captureRef: 'x#9+1' }),
      now,
      ...over,
    });
  const result = await run().catch((error: unknown) => error);
  const waiting = (await queue.depth(quarantined.stage)).waiting;
  await queue[Symbol.asyncDispose]();
  return { result, told, waiting, left: await quarantine.list(), entry: await quarantine.get(quarantined.id) };
}

it('tells the ledger, puts the job back under its id, and remembers it', async () => {
  const { result, told, waiting, left, entry } = await retry(parse, { state: 'captured', generation: 2 });
  expect(result).toEqual({ status: 'retried' });
  expect(told).toEqual([
    { type: 'reopened', url: job.url, generation: 2, state: 'captured', captureRef: job.captureRef },
  ]);
  expect([waiting, left]).toEqual([1, []]);
  expect(entry?.retries).toMatchObject([{ reason: 'parser_failed', at: new Date(now).toISOString() }]);
});

it('reads the address of an article that was too large for its job', async () => {
  const { urlId, hostId, generation } = job;
  const payload = { v: 1, urlId, hostId, generation, payload: { type: 'archived', ref: 'x#5+1' } };
  const { result, told, waiting } = await retry({ ...parse, id: 'index/j-2', stage: 'index', payload }, undefined);
  expect(told).toMatchObject([{ url: 'http://a.test/large', state: 'parsed', captureRef: 'x#9+1' }]);
  expect([result, waiting]).toEqual([{ status: 'retried' }, 1]);
});

it.each([
  ['the page was fetched again', { state: 'captured', generation: 3 }],
  ['the job has ended since', { state: 'final', generation: 2 }],
])('drops the entry when %s', async (_, row) => {
  const { result, waiting, left } = await retry(parse, row);
  expect([result, waiting, left]).toEqual([{ status: 'obsolete' }, 0, []]);
});

it('puts back what fits no schema, and what is about no page, without the ledger', async () => {
  for (const other of [
    { ...parse, payload: { odd: true } },
    { ...parse, id: 'visit/h-1', stage: 'visit', payload: { v: 1, hostId: job.hostId, host: 'a.test', turn: 1 } },
  ] as const) {
    const { result, told, waiting, left } = await retry(other, undefined);
    expect([result, told, waiting, left]).toEqual([{ status: 'retried' }, [], 1, []]);
  }
});

it('keeps the entry when the queue does not take the job', async () => {
  const queue = createMemoryJobQueue();
  const { result, left } = await retry(
    parse,
    { state: 'captured', generation: 2 },
    {
      queue: { ...queue, add: () => Promise.reject(new Error('away')) },
    },
  );
  expect(result).toBeInstanceOf(Error);
  expect(left.map((entry) => entry.id)).toEqual(['parse/j-2']);
});

it('says so when the payload was not kept', async () => {
  const { result, left } = await retry({ ...parse, payload: 'x'.repeat(300_000) }, undefined);
  expect(result).toMatchObject({ status: 'failed' });
  expect(left).toHaveLength(1);
});
