import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second; the same on every Linux. */
const ticks = 100;

function statOf(pid: number): { parent: number; own: number; reaped: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (n: number) => fields[n] ?? 0;
    return { parent: at(1), own: (at(11) + at(12)) / ticks, reaped: (at(13) + at(14)) / ticks };
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

/** CPU seconds of processes and all that descend from them, those that have ended included if their parent lives. Linux. */
export function cpuSeconds(pids: readonly number[]): number {
  const all = new Map<number, NonNullable<ReturnType<typeof statOf>>>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat !== undefined) all.set(Number(name), stat);
  }
  const isOurs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = all.get(at)?.parent)
      if (pids.includes(at)) return true;
    return false;
  };
  let sum = 0;
  for (const [pid, { own, reaped }] of all) if (isOurs(pid)) sum += own + reaped;
  return sum;
}

/** CPU seconds of children of this process that have ended. */
export const reapedSeconds = (): number => statOf(process.pid)?.reaped ?? 0;

/** CPU seconds of a process without those that descend from it. */
export const ownSeconds = (pid: number): number => statOf(pid)?.own ?? 0;
