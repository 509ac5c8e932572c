import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReindexStep } from './progress.ts';

/** Runs a reindex that dies as the step begins. */
export async function killedAt(
  step: ReindexStep,
  { url, prefix, rewriting }: { readonly url: string; readonly prefix: string; readonly rewriting?: 'fill' | 'switch' },
): Promise<void> {
  const script = fileURLToPath(new URL('killed.fixture.ts', import.meta.url));
  const args = [script, url, prefix, step, ...(rewriting === undefined ? [] : [rewriting])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const [, signal] = await once(child, 'close');
  if (signal !== 'SIGKILL') throw new Error(`it was not killed at ${step}: ${complaint}`);
}
