import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { nameProcess } from '@newsmill/local';
import { freePort, type LocalService, launch, type ServiceName, type StartOptions, serviceNames } from './local.ts';
import { removeServices, type ServicesState, writeServices } from './services-state.ts';

export interface SuperviseOptions extends StartOptions {
  /** Told of deaths and restarts, for people. */
  readonly onEvent: (message: string) => void;
}

export interface Supervised {
  readonly apiUrl: string;
  readonly services: readonly LocalService[];
  /** Ends all services: crawler first, so that what is in flight can arrive. */
  stop(): Promise<void>;
}

const restartDelayMs = 500;
const restartDelayMaxMs = 15_000;
/** A service that has lived this long has recovered: its next death is a new one. */
const settledMs = 60_000;
const killAfterMs = 12_000;

/**
 * Starts api, indexer, parser and crawler, waits until each is ready, and starts again whatever dies: a killed worker
 * costs what it had in flight, never the run. Keeps `services.json` true.
 * @throws UsageError when a service does not start in the first place
 */
export async function superviseServices(options: SuperviseOptions): Promise<Supervised> {
  const apiPort = options.apiPort === 0 ? await freePort() : options.apiPort;
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const startedAt = new Date().toISOString();
  const supervisor = await nameProcess(process.pid);
  if (supervisor === undefined) throw new Error('this process has no name');
  const children = new Map<ServiceName, ChildProcess>();
  const services = new Map<ServiceName, LocalService>();
  const stopping = new AbortController();

  const write = () => {
    const state: ServicesState = { supervisor, services: [...services.values()], apiUrl, startedAt };
    return writeServices(options.dataDir, state);
  };

  async function run(name: ServiceName): Promise<{ ended: Promise<string> }> {
    const launched = await launch(name, { ...options, apiPort });
    children.set(name, launched.child);
    const ended = new Promise<string>((resolve) => {
      launched.child.once('exit', (code, killedBy) => resolve(killedBy ?? `exit code ${code}`));
    });
    services.set(name, await launched.ready());
    return { ended };
  }

  async function keep(name: ServiceName, first: Promise<string>): Promise<void> {
    let ended = first;
    let delayMs = restartDelayMs;
    for (;;) {
      const since = performance.now();
      const how = await ended;
      if (stopping.signal.aborted) return;
      delayMs = performance.now() - since > settledMs ? restartDelayMs : Math.min(restartDelayMaxMs, delayMs * 2);
      options.onEvent(`${name} died (${how}); starting it again`);
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        const again = await run(name);
        await write();
        ended = again.ended;
      } catch (error) {
        ended = Promise.resolve(String(error));
      }
    }
  }

  async function end(name: ServiceName): Promise<void> {
    const child = children.get(name);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    await exited;
    clearTimeout(timer);
  }

  const stop = async (): Promise<void> => {
    stopping.abort();
    for (const name of serviceNames.toReversed()) await end(name);
    await removeServices(options.dataDir);
  };

  try {
    const started = await Promise.all(serviceNames.map(async (name) => [name, await run(name)] as const));
    await write();
    for (const [name, { ended }] of started) {
      keep(name, ended).catch((error: unknown) => options.onEvent(`${name}: ${String(error)}`));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    apiUrl,
    get services() {
      return [...services.values()];
    },
    stop,
  };
}
