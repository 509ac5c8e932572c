import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ProcessName } from './processes.ts';
import { systemCodeOf } from './stack-error.ts';

/** What the supervisor writes into the data folder about the servers it runs, for whoever comes later. */
export type StackState = {
  v: 1;
  /** Whether the stack outlives the process that started it. */
  persistent: boolean;
  startedAt: string;
  supervisor: ProcessName;
  servers: ServerState[];
};

export type ServerState = {
  name: 'redis' | 'elasticsearch';
  how: string;
  url: string;
  process: ProcessName;
  clusterName?: string;
  containerName?: string;
};

function stateFileOf(dataDir: string): string {
  return join(dataDir, 'stack.json');
}

/** Tells data folders apart in names of clusters and containers: the same folder always has the same id. */
export function stackIdOf(dataDir: string): string {
  return createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 10);
}

/** The state of the data folder's stack; undefined if none was started or the file is of another version. */
export async function readState(dataDir: string): Promise<StackState | undefined> {
  try {
    const state = JSON.parse(await readFile(stateFileOf(dataDir), 'utf8')) as StackState;
    return state.v === 1 ? state : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the state in one step, so that a reader never sees half of it. */
export async function writeState(dataDir: string, state: StackState): Promise<void> {
  const file = stateFileOf(dataDir);
  await writeFile(`${file}.part`, `${JSON.stringify(state, null, 2)}\n`);
  await rename(`${file}.part`, file);
}

export async function removeState(dataDir: string): Promise<void> {
  await rm(stateFileOf(dataDir), { force: true });
}
