import type { ToProcess } from './messages.ts';
import './process-main.ts';

/** A reading process on which certain addresses have the effect that a fault of the parser would have. */
process.prependListener('message', (heard: unknown) => {
  const message = heard as ToProcess;
  if (message.type !== 'page') return;
  switch (new URL(message.request.url).pathname) {
    case '/hang':
      for (;;);
    case '/memory': {
      const kept: unknown[] = [];
      for (;;) kept.push(new Array(100_000).fill(kept.length));
    }
    // One array that is larger than the heap: V8 aborts at once.
    case '/array':
      new Array(100_000_000).fill(1.5);
      break;
    case '/exit':
      process.exit(3);
      break;
    case '/signal':
      process.kill(process.pid, 'SIGSEGV');
      break;
    default:
  }
});
