import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nameProcess, signal, waitUntil } from './processes.ts';
import type { ServerPlan } from './server-plan.ts';
import { readState, stackIdOf } from './stack-state.ts';
import { Supervisor } from './supervisor.ts';

const QUICK = { settledMs: 0, restartDelayMs: 1, stopDeadlineMs: 300 };

let dataDir = '';
let supervisor: Supervisor | undefined;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'newsmill-supervisor-'));
});
afterEach(async () => {
  await supervisor?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** A server that is a shell script. */
async function plan(script: string): Promise<ServerPlan> {
  const command = join(dataDir, 'server.sh');
  await writeFile(command, `#!/bin/sh\n${script}\n`);
  await chmod(command, 0o755);
  const logFile = join(dataDir, 'redis.out');
  return {
    name: 'redis',
    how: 'a script',
    url: 'redis://127.0.0.1:1',
    command,
    args: [],
    env: {},
    cwd: dataDir,
    logFile,
  };
}

async function start(script: string, timing = QUICK): Promise<number> {
  supervisor = new Supervisor({ dataDir, persistent: true, plans: [await plan(script)] }, timing);
  const state = await supervisor.start();
  return state.servers[0]?.process.pid ?? 0;
}

const said = (text: string) =>
  waitUntil(async () => (await readFile(join(dataDir, 'redis.out'), 'utf8')).includes(text), 5_000);

test('a server that died is started again and the state names the new process', async () => {
  const first = await start('exec /bin/sleep 60');
  expect((await readState(dataDir))?.servers[0]?.process).toEqual(await nameProcess(first));
  signal(first, 'SIGKILL');
  const pidNow = async () => (await readState(dataDir))?.servers[0]?.process.pid ?? first;
  expect(await waitUntil(async () => (await pidNow()) !== first, 5_000)).toBe(true);
  const second = await pidNow();
  expect(await nameProcess(second)).toBeDefined();
  await supervisor?.stop();
  expect(await nameProcess(second)).toBeUndefined();
  expect(await readState(dataDir)).toBeUndefined();
});

test('a server that dies at once is not started again and again', async () => {
  await start('echo last words; exit 3', { ...QUICK, settledMs: 60_000 });
  expect(await supervisor?.failed).toBe('redis ended with code 3');
});

test('a program that is not there fails by name', async () => {
  const missing = { ...(await plan('')), command: join(dataDir, 'missing') };
  supervisor = new Supervisor({ dataDir, persistent: true, plans: [missing] }, { ...QUICK, settledMs: 60_000 });
  await supervisor.start();
  expect(await supervisor.failed).toMatch(/^redis cannot be started: .*ENOENT/);
});

test('a server that ignores SIGTERM is killed after the deadline, with its children', async () => {
  const pid = await start('trap "" TERM; /bin/sleep 60 & echo child $!; wait; wait');
  await said('child');
  const child = Number(/child (\d+)/.exec(await readFile(join(dataDir, 'redis.out'), 'utf8'))?.[1]);
  expect(await nameProcess(child)).toBeDefined();
  await supervisor?.stop();
  expect(await nameProcess(pid)).toBeUndefined();
  expect(await waitUntil(async () => (await nameProcess(child)) === undefined, 2_000)).toBe(true);
});

test('a data folder always has the same id, another folder another one', () => {
  expect(stackIdOf('/a/b')).toBe(stackIdOf('/a/../a/b/'));
  expect(stackIdOf('/a/b')).not.toBe(stackIdOf('/a/c'));
});
