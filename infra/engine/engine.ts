import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalConfig } from '../local/src/config.ts';
import { signal, waitUntil } from '../local/src/processes.ts';
import { lastLines, runCommand } from '../local/src/run-command.ts';
import { fetchEngine } from './fetch-engine.ts';
import { readNetworkState, restoreNetworkState } from './network-state.ts';

/** An Engine to work with, and what its clients need in their environment. */
export interface Engine {
  readonly environment: NodeJS.ProcessEnv;
  readonly how: string;
  stop(): Promise<void>;
}

/** Bytes of build cache and images beyond these are given back at the end. */
const buildCacheKept = '3gb';

/** The Engine that this machine runs, if it has Compose 2 besides; else undefined. */
export async function runningEngine(environment: NodeJS.ProcessEnv): Promise<Engine | undefined> {
  const ask = (...args: string[]) => runCommand('docker', args, { env: environment, timeoutMs: 5_000 });
  const server = await ask('info', '--format', '{{.ServerVersion}}');
  if (server.code !== 0 || (await ask('compose', 'version', '--short')).code !== 0) return undefined;
  return { environment, how: `Docker Engine ${server.stdout.trim()} of this machine`, stop: async () => undefined };
}

/**
 * Starts an Engine of our own: nothing is installed, published ports are loopback's, and when it stops, processes, bridges and
 * firewall rules are gone. What stays is in the cache folder: its programs, and its images, so that the next start is quick.
 * @throws Error with the reason when this machine cannot have one
 */
export async function startEngine(config: LocalConfig, say: (message: string) => void): Promise<Engine> {
  if (process.platform !== 'linux' || !config.isRoot) throw new Error('only root on Linux can start one');
  const files = await fetchEngine(config, say);
  const run = await mkdtemp(join(tmpdir(), 'newsmill-engine-'));
  const data = join(config.cacheDir, 'docker-data');
  await mkdir(data, { recursive: true, mode: 0o711 });
  const environment = {
    ...process.env,
    PATH: `${files.path}:${process.env.PATH}`,
    XTABLES_LIBDIR: files.xtables,
    DOCKER_CONFIG: files.clientConfig,
    DOCKER_HOST: `unix://${run}/docker.sock`,
    // What testcontainers needs to hear when there is no registry to fetch its helper from.
    TESTCONTAINERS_RYUK_DISABLED: 'true',
    TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
  };
  const pidFile = join(data, 'newsmill.pid');
  await endFormer(pidFile, data);
  const before = await readNetworkState(environment);
  const logFile = join(run, 'dockerd.log');
  const log = openSync(logFile, 'a', 0o600);
  const daemon = spawn(
    'dockerd',
    [
      ...['--data-root', data, '--exec-root', join(run, 'exec'), '--pidfile', pidFile],
      ...['--host', environment.DOCKER_HOST, '--ip', '127.0.0.1'],
    ],
    // A group of its own: Ctrl-C must not end it before those who use it.
    { env: environment, stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    daemon.once('error', () => resolve());
    daemon.once('exit', () => resolve());
  });
  const docker = (...args: string[]) => runCommand('docker', args, { env: environment, timeoutMs: 120_000 });
  const stop = async () => {
    if (daemon.exitCode === null && daemon.pid !== undefined) {
      const left = (await docker('ps', '--all', '--quiet')).stdout.split('\n').filter(Boolean);
      if (left.length > 0) await docker('rm', '--force', '--volumes', ...left);
      await docker('network', 'prune', '--force');
      await docker('volume', 'prune', '--all', '--force');
      await docker('image', 'prune', '--force');
      await docker('builder', 'prune', '--force', '--keep-storage', buildCacheKept);
      daemon.kill('SIGTERM');
      if (!(await settledWithin(ended, 20_000))) daemon.kill('SIGKILL');
      await ended;
    }
    await restoreNetworkState(before, environment);
    await rm(run, { recursive: true, force: true });
  };
  const answers = async () => (await docker('info')).code === 0;
  const state = { ended: false };
  void ended.then(() => {
    state.ended = true;
  });
  const ready = await waitUntil(async () => state.ended || (await answers()), 60_000);
  if (!ready || state.ended) {
    const words = lastLines(await readFile(logFile, 'utf8').catch(() => ''), 1);
    await stop();
    throw new Error(`dockerd ${state.ended ? 'ended' : 'did not answer within 60 s'}: ${words}`);
  }
  const version = (await docker('version', '--format', '{{.Server.Version}}')).stdout.trim();
  return { environment, how: `Docker Engine ${version}, started for this`, stop };
}

/** Ends the Engine that a killed run of ours left on the same data. */
async function endFormer(pidFile: string, data: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!(pid > 1)) return;
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!words.split('\0').includes(data)) return;
  signal(pid, 'SIGTERM');
  const gone = () =>
    readFile(`/proc/${pid}/cmdline`).then(
      (text) => text.length === 0,
      () => true,
    );
  if (!(await waitUntil(gone, 20_000))) signal(pid, 'SIGKILL');
}

function settledWithin(work: Promise<void>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    void work.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
