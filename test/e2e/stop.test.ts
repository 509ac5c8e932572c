import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, inject, it } from 'vitest';

/** One real parser process, and what it says on its way out. */
const children: ChildProcess[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function startParser(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'newsmill-stop-'));
  folders.push(folder);
  const main = fileURLToPath(new URL('../../services/parser/src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, REDIS_URL: inject('redisUrl'), REDIS_PREFIX: 'stop-test', ARCHIVE_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const lines: { msg?: string; healthPort?: number }[] = [];
  const ready = Promise.withResolvers<number>();
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const entry = JSON.parse(line) as { msg?: string; healthPort?: number };
    lines.push(entry);
    if (entry.msg === 'ready') ready.resolve(entry.healthPort ?? 0);
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, lines, ready: ready.promise, exited, stderr: () => stderr };
}

it('stops on SIGTERM within its deadline, with exit code 0', async () => {
  const { child, ready, exited, lines } = await startParser();
  const port = await ready;
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
  expect(lines.map((line) => line.msg).slice(-2)).toEqual(['stopping', 'stopped']);
});

it('ends at once on a second signal', async () => {
  const { child, ready, exited } = await startParser({ STOP_DEADLINE_MS: '60000' });
  await ready;
  child.kill('SIGSTOP');
  child.kill('SIGTERM');
  child.kill('SIGINT');
  child.kill('SIGCONT');
  expect([0, 1]).toContain(await exited);
});

it('refuses bad settings, naming them, with exit code 2', async () => {
  const { exited, stderr } = await startParser({ PARSER_CONCURRENCY: 'many', REDIS_PREFIX: 'a b' });
  expect(await exited).toBe(2);
  expect(stderr()).toContain('PARSER_CONCURRENCY is "many"');
  expect(stderr()).toContain('REDIS_PREFIX is "a b": use 1 to 40 letters');
});

it('says that Redis does not answer, instead of waiting for ever', async () => {
  const { exited, lines } = await startParser({ REDIS_URL: 'redis://127.0.0.1:1' });
  expect(await exited).toBe(1);
  expect(lines.at(-1)?.msg).toBe('could not start');
});
