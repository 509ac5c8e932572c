import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, nameProcess, type ProcessName } from './processes.ts';
import { StackError } from './stack-error.ts';

export type LockOptions = {
  /** How long to wait for another holder, milliseconds; fetching on a slow line takes minutes. */
  timeoutMs?: number;
  /** Told once if somebody else holds the lock. */
  onWait?: (holder: number) => void;
};

const POLL_MS = 50;
let counter = 0;

/**
 * Runs `work` while holding the lock `path`, a folder in which everyone who wants the lock announces itself by a file named
 * after its process. Who finds nobody else after announcing holds the lock: of two, the later one to announce sees the
 * earlier one, so never both hold it. Files of dead processes are removed, and since every file has one owner for ever,
 * removing one can never take the lock from somebody alive (as removing a single stale lock file can).
 */
export async function withLock<T>(path: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const own = await acquire(path, options);
  try {
    return await work();
  } finally {
    await rm(own, { force: true });
  }
}

/** @returns the file to remove when done */
async function acquire(path: string, { timeoutMs = 600_000, onWait }: LockOptions): Promise<string> {
  await mkdir(path, { recursive: true });
  const me = await nameProcess(process.pid);
  const name = nameOf(me ?? { pid: process.pid, startedAt: '' });
  const own = join(path, name);
  const deadline = performance.now() + timeoutMs;
  let announced = false;
  let told = false;
  try {
    for (;;) {
      if (!announced) await writeFile(own, '', { flag: 'wx' });
      announced = true;
      const others = (await livingIn(path)).filter((other) => other !== name);
      const [first] = others.sort();
      if (first === undefined) return own;
      // Of several who wait, the first in order stays announced and the others step back, so that somebody gets it.
      if (first < name) {
        await rm(own, { force: true });
        announced = false;
      }
      if (!told) onWait?.(processOf(first).pid);
      told = true;
      do {
        if (performance.now() > deadline) throw heldTooLong(path, processOf(first).pid, timeoutMs);
        await sleep(POLL_MS * (0.5 + Math.random()));
      } while (!announced && (await livingIn(path)).length > 0);
    }
  } catch (error) {
    await rm(own, { force: true });
    throw error;
  }
}

function heldTooLong(path: string, pid: number, timeoutMs: number): StackError {
  return new StackError(
    `Process ${pid} has held ${path} for ${Math.ceil(timeoutMs / 1000)} s.`,
    `wait for it, or stop it (kill ${pid}) and try again`,
  );
}

/** The files of those who hold the lock or want it and are alive; files of the dead are removed. */
async function livingIn(path: string): Promise<string[]> {
  const living: string[] = [];
  for (const name of await readdir(path)) {
    if (await isRunning(processOf(name))) living.push(name);
    else await rm(join(path, name), { force: true });
  }
  return living;
}

function nameOf({ pid, startedAt }: ProcessName): string {
  return `${pid}.${encodeURIComponent(startedAt)}.${counter++}`;
}

function processOf(name: string): ProcessName {
  const [pid = '', startedAt = ''] = name.split('.');
  return { pid: Number(pid), startedAt: decodeURIComponent(startedAt) };
}
