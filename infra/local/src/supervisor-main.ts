/** The process that owns the servers; started by stack.ts with an open channel, never by hand. */
import { reasonOf } from './stack-error.ts';
import { Supervisor, type SupervisorNotice, type SupervisorOrder } from './supervisor.ts';

function tell(notice: SupervisorNotice): void {
  // The other side may be gone; then there is nobody to tell.
  if (process.connected) process.send?.(notice, () => undefined);
}

async function run(order: SupervisorOrder): Promise<void> {
  const supervisor = new Supervisor(order);
  const end = async (code: number): Promise<never> => {
    await supervisor.stop();
    process.exit(code);
  };
  process.on('SIGTERM', () => void end(0));
  process.on('SIGINT', () => void end(0));
  // A terminal that closes takes a stack only if it belongs to a process in it, which is seen by its channel.
  process.on('SIGHUP', () => undefined);
  if (!order.persistent) process.on('disconnect', () => void end(0));
  try {
    tell({ kind: 'started', state: await supervisor.start() });
    const reason = await supervisor.failed;
    tell({ kind: 'failed', reason });
  } catch (error) {
    tell({ kind: 'failed', reason: reasonOf(error) });
  }
  await end(1);
}

process.once('message', (order: SupervisorOrder) => {
  void run(order);
});
// Nobody lived long enough to send the order.
process.once('disconnect', () => {
  if (process.listenerCount('message') > 0) process.exit(1);
});
