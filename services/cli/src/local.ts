import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UsageError } from '@newsmill/contracts';
import { nameProcess, type ProcessName, waitUntil } from '@newsmill/local';
import { serviceEnvironment } from './config.ts';

/** The services of one machine. */
export const serviceNames = ['api', 'indexer', 'parser', 'crawler'] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface LocalService {
  readonly name: ServiceName;
  readonly process: ProcessName;
  readonly healthUrl: string;
}

export interface StartOptions {
  readonly redisUrl: string;
  readonly elasticsearchUrl: string;
  readonly redisPrefix: string;
  readonly elasticsearchPrefix?: string | undefined;
  readonly archiveDir: string;
  /** Logs go to `<dataDir>/logs/<service>.log`. */
  readonly dataDir: string;
  /** 0 takes a free one. */
  readonly apiPort: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A service as a process of its own, which ends when this process does, however that happens. */
export interface Launched {
  readonly child: ChildProcess;
  /** @throws UsageError naming the service that did not start and the end of its log */
  ready(): Promise<LocalService>;
}

const readyTimeoutMs = 60_000;

const mainOf = (name: ServiceName): string => fileURLToPath(new URL(`../../${name}/src/main.ts`, import.meta.url));

/** A port that was free a moment ago; the service itself says so when somebody took it since. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return response?.ok === true;
}

export async function launch(name: ServiceName, options: StartOptions): Promise<Launched> {
  const healthPort = await freePort();
  const healthUrl = `http://127.0.0.1:${healthPort}`;
  const logFile = join(options.dataDir, 'logs', `${name}.log`);
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [mainOf(name)], {
    env: serviceEnvironment({
      REDIS_URL: options.redisUrl,
      REDIS_PREFIX: options.redisPrefix,
      ELASTICSEARCH_URL: options.elasticsearchUrl,
      ELASTICSEARCH_PREFIX: options.elasticsearchPrefix,
      ARCHIVE_DIR: options.archiveDir,
      API_PORT: String(options.apiPort),
      API_HOST: '127.0.0.1',
      HEALTH_HOST: '127.0.0.1',
      HEALTH_PORT: String(healthPort),
      ...options.environment,
    }),
    // By the channel the service notices that we have gone. A group of its own: Ctrl-C is for us, who then stop it in order.
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
  });
  closeSync(log);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    async ready() {
      const ready = await waitUntil(async () => hasEnded() || (await answers(`${healthUrl}/readyz`)), readyTimeoutMs);
      const named = child.pid === undefined ? undefined : await nameProcess(child.pid);
      if (ready && !hasEnded() && named !== undefined) return { name, process: named, healthUrl };
      child.kill('SIGTERM');
      throw new UsageError(`The ${name} did not start:\n${await lastLines(logFile)}`);
    },
  };
}

/** Starts one process of a service and waits until it can work. */
export async function startService(name: ServiceName, options: StartOptions): Promise<LocalService> {
  const launched = await launch(name, options);
  return launched.ready();
}

/** The end of a log, for error messages: of our services' JSON lines what they say, of others the line. */
export async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '(no log)');
  return text.trimEnd().split('\n').slice(-3).map(readable).join('\n');
}

function readable(line: string): string {
  try {
    const { level, msg, err } = JSON.parse(line) as { level?: string; msg?: string; err?: { message?: string } };
    return `  ${level}: ${msg}${err?.message ? `: ${err.message.slice(0, 500)}` : ''}`;
  } catch {
    return `  ${line.slice(0, 500)}`;
  }
}

/** Calls `look` every `everyMs` until it says true or the signal fires. */
export async function poll(everyMs: number, signal: AbortSignal, look: () => Promise<boolean>): Promise<boolean> {
  while (!signal.aborted) {
    if (await look()) return true;
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
