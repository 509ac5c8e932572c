import { type JobOf, PermanentError, RetryLaterError } from '@newsmill/contracts';
import { createMemoryJobQueue, createMemoryQuarantine, type Delivery, type JobQueue } from '@newsmill/queue';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { runStage } from './run-stage.ts';
import type { StageHandler } from './stage.ts';

const parseJob: JobOf<'parse'> = {
  v: 1,
  urlId: 'u'.repeat(22),
  hostId: 'h'.repeat(17),
  url: 'http://a.test/1',
  generation: 1,
  captureRef: 'x#0+1',
  fetchedAt: '2026-01-01T00:00:00.000Z',
  sourceId: 's',
  depth: 1,
};
const visit: JobOf<'visit'> = { v: 1, hostId: parseJob.hostId, host: 'a.test', turn: 2 };

/** Runs one delivery of stage `parse` through the real queue and gives what is known afterwards. */
async function runOnce(
  handler: StageHandler<'parse'>,
  over: {
    payload?: unknown;
    limits?: { timeoutMs: number; hungAfterMs: number };
    queue?: (inner: JobQueue) => JobQueue;
    onQuarantined?: () => Promise<void>;
  } = {},
) {
  const lines: Record<string, unknown>[] = [];
  const inner = createMemoryJobQueue();
  const queue = over.queue?.(inner) ?? inner;
  const quarantine = createMemoryQuarantine();
  const settled = Promise.withResolvers<void>();
  const logger = pino(
    { base: null, timestamp: false },
    {
      write(text: string) {
        lines.push(JSON.parse(text));
        settled.resolve();
      },
    },
  );
  const consumer = runStage({
    stage: 'parse',
    handler,
    queue,
    quarantine,
    logger,
    concurrency: 1,
    random: () => 0,
    ...(over.limits ? { limits: over.limits } : {}),
    ...(over.onQuarantined ? { onQuarantined: over.onQuarantined } : {}),
  });
  await inner.add('parse', [{ id: 'j-1', payload: over.payload ?? parseJob }]);
  await settled.promise;
  await new Promise(setImmediate);
  await consumer.stop(1_000);
  const depth = async (name: string) => {
    const { waiting, delayed } = await inner.depth(name);
    return waiting + delayed;
  };
  return {
    line: lines[0],
    quarantine: await quarantine.list(),
    left: await depth('parse'),
    visits: await depth('visit'),
  };
}

describe('runStage', () => {
  it('emits what the handler returns, completes, and writes one line', async () => {
    const { line, left, visits } = await runOnce(async (_job, context) => {
      context.note({ host: 'a.test' });
      return { verdict: 'done', emit: [{ to: 'visit', job: visit }] };
    });
    expect(line).toMatchObject({
      stage: 'parse',
      jobId: 'j-1',
      verdict: 'done',
      emitted: 1,
      host: 'a.test',
      attempt: 1,
    });
    expect([left, visits]).toEqual([0, 1]);
  });

  it('resumes a generator only after what it yielded was accepted', async () => {
    const order: string[] = [];
    const { line, visits } = await runOnce(
      async function* () {
        yield { to: 'visit', job: visit };
        order.push('resumed');
        return { verdict: 'skipped', reason: 'section_page' };
      },
      {
        queue: (inner) => ({
          ...inner,
          async add(name, jobs) {
            await inner.add(name, jobs);
            order.push(`accepted ${name}`);
          },
        }),
      },
    );
    expect(order).toEqual(['accepted visit', 'resumed']);
    expect(line).toMatchObject({ verdict: 'skipped', reason: 'section_page', emitted: 1 });
    expect(visits).toBe(1);
  });

  it('does not complete when an emission was not accepted, and lets a generator clean up', async () => {
    let cleaned = false;
    const { line, left } = await runOnce(
      async function* () {
        try {
          yield { to: 'visit', job: visit };
        } finally {
          cleaned = true;
        }
        return { verdict: 'done' };
      },
      {
        queue: (inner) => ({
          ...inner,
          add: async () => {
            throw new Error('Redis is away');
          },
        }),
      },
    );
    expect(line).toMatchObject({ verdict: 'retried' });
    expect(left).toBe(1);
    expect(cleaned).toBe(true);
  });

  it('quarantines a malformed payload at once, naming the field', async () => {
    const { line, quarantine, left } = await runOnce(async () => ({ verdict: 'done' }), {
      payload: { ...parseJob, generation: 0 },
    });
    expect(line).toMatchObject({ verdict: 'quarantined', reason: 'malformed_job' });
    expect(quarantine[0]).toMatchObject({ id: 'parse/j-1', reason: 'malformed_job', payload: { generation: 0 } });
    expect(quarantine[0]?.message).toContain('generation');
    expect(left).toBe(0);
  });

  it('tells a job of a version that it does not know from a broken one', async () => {
    const { quarantine } = await runOnce(async () => ({ verdict: 'done' }), {
      payload: { ...parseJob, v: 99, more: 'of it' },
    });
    expect(quarantine).toMatchObject([{ reason: 'unknown_version', message: expect.stringContaining('version 99') }]);
  });

  it('quarantines a permanent error at once and tells the ledger', async () => {
    let told = 0;
    const { line, quarantine } = await runOnce(
      async () => {
        throw new PermanentError('capture_missing', 'no such capture');
      },
      {
        async onQuarantined() {
          told += 1;
        },
      },
    );
    expect(line).toMatchObject({ verdict: 'quarantined', reason: 'capture_missing' });
    expect(quarantine).toHaveLength(1);
    expect(told).toBe(1);
  });

  it('keeps the job when the ledger could not be told', async () => {
    const { line, left } = await runOnce(
      async () => {
        throw new PermanentError('capture_missing', 'no such capture');
      },
      {
        async onQuarantined() {
          throw new Error('Redis is away');
        },
      },
    );
    expect(line).toMatchObject({ verdict: 'retried' });
    expect(left).toBe(1);
  });

  it('postpones without an attempt', async () => {
    const { line, left } = await runOnce(async () => {
      throw new RetryLaterError(60_000, 'busy');
    });
    expect(line).toMatchObject({ verdict: 'postponed' });
    expect(left).toBe(1);
  });

  it('retries an unknown error, and quarantines it at the last attempt', async () => {
    const failing: StageHandler<'parse'> = async () => {
      throw new Error('odd');
    };
    expect((await runOnce(failing)).line).toMatchObject({ verdict: 'retried' });
    const last = await runOnce(failing, { queue: (inner) => withDelivery(inner, { attempt: 5 }) });
    expect(last.line).toMatchObject({ verdict: 'quarantined', reason: 'attempts_exhausted' });
  });

  it.each([
    ['a promise', (): Promise<never> => new Promise(() => undefined)],
    [
      'a generator',
      async function* (): AsyncGenerator<never, never> {
        yield await new Promise<never>(() => undefined);
        throw new Error('unreachable');
      },
    ],
  ])('goes on without a handler that never ends: %s', async (_, handler) => {
    const { line, left } = await runOnce(handler, { limits: { timeoutMs: 5, hungAfterMs: 5 } });
    expect(line).toMatchObject({ verdict: 'retried', err: { message: expect.stringContaining('does not end') } });
    expect(left).toBe(1);
  });

  it('runs jobs that were there when workers died one at a time, and others beside them', async () => {
    const inner = createMemoryJobQueue();
    // By its id: `2-…` was held by two workers that died.
    const queue: JobQueue = {
      ...inner,
      consume: (name, options, handler) =>
        inner.consume(name, options, (delivery) => handler({ ...delivery, crashes: Number(delivery.id[0]) })),
    };
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const running: number[] = [];
    const lines: { jobId: string; verdict: string; reason?: string }[] = [];
    const all = Promise.withResolvers<void>();
    const consumer = runStage({
      stage: 'parse',
      async handler({ depth }) {
        running.push(depth);
        await gate;
        return { verdict: 'done' };
      },
      queue,
      quarantine: createMemoryQuarantine(),
      logger: pino(
        { base: null },
        {
          write(text: string) {
            lines.push(JSON.parse(text));
            if (lines.length === 1) open();
            if (lines.length === 3) all.resolve();
          },
        },
      ),
      concurrency: 3,
      random: () => 0,
    });
    const ids = ['2-a', '2-b', '1-c'];
    await inner.add(
      'parse',
      ids.map((id, depth) => ({ id, payload: { ...parseJob, depth } })),
    );
    await all.promise;
    await consumer.stop(1_000);
    await inner[Symbol.asyncDispose]();
    expect(lines.map(({ jobId, verdict, reason }) => [jobId, verdict, reason])).toEqual([
      ['2-b', 'postponed', 'suspect'],
      ['2-a', 'done', undefined],
      ['1-c', 'done', undefined],
    ]);
    expect(running).toEqual([0, 2]);
  });

  it('quarantines a job that killed its workers', async () => {
    const { line } = await runOnce(async () => ({ verdict: 'done' }), {
      queue: (inner) => withDelivery(inner, { crashes: 5 }),
    });
    expect(line).toMatchObject({ verdict: 'quarantined', reason: 'crashed_repeatedly' });
  });
});

/** The same queue, with deliveries that look as after a long history. */
function withDelivery(inner: JobQueue, over: Partial<Delivery>): JobQueue {
  return {
    ...inner,
    consume: (name, options, handler) => inner.consume(name, options, (delivery) => handler({ ...delivery, ...over })),
  };
}
