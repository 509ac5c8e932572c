import { join, resolve } from 'node:path';
import { describeStack, launch, READY_TIMEOUT_MS } from './launch.ts';
import { withLock } from './lock.ts';
import { isRunning, signal, waitUntil } from './processes.ts';
import { askServer } from './ready.ts';
import { runCommand } from './run-command.ts';
import { StackError } from './stack-error.ts';
import { readState, removeState, type ServerState, type StackState } from './stack-state.ts';
import type { Stack, StackOptions } from './stack-types.ts';
import { STOP_DEADLINE_MS } from './supervisor.ts';

export type StackStatus =
  | { running: false; reason: string }
  | { running: true; persistent: boolean; startedAt: string; pids: number[]; servers: ServerStatus[] };

export type ServerStatus = Pick<ServerState, 'name' | 'how' | 'url'> & { ready: boolean; detail: string };

/**
 * The stack of a data folder: the one that runs there already, or a new one. Two processes that ask at once get the same.
 * @throws StackError when a server cannot be had or does not start
 */
export async function ensureStack(options: StackOptions): Promise<Stack> {
  return withStackLock(options, async () => (await findStack(options)) ?? launch(options));
}

/** Like `ensureStack`, but refuses a data folder whose stack is running. */
export async function startStack(options: StackOptions): Promise<Stack> {
  return withStackLock(options, async () => {
    if ((await findStack(options)) !== undefined) {
      throw new StackError(
        `A stack is running in ${options.dataDir} already.`,
        'use it (ensureStack) or stop it first',
      );
    }
    return launch(options);
  });
}

/** Whether a stack runs in the data folder and its servers answer. */
export async function stackStatus(dataDir: string): Promise<StackStatus> {
  const state = await readState(dataDir);
  if (state === undefined) return { running: false, reason: 'not started' };
  if (!(await isAlive(state))) return { running: false, reason: 'its processes died without a word' };
  const servers = await Promise.all(
    state.servers.map(async (server) => {
      const { ready, detail } = await askServer(server);
      return { name: server.name, how: server.how, url: server.url, ready, detail };
    }),
  );
  const { persistent, startedAt } = state;
  return { running: true, persistent, startedAt, pids: pidsOf(state), servers };
}

/**
 * Ends the stack of a data folder, whoever started it, and waits for it.
 * @returns false if none was running
 */
export async function stopStack(dataDir: string): Promise<boolean> {
  const state = await readState(dataDir);
  if (state === undefined) return false;
  const wasAlive = await isAlive(state);
  if (await isRunning(state.supervisor)) {
    signal(state.supervisor.pid, 'SIGTERM');
    await waitUntil(async () => !(await isRunning(state.supervisor)), STOP_DEADLINE_MS + 10_000);
    if (await isRunning(state.supervisor)) signal(state.supervisor.pid, 'SIGKILL');
  }
  await endLeftovers(state);
  await removeState(dataDir);
  return wasAlive;
}

function withStackLock<T>({ dataDir, onProgress }: StackOptions, work: () => Promise<T>): Promise<T> {
  const onWait = (holder: number) =>
    onProgress?.(`process ${holder} is starting the stack in ${dataDir}, waiting for it`);
  return withLock(join(resolve(dataDir), 'stack.lock'), work, { onWait });
}

/** The stack that runs in the data folder, ready; what is left of a dead one is cleared away. */
async function findStack(options: StackOptions): Promise<Stack | undefined> {
  const { dataDir } = options;
  const state = await readState(dataDir);
  if (state === undefined) return undefined;
  if (await isRunning(state.supervisor)) {
    requireServers(state, options);
    // Whoever started it may have died before it was ready.
    const ready = await waitUntil(async () => {
      const answers = await Promise.all(state.servers.map(askServer));
      return answers.every((answer) => answer.ready) || !(await isRunning(state.supervisor));
    }, READY_TIMEOUT_MS);
    if (ready && (await isRunning(state.supervisor))) {
      return describeStack(state, options, false, async () => undefined);
    }
  }
  await stopStack(dataDir);
  return undefined;
}

/** A stack that was started beside a configured server lacks that one, and cannot serve without the configuration. */
function requireServers(state: StackState, { dataDir, redisUrl, elasticsearchUrl }: StackOptions): void {
  const has = (name: string) => state.servers.some((server) => server.name === name);
  const missing = [
    ...(redisUrl === undefined && !has('redis') ? ['REDIS_URL'] : []),
    ...(elasticsearchUrl === undefined && !has('elasticsearch') ? ['ELASTICSEARCH_URL'] : []),
  ];
  if (missing.length === 0) return;
  throw new StackError(
    `The stack that runs in ${dataDir} was started with ${missing.join(' and ')} set, which is not set now.`,
    `set ${missing.join(' and ')} again, or stop that stack first (newsmill down)`,
  );
}

/** Whether anything of the stack still runs. */
async function isAlive(state: StackState): Promise<boolean> {
  const processes = [state.supervisor, ...state.servers.map((server) => server.process)];
  return (await Promise.all(processes.map(isRunning))).some((running) => running);
}

/** Ends servers whose supervisor was killed. Their groups, because Elasticsearch's launcher has a child. */
async function endLeftovers(state: StackState): Promise<void> {
  for (const { process: leader, containerName } of state.servers) {
    if (await isRunning(leader)) {
      signal(leader.pid, 'SIGTERM');
      await waitUntil(async () => !(await isRunning(leader)), STOP_DEADLINE_MS);
      signal(-leader.pid, 'SIGKILL');
    }
    if (containerName !== undefined) await runCommand('docker', ['rm', '--force', containerName]);
  }
}

function pidsOf(state: StackState): number[] {
  return [state.supervisor.pid, ...state.servers.map((server) => server.process.pid)];
}
