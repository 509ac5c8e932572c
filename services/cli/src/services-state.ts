import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isRunning, type ProcessName, signal, waitUntil } from '@newsmill/local';
import { servicesFile } from './config.ts';
import type { LocalService } from './local.ts';

/** The services that run in a data folder, as `<dataDir>/services.json` tells it. */
export interface ServicesState {
  /** Starts and restarts them; they end when it does. */
  readonly supervisor: ProcessName;
  readonly services: readonly LocalService[];
  readonly apiUrl: string;
  readonly startedAt: string;
}

const stopTimeoutMs = 20_000;

/** Undefined when none run. */
export async function readServices(dataDir: string): Promise<ServicesState | undefined> {
  const text = await readFile(servicesFile(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const state = JSON.parse(text) as ServicesState;
  return (await isRunning(state.supervisor)) ? state : undefined;
}

/** Renamed into place, so that nobody reads half of it. */
export async function writeServices(dataDir: string, state: ServicesState): Promise<void> {
  const file = servicesFile(dataDir);
  await writeFile(`${file}.new`, JSON.stringify(state, undefined, 2));
  await rename(`${file}.new`, file);
}

export async function removeServices(dataDir: string): Promise<void> {
  await rm(servicesFile(dataDir), { force: true });
}

/** Asks the supervisor to end its services and itself; kills what has not ended in time. */
export async function stopServices(dataDir: string, state: ServicesState): Promise<void> {
  const all = [state.supervisor, ...state.services.map((service) => service.process)];
  if (await isRunning(state.supervisor)) signal(state.supervisor.pid, 'SIGTERM');
  const anyRuns = async () => (await Promise.all(all.map(isRunning))).some(Boolean);
  if (!(await waitUntil(async () => !(await anyRuns()), stopTimeoutMs))) {
    for (const named of all) if (await isRunning(named)) signal(named.pid, 'SIGKILL');
  }
  await removeServices(dataDir);
}

/** `ready`, or what the service complains about. */
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
