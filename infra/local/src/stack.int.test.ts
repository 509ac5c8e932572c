import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { nameProcess, signal, waitUntil } from './processes.ts';
import { ensureStack, stackStatus, startStack, stopStack } from './stack.ts';

/** Starting Elasticsearch takes seconds, and twice where a test starts it twice. */
const SLOW_MS = 240_000;

let dataDir = '';
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'newsmill-stack-'));
  await chmod(dataDir, 0o755);
});
afterAll(async () => {
  await stopStack(dataDir);
  await rm(dataDir, { recursive: true, force: true });
});

/** A process that starts a stack, says what it got, and waits to be killed. */
async function startElsewhere(persistent: boolean): Promise<{ starter: ChildProcess; pids: number[] }> {
  const starter = fork(new URL('./start-stack.fixture.ts', import.meta.url), [dataDir, String(persistent)], {
    execArgv: [],
  });
  const [pids] = (await once(starter, 'message')) as [number[]];
  return { starter, pids };
}

async function someRun(pids: number[]): Promise<boolean> {
  return (await Promise.all(pids.map(nameProcess))).some((found) => found !== undefined);
}

test(
  'a detached stack outlives its starter, is found by the next one, keeps its data and is stopped by anyone',
  async () => {
    const { starter, pids } = await startElsewhere(true);
    starter.kill('SIGKILL');
    await once(starter, 'exit');

    const first = await ensureStack({ dataDir });
    expect(first.started).toBe(false);
    expect(first.pids).toEqual(pids);
    await expect(startStack({ dataDir })).rejects.toThrow(/running .* already/);
    const redis = new Redis(first.redisUrl);
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(await redis.config('GET', 'appendfsync')).toEqual(['appendfsync', 'always']);
    await redis.set('kept', 'yes');
    redis.disconnect();
    await first.stop();
    expect(await stackStatus(dataDir)).toMatchObject({
      running: true,
      persistent: true,
      servers: [{ ready: true }, { ready: true }],
    });

    expect(await stopStack(dataDir)).toBe(true);
    expect(await someRun(pids)).toBe(false);
    expect(await stackStatus(dataDir)).toEqual({ running: false, reason: 'not started' });
    expect(await stopStack(dataDir)).toBe(false);

    const [one, other] = await Promise.all([ensureStack({ dataDir }), ensureStack({ dataDir })]);
    expect(one.redisUrl).toBe(other.redisUrl);
    expect([one.started, other.started].sort()).toEqual([false, true]);
    const again = new Redis(one.redisUrl);
    expect(await again.get('kept')).toBe('yes');
    again.disconnect();
    await Promise.all([one.stop(), other.stop()]);
    expect(await someRun(one.pids)).toBe(false);
  },
  SLOW_MS,
);

test(
  'when the starter is killed, nothing of its stack is left',
  async () => {
    const { starter, pids } = await startElsewhere(false);
    expect(await someRun(pids)).toBe(true);
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    expect(await waitUntil(async () => !(await someRun(pids)), 30_000)).toBe(true);
    await expect(stat(join(dataDir, 'stack.json'))).rejects.toThrow(/ENOENT/);
  },
  SLOW_MS,
);

test(
  'servers whose supervisor was killed are ended before a new stack starts',
  async () => {
    const old = await ensureStack({ dataDir });
    const [supervisor = 0] = old.pids;
    signal(supervisor, 'SIGKILL');
    await waitUntil(async () => (await nameProcess(supervisor)) === undefined, 5_000);
    expect(await stackStatus(dataDir)).toMatchObject({ running: true });
    await using fresh = await ensureStack({ dataDir });
    expect(fresh.started).toBe(true);
    expect(await someRun(old.pids)).toBe(false);
  },
  SLOW_MS,
);

test('configured servers are used as they are, and named when they do not answer', async () => {
  const redisUrl = inject('redisUrl');
  const elasticsearchUrl = inject('elasticsearchUrl');
  const stack = await startStack({ dataDir, redisUrl, elasticsearchUrl });
  expect(stack).toMatchObject({ redisUrl, elasticsearchUrl, pids: [], started: false });
  await expect(startStack({ dataDir, redisUrl: 'redis://127.0.0.1:1', elasticsearchUrl })).rejects.toThrow(
    /Redis at 127\.0\.0\.1:1 does not answer[\s\S]*unset REDIS_URL/,
  );
  await expect(startStack({ dataDir, redisUrl, elasticsearchUrl: 'http://127.0.0.1:1' })).rejects.toThrow(
    /ELASTICSEARCH_URL/,
  );
});

test('a port in use is refused by name', async () => {
  const redisPort = Number(new URL(inject('redisUrl')).port);
  await expect(startStack({ dataDir, redisPort })).rejects.toThrow(/Port \d+ .* Redis.*EADDRINUSE[\s\S]*--redis-port/);
});
