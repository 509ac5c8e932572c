import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readLocalConfig } from '../../infra/local/src/index.ts';
import { redisSources } from '../../infra/local/src/redis.ts';

/** A redis-server that tests start by themselves, with what it must find in its environment. */
export interface RedisProgram {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What the local stack would start; undefined where it has but a container. */
export async function findRedisProgram(dataDir: string): Promise<RedisProgram | undefined> {
  for (const source of redisSources(readLocalConfig(process.env), { appendFsync: 'no' })) {
    if (source.name.startsWith('Docker')) continue;
    const plan = await source.plan({ port: 0, dataDir, account: undefined, onProgress: () => undefined } as never);
    if (plan !== undefined && 'command' in plan) return { path: plan.command, env: plan.env ?? {} };
  }
  return undefined;
}

export function startRedisProgram(
  { path, env }: RedisProgram,
  cwd: string,
  args: readonly (string | number)[],
): ChildProcess {
  return spawn(path, args.map(String), { env, cwd, stdio: 'ignore' });
}

export async function killRedisProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
