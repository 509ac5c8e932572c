import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ServiceName } from '../../../services/cli/src/local.ts';
import type { CrashPoint } from './crash-point.ts';

/** A service as a process of its own. */
export interface ServiceProcess {
  readonly name: ServiceName;
  readonly pid: number;
  readonly healthUrl: string;
  /** Where the API listens; 0 of a worker. */
  readonly apiPort: number;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  signal(name: NodeJS.Signals): void;
  /** Its log so far, one object per line. */
  log(): Promise<Record<string, unknown>[]>;
}

const main = fileURLToPath(new URL('./service-main.ts', import.meta.url));

export interface ServiceProcessOptions {
  readonly name: ServiceName;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Where it is to kill itself. */
  readonly crashAt?: CrashPoint | undefined;
  /** For node itself. */
  readonly nodeArguments?: readonly string[] | undefined;
}

interface Ports {
  readonly healthPort: number;
  readonly apiPort?: number;
}

/** Starts a service and waits until it says that it is ready, or has ended. */
export async function startServiceProcess(options: ServiceProcessOptions): Promise<ServiceProcess> {
  const log = openSync(options.logFile, 'a');
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...(options.nodeArguments ?? []),
      main,
      options.name,
      ...(options.crashAt ? [JSON.stringify(options.crashAt)] : []),
    ],
    { env: { PATH: process.env.PATH, ...options.env }, stdio: ['ignore', log, log, 'ipc'], detached: true },
  );
  closeSync(log);
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals);
  const ready = new Promise<Ports>((resolve) => {
    child.on('message', (message: { type: string } & Ports) => {
      if (message.type === 'ready') resolve(message);
    });
  });
  const { healthPort, apiPort = 0 } = await Promise.race([ready, ended.then((): Ports => ({ healthPort: 0 }))]);
  // A crash that was ordered may come before it is ready; anything else is a fault of the test's world.
  if (healthPort === 0 && options.crashAt === undefined) {
    throw new Error(`${options.name} did not start: ${(await readFile(options.logFile, 'utf8')).slice(-1_000)}`);
  }
  return {
    name: options.name,
    pid: child.pid ?? 0,
    apiPort,
    healthUrl: `http://127.0.0.1:${healthPort}`,
    ended,
    signal: (name) => {
      if (child.exitCode === null && child.signalCode === null) process.kill(child.pid ?? 0, name);
    },
    log: async () => linesOf(await readFile(options.logFile, 'utf8')),
  };
}

function linesOf(text: string): Record<string, unknown>[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Record<string, unknown>];
    } catch {
      // Words of node itself, or the line that is being written.
      return [];
    }
  });
}
