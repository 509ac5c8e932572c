import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '@newsmill/contracts';
import { waitUntil } from '@newsmill/local';
import { type CliConfig, serviceEnvironment } from './config.ts';
import { lastLines } from './local.ts';
import { readServices, type ServicesState } from './services-state.ts';

/** Longer than the supervisor waits for its services. */
const readyTimeoutMs = 90_000;

/**
 * Starts `newsmill services` as a process that outlives this one, and waits until it says that all is ready.
 * @throws UsageError with the end of its log when it gave up
 */
export async function startDetached(
  config: CliConfig,
  redisUrl: string,
  elasticsearchUrl: string,
): Promise<ServicesState> {
  const logs = join(config.dataDir, 'logs');
  mkdirSync(logs, { recursive: true });
  const logFile = join(logs, 'services.log');
  const log = openSync(logFile, 'a');
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'services'], {
    env: serviceEnvironment({ REDIS_URL: redisUrl, ELASTICSEARCH_URL: elasticsearchUrl }),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  let state: ServicesState | undefined;
  await waitUntil(async () => {
    const found = await readServices(config.dataDir);
    if (found?.supervisor.pid === child.pid) state = found;
    return state !== undefined || child.exitCode !== null;
  }, readyTimeoutMs);
  if (state !== undefined) return state;
  throw new UsageError(`The services did not start:\n${await lastLines(logFile)}`);
}
