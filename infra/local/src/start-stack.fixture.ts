/** Run by stack.int.test.ts: starts a stack, reports its processes and waits to be killed. */
import { ensureStack } from './index.ts';

const [dataDir = '', persistent] = process.argv.slice(2);
const stack = await ensureStack({ dataDir, persistent: persistent === 'true' });
process.send?.(stack.pids);
setInterval(() => undefined, 60_000);
