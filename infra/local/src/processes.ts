import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './run-command.ts';

/**
 * A process, named so that a number that was given to another process since is not mistaken for it: `startedAt` is
 * whatever the system says of its start (clock ticks on Linux, a date on macOS).
 */
export type ProcessName = { pid: number; startedAt: string };

/** Names a running process; undefined if there is none with this id. */
export async function nameProcess(pid: number): Promise<ProcessName | undefined> {
  if (process.platform === 'linux') {
    try {
      // Field 22 counted after the command, which stands in brackets and may hold anything; Z is a dead child not yet collected.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      return { pid, startedAt: fields[19] ?? '' };
    } catch {
      return undefined;
    }
  }
  const { code, stdout } = await runCommand('ps', ['-o', 'lstart=', '-p', String(pid)], { timeoutMs: 5_000 });
  return code === 0 && stdout.trim() !== '' ? { pid, startedAt: stdout.trim() } : undefined;
}

export async function isRunning(process_: ProcessName): Promise<boolean> {
  return (await nameProcess(process_.pid))?.startedAt === process_.startedAt;
}

/** Sends a signal to a process or, with a negative id, to a group; false if there is nobody any more. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Waits until `condition` holds; false if it does not within `timeoutMs`. */
export async function waitUntil(condition: () => Promise<boolean> | boolean, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}
