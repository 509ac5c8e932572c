import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UsageError } from '@newsmill/contracts';
import { isRunning, nameProcess, type ProcessName, signal, waitUntil } from '@newsmill/local';
import { serviceEnvironment, servicesFile } from './config.ts';

/** The services of one machine. */
export const serviceNames = ['api', 'indexer', 'parser', 'crawler'] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface LocalService {
  readonly name: ServiceName;
  readonly process: ProcessName;
  readonly healthUrl: string;
}

export interface LocalServices {
  readonly services: readonly LocalService[];
  readonly apiUrl: string;
  readonly startedAt: string;
}

export interface StartOptions {
  readonly redisUrl: string;
  readonly elasticsearchUrl: string;
  readonly redisPrefix: string;
  readonly elasticsearchPrefix?: string | undefined;
  readonly archiveDir: string;
  /** Logs go to `<dataDir>/logs/<service>.log`, pids to `<dataDir>/services.json`. */
  readonly dataDir: string;
  readonly apiPort: number;
  /** Services that end with this process (`demo`), or that outlive it (`up`). */
  readonly attached: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

const readyTimeoutMs = 60_000;
const stopTimeoutMs = 15_000;

const mainOf = (name: ServiceName): string => fileURLToPath(new URL(`../../${name}/src/main.ts`, import.meta.url));

/** A port that was free a moment ago; the service itself says so when somebody took it since. */
async function freePort(): Promise<number> {
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

/** The services that a former `startServices` left running in the data folder. */
export async function readServices(dataDir: string): Promise<LocalServices | undefined> {
  const text = await readFile(servicesFile(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const state = JSON.parse(text) as LocalServices;
  const alive = await Promise.all(state.services.map((service) => isRunning(service.process)));
  return alive.some(Boolean) ? state : undefined;
}

/** One service as a process of its own; `ready` waits until it can work. */
interface Starting {
  readonly child: ChildProcess;
  ready(): Promise<LocalService>;
}

async function launch(name: ServiceName, options: StartOptions): Promise<Starting> {
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
    detached: !options.attached,
    // With the channel, the service notices that we have gone, however that happens.
    stdio: options.attached ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
  });
  closeSync(log);
  return {
    child,
    async ready() {
      const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
      const ready = await waitUntil(async () => hasEnded() || (await answers(`${healthUrl}/readyz`)), readyTimeoutMs);
      const named = child.pid === undefined ? undefined : await nameProcess(child.pid);
      if (ready && !hasEnded() && named !== undefined) return { name, process: named, healthUrl };
      child.kill('SIGTERM');
      throw new UsageError(`The ${name} did not start:\n${await lastLog(logFile)}`);
    },
  };
}

/** Starts one more process of a service, e.g. a second parser. */
export async function startService(name: ServiceName, options: StartOptions): Promise<LocalService> {
  const starting = await launch(name, options);
  const service = await starting.ready();
  if (!options.attached) starting.child.unref();
  return service;
}

/**
 * Starts api, indexer, parser and crawler as processes of their own and waits until each is ready.
 * @throws UsageError naming the service that did not start and the end of its log
 */
export async function startServices(options: StartOptions): Promise<LocalServices> {
  const apiPort = options.apiPort === 0 ? await freePort() : options.apiPort;
  const starting = await Promise.all(serviceNames.map((name) => launch(name, { ...options, apiPort })));
  let services: LocalService[];
  try {
    services = await Promise.all(starting.map((one) => one.ready()));
  } catch (error) {
    for (const { child } of starting) child.kill('SIGTERM');
    throw error;
  }
  if (!options.attached) for (const { child } of starting) child.unref();
  const state = { services, apiUrl: `http://127.0.0.1:${apiPort}`, startedAt: new Date().toISOString() };
  // Renamed into place, so that nobody reads half of it.
  const file = servicesFile(options.dataDir);
  await writeFile(`${file}.new`, JSON.stringify(state, undefined, 2));
  await rename(`${file}.new`, file);
  return state;
}

/** Asks every service to end, crawler first, so that what is in flight can arrive; kills what has not ended in time. */
export async function stopServices(dataDir: string, state: LocalServices): Promise<void> {
  for (const name of [...serviceNames].reverse()) {
    const service = state.services.find((one) => one.name === name);
    if (service !== undefined && (await isRunning(service.process))) signal(service.process.pid, 'SIGTERM');
  }
  await Promise.all(
    state.services.map(async (service) => {
      const ended = await waitUntil(async () => !(await isRunning(service.process)), stopTimeoutMs);
      if (!ended && (await isRunning(service.process))) signal(service.process.pid, 'SIGKILL');
    }),
  );
  await rm(servicesFile(dataDir), { force: true });
}

/** Whether each service says that it can work; its complaint if not. */
export async function serviceHealth(service: LocalService): Promise<string> {
  if (!(await isRunning(service.process))) return 'not running';
  const response = await fetch(`${service.healthUrl}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(
    () => undefined,
  );
  if (response === undefined) return 'does not answer';
  if (response.ok) return 'ready';
  const { problems } = (await response.json()) as { problems?: Record<string, string> };
  return Object.entries(problems ?? {})
    .map(([part, problem]) => `${part}: ${problem}`)
    .join('; ');
}

async function lastLog(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '(no log)');
  return text.trimEnd().split('\n').slice(-5).join('\n');
}

/** Calls `look` every `everyMs` until it says true or the signal fires. */
export async function poll(everyMs: number, signal_: AbortSignal, look: () => Promise<boolean>): Promise<boolean> {
  while (!signal_.aborted) {
    if (await look()) return true;
    await sleep(everyMs, undefined, { signal: signal_ }).catch(() => undefined);
  }
  return false;
}
