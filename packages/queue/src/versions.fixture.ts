import { registerHooks } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';

// A process whose BullMQ is the former or the present one, behind the same adapter. It leaves jobs of every state behind
// and is killed, or takes all that it finds and prints each delivery.
const [version = '', task = '', redisUrl = '', prefix = ''] = process.argv.slice(2);
if (version === 'former') {
  registerHooks({
    resolve: (specifier, context, next) => next(specifier === 'bullmq' ? 'bullmq-former' : specifier, context),
  });
}
const { createBullJobQueue } = await import('./bullmq.ts');
const name = 'index';

if (task === 'leave') {
  const queue = createBullJobQueue({ redisUrl, prefix, stalledMs: 200 });
  let held = 0;
  const { promise: twoHeld, resolve } = Promise.withResolvers<void>();
  queue.consume(name, { concurrency: 2 }, async ({ id, attempt }) => {
    if (id === 'tried-1' && attempt === 1) return { type: 'retry', delayMs: 1, message: 'once' };
    held += 1;
    if (held === 2) resolve();
    return new Promise(() => undefined);
  });
  await queue.add(name, [
    { id: 'tried-1', payload: { v: 1, state: 'active, tried before' } },
    { id: 'active-1', payload: { v: 1, state: 'active' } },
  ]);
  await twoHeld;
  // Nobody has a hand free for these.
  await queue.add(name, [
    { id: 'waiting-1', payload: { v: 1, state: '等着' } },
    { id: 'waiting-2', payload: { v: 1, state: 'waiting' } },
    { id: 'delayed-1', payload: { v: 1, state: 'delayed' }, delayMs: 500 },
  ]);
  process.kill(process.pid, 'SIGKILL');
}

if (task === 'take') {
  await using queue = createBullJobQueue({ redisUrl, prefix, stalledMs: 200 });
  await queue.add(name, [{ id: 'waiting-1', payload: 'added again, while it waits' }]);
  const consumer = queue.consume(name, { concurrency: 3 }, async ({ id, payload, attempt, crashes }) => {
    process.stdout.write(`${JSON.stringify({ id, payload, attempt, crashed: crashes > 0 })}\n`);
    return { type: 'complete' };
  });
  for (let left = 1; left > 0; ) {
    await delay(20);
    const { waiting, delayed, active } = await queue.depth(name);
    left = waiting + delayed + active;
  }
  await consumer.stop(5_000);
}
