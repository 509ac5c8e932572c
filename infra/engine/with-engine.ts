import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readLocalConfig } from '../local/src/config.ts';
import { withLock } from '../local/src/lock.ts';
import { makeCacheFolder } from '../local/src/maven.ts';
import { type Engine, runningEngine, startEngine } from './engine.ts';

/**
 * `node infra/engine/with-engine.ts <command> …` runs the command with a Docker Engine: the machine's own if there is one, else
 * one started for it and gone afterwards. Where there can be none, the command runs all the same and finds the reason in
 * NEWSMILL_NO_ENGINE. Ends with the command's exit code.
 */
const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  process.stderr.write('usage: node infra/engine/with-engine.ts <command> …\n');
  process.exit(2);
}
const say = (message: string): void => {
  process.stderr.write(`infra/engine: ${message}\n`);
};

function run(name: string, environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(name, args, { env: environment, stdio: 'inherit' });
    // A terminal sends Ctrl-C to the child as well; what comes to us alone is passed on. We stay until it has ended.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
    }
    child.once('error', (error) => {
      say(`${name} cannot be started: ${error.message}`);
      resolve(127);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function withOwnEngine(): Promise<number> {
  const config = readLocalConfig();
  await makeCacheFolder(config.cacheDir);
  let engine: Engine;
  try {
    engine = await startEngine(config, say);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(`none: ${why}`);
    return run(command as string, { ...process.env, NEWSMILL_NO_ENGINE: why.slice(0, 300) });
  }
  say(engine.how);
  try {
    return await run(command as string, engine.environment);
  } finally {
    await engine.stop();
  }
}

const present = await runningEngine(process.env);
if (present !== undefined) {
  say(present.how);
  process.exitCode = await run(command, present.environment);
} else {
  const lock = join(readLocalConfig().cacheDir, 'locks', 'docker-data');
  process.exitCode = await withLock(lock, withOwnEngine);
}
