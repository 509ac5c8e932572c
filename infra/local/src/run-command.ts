import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';

export type CommandResult = { code: number; stdout: string; stderr: string };

export type CommandOptions = { timeoutMs?: number; env?: NodeJS.ProcessEnv; cwd?: string };

/**
 * Runs a command to its end and returns what it said; a code other than 0 is a result, not an error.
 * A command that cannot be started or outlives `timeoutMs` (default 30 s) has code -1 and the reason in `stderr`.
 */
export function runCommand(command: string, args: string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { timeoutMs = 30_000, env, cwd } = options;
  return new Promise((resolve) => {
    execFile(
      command,
      args,
      {
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: 16 * 1024 * 1024,
        ...(env && { env }),
        ...(cwd && { cwd }),
      },
      (error, stdout, stderr) => {
        if (error === null) return resolve({ code: 0, stdout, stderr });
        if (typeof error.code === 'number') return resolve({ code: error.code, stdout, stderr });
        const reason = error.killed ? `${command} did not end within ${timeoutMs / 1000} s` : error.message;
        resolve({ code: -1, stdout, stderr: stderr === '' ? reason : `${stderr}\n${reason}` });
      },
    );
  });
}

/** The first executable called `name` in the folders of PATH. */
export async function findOnPath(name: string, path: string[]): Promise<string | undefined> {
  for (const folder of path) {
    const candidate = join(folder, name);
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** The last lines of a text, for error messages. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
