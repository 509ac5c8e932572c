import { fileURLToPath } from 'node:url';
import { pipeline } from '../../packages/contracts/src/index.ts';
import { createParsePool } from '../../packages/parse-pool/src/index.ts';
import { createMemoryJobQueue, createMemoryQuarantine } from '../../packages/queue/src/index.ts';
import { runStage, type StageHandler } from '../../packages/service-kit/src/index.ts';
import { createLogger } from '../../packages/service-kit/src/logger.ts';
import { casesOf, type HostileCase } from './case.ts';
import { articleHtml } from './fetching.ts';

const job = {
  v: 1,
  urlId: 'u'.repeat(22),
  hostId: 'h'.repeat(17),
  url: 'http://site.test/1',
  generation: 1,
  captureRef: 'x#0+1',
  fetchedAt: '2026-01-01T00:00:00.000Z',
  sourceId: 's',
  depth: 1,
};

/** One job of the stage `parse`, and what became of it. */
async function runs(
  payload: unknown,
  handler: StageHandler<'parse'>,
): Promise<{ verdict: string; kept: readonly string[]; message: number }> {
  await using queue = createMemoryJobQueue();
  const quarantine = createMemoryQuarantine();
  const settled = Promise.withResolvers<string>();
  const logger = createLogger('test', 'silent');
  const metrics = {
    observe: (_stage: string, verdict: string, reason: string | undefined) => settled.resolve(reason ?? verdict),
  };
  const limits = { timeoutMs: 20, hungAfterMs: 20 };
  runStage({ stage: 'parse', handler, queue, quarantine, logger, metrics, limits, concurrency: 1 });
  await queue.add(pipeline.parse.queue, [{ id: 'j-1', payload }]);
  const verdict = await settled.promise;
  const entries = await quarantine.list();
  return {
    verdict,
    kept: entries.map(({ reason }) => reason),
    message: Math.max(0, ...entries.map(({ message }) => message.length)),
  };
}
const fine: StageHandler<'parse'> = async () => ({ verdict: 'done' });

/** A page that ends its process, and one beside it. */
async function besideADeadlyPage(): Promise<unknown> {
  const program = fileURLToPath(new URL('../../packages/parse-pool/src/poisoned-process.fixture.ts', import.meta.url));
  await using pool = createParsePool({
    processes: 1,
    heapMb: 64,
    pageTimeoutMs: 5_000,
    pageBytesMax: 1_000_000,
    program,
  });
  const page = (path: string) => ({
    url: `http://site.test${path}`,
    capture: { headers: [], body: Buffer.from(articleHtml) },
    fetchedAt: '2026-02-03T04:05:06Z',
  });
  const [deadly, other] = await Promise.allSettled([pool.read(page('/exit')), pool.read(page('/story.html'))]);
  const reason = deadly.status === 'rejected' ? (deadly.reason as { reason?: string }).reason : 'survived';
  return [reason, other.status === 'fulfilled' && 'verdict' in other.value ? other.value.verdict.type : other.status];
}

export const queueing: readonly HostileCase[] = casesOf('queue', [
  [
    'h-257',
    'a job of a version that nobody knows',
    ['unknown_version', ['unknown_version']],
    async () => {
      const { verdict, kept } = await runs({ ...job, v: 99 }, fine);
      return [verdict, kept];
    },
  ],
  [
    'h-258',
    'a job that is nothing',
    ['malformed_job', ['malformed_job']],
    async () => {
      const { verdict, kept } = await runs(null, fine);
      return [verdict, kept];
    },
  ],
  ['h-263', 'a page that ends its process', ['parse_crashed', 'article'], besideADeadlyPage],
  [
    'h-264',
    'a handler that never ends',
    'retried',
    async () => (await runs(job, () => new Promise(() => undefined))).verdict,
  ],
]);
