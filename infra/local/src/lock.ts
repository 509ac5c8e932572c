import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, nameProcess, type ProcessName } from './processes.ts';
import { StackError, systemCodeOf } from './stack-error.ts';

export type LockOptions = {
  /** How long to wait for another holder, milliseconds; fetching on a slow line takes minutes. */
  timeoutMs?: number;
  /** Told once if somebody else holds the lock. */
  onWait?: (holder: number) => void;
};

let counter = 0;

/**
 * Runs `work` while holding the lock file `path`. The file names its holder, so a lock whose holder died is taken over.
 * Locks of one process do not exclude each other's files, only the same file.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  await acquire(path, options);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string, { timeoutMs = 600_000, onWait }: LockOptions): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const me = await nameProcess(process.pid);
  // Written aside and linked into place: the lock never exists without its holder's name in it.
  const own = `${path}.${process.pid}-${counter++}`;
  await writeFile(own, JSON.stringify(me));
  const deadline = performance.now() + timeoutMs;
  let told = false;
  try {
    for (;;) {
      try {
        await link(own, path);
        return;
      } catch (error) {
        if (systemCodeOf(error) !== 'EEXIST') throw error;
      }
      const holder = await readHolder(path);
      if (holder === undefined) continue;
      if (!(await isRunning(holder))) {
        await takeAway(path, holder);
        continue;
      }
      if (!told) onWait?.(holder.pid);
      told = true;
      if (performance.now() > deadline) {
        throw new StackError(
          `Process ${holder.pid} has held ${path} for ${Math.round(timeoutMs / 1000)} s.`,
          `wait for it, or stop it (kill ${holder.pid}) and try again`,
        );
      }
      await sleep(100);
    }
  } finally {
    await rm(own, { force: true });
  }
}

async function readHolder(path: string): Promise<ProcessName | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProcessName;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return { pid: 0, startedAt: '' };
    throw error;
  }
}

/**
 * Removes a dead holder's lock. Two waiters may see the same dead holder, and the slower one must not remove the lock that
 * the quicker one has taken since: so the file is moved aside first, and put back if it turns out to be another's.
 */
async function takeAway(path: string, dead: ProcessName): Promise<void> {
  const aside = `${path}.stale-${process.pid}-${counter++}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readHolder(aside);
  if (moved !== undefined && (moved.pid !== dead.pid || moved.startedAt !== dead.startedAt)) {
    await link(aside, path).catch(() => undefined);
  }
  await rm(aside, { force: true });
}
