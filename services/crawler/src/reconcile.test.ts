import { createMemoryFrontier } from '@newsmill/frontier';
import { createMemoryJobQueue } from '@newsmill/queue';
import { createLogger } from '@newsmill/service-kit';
import { expect, it } from 'vitest';
import { startReconciler } from './reconcile.ts';

const t0 = Date.parse('2026-01-01T00:00:00Z');
const lockMs = 5;
const later = t0 + 1_000_000;
const idOf = (n: number) => `http://a.test/${n}`;

/** A ledger with `count` pages that have been waiting for the parser for long, and what the reconciler puts back of them. */
async function putBack(count: number, waiting: (jobIds: readonly string[]) => Record<string, readonly string[]>) {
  const frontier = createMemoryFrontier();
  const found = Array.from({ length: count }, (_, n) => ({ url: idOf(n), kind: 'article', sourceId: 's' }) as const);
  await frontier.admit(
    found.map((one) => ({ ...one, depth: 1, standing: true })),
    t0,
  );
  const turn = (await frontier.reconcile(later, 1_000)).turns[0]?.job;
  if (turn === undefined) throw new Error('no turn');
  await frontier.beginTurn(turn, 'w', later, 1);
  for (let n = 0; n < count; n += 1) {
    const take = await frontier.take(turn.hostId, 'w', later, 1, 1e9);
    if (take.status !== 'url') throw new Error(take.status);
    await frontier.record(turn.hostId, take.taken.urlId, { type: 'captured', captureRef: `x#${n}+1` }, t0 + n);
  }
  const ids = (await frontier.reconcile(later, 1_000)).parses.map((job) => `${job.urlId}-${job.generation}`);
  await using queue = createMemoryJobQueue();
  const round = Promise.withResolvers<void>();
  await using _reconciler = startReconciler({
    frontier,
    redis: { set: async () => 'OK' } as never,
    queue,
    inventory: {
      async ids(name) {
        if (name === 'index') setImmediate(round.resolve);
        return new Set(waiting(ids)[name]);
      },
    },
    lockKey: 'k',
    workerLockMs: lockMs,
    logger: createLogger('test', 'silent'),
    clock: () => later,
  });
  await round.promise;
  await new Promise(setImmediate);
  return { depth: (await queue.depth('parse')).waiting };
}

it('puts back the pages whose jobs are nowhere', async () => {
  expect((await putBack(3, () => ({}))).depth).toBe(3);
});

it('leaves those alone that wait for the parser, or for an Elasticsearch that is away', async () => {
  const { depth } = await putBack(3, ([a = '', b = '']) => ({ parse: [a], index: [b] }));
  expect(depth).toBe(1);
});
