import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, makeOwnedFolder } from './account.ts';
import { EMBEDDED_REDIS } from './artifacts.ts';
import type { LocalConfig } from './config.ts';
import { findDocker, planContainer } from './docker.ts';
import { fetchDebianRedis, fetchMavenRedis, type RedisProgram } from './redis-fetch.ts';
import { findOnPath, lastLines, runCommand } from './run-command.ts';
import type { PlanContext, ServerPlan, Source } from './server-plan.ts';
import { isAtLeast, redisVersionOf } from './version.ts';

/** BullMQ's scripts need 6.2. */
const REDIS_MINIMUM = '6.2.0';
const SHARED_CONFIG = join(import.meta.dirname, '..', '..', 'redis', 'redis.conf');

/** Inside a container every address is its own: who may come in is said by the port's publication, on loopback only. */
const INSIDE_CONTAINER = ['bind * -::*', 'protected-mode no', 'port 6379'];

export type RedisOptions = { appendFsync: 'always' | 'everysec' | 'no' };

/** The ways to a Redis, best first. */
export function redisSources(config: LocalConfig, options: RedisOptions): Source[] {
  const program = async (context: PlanContext, found: RedisProgram | undefined): Promise<ServerPlan | undefined> =>
    found && planProgram(found, await requireVersion(found), options, context);
  return [
    {
      name: 'redis-server or valkey-server on PATH',
      plan: async (context) => {
        for (const name of ['redis-server', 'valkey-server']) {
          const path = await findOnPath(name, config.path);
          if (path !== undefined) return program(context, { path });
        }
        return undefined;
      },
    },
    {
      name: `Docker image ${config.redisImage}`,
      plan: async (context) => {
        const docker = await findDocker(config.path);
        if (docker === undefined) return undefined;
        const dir = join(context.dataDir, 'redis');
        await makeOwnedFolder(dir, undefined);
        await writeFile(join(context.dataDir, 'redis.conf'), await redisConfig(options, '/data', INSIDE_CONTAINER));
        return planContainer(
          docker,
          {
            server: 'redis',
            image: config.redisImage,
            innerPort: 6379,
            mounts: [
              { from: dir, to: '/data' },
              { from: join(context.dataDir, 'redis.conf'), to: '/etc/redis.conf', readOnly: true },
            ],
            environment: {},
            arguments: ['redis-server', '/etc/redis.conf'],
          },
          context,
          config,
          `Redis (Docker image ${config.redisImage})`,
          `redis://127.0.0.1:${context.port}`,
        );
      },
    },
    {
      name: "Debian's package redis-server",
      plan: async (context) => program(context, await fetchDebianRedis(config, context.onProgress)),
    },
    {
      name: `Maven artifact ${EMBEDDED_REDIS.artifactId} ${EMBEDDED_REDIS.version}`,
      plan: async (context) => program(context, await fetchMavenRedis(config, context.onProgress)),
    },
  ];
}

async function requireVersion(program: RedisProgram): Promise<string> {
  const { code, stdout, stderr } = await runCommand(program.path, ['--version'], { env: programEnvironment(program) });
  const version = redisVersionOf(stdout);
  if (code !== 0 || version === undefined)
    throw new Error(`${program.path} does not run here: ${lastLines(stderr, 1)}`);
  if (!isAtLeast(version, REDIS_MINIMUM)) throw new Error(`${program.path} is ${version}, ${REDIS_MINIMUM} is needed`);
  return version;
}

async function planProgram(
  program: RedisProgram,
  version: string,
  options: RedisOptions,
  context: PlanContext,
): Promise<ServerPlan> {
  const dir = join(context.dataDir, 'redis');
  await makeOwnedFolder(dir, context.account);
  const file = join(context.dataDir, 'redis.conf');
  await writeFile(file, await redisConfig(options, dir, ['bind 127.0.0.1', `port ${context.port}`]), { mode: 0o644 });
  return {
    name: 'redis',
    how: `Redis ${version} (${program.path})`,
    url: `redis://127.0.0.1:${context.port}`,
    command: program.path,
    args: [file],
    env: programEnvironment(program),
    cwd: dir,
    ...accountOf(context.account),
    logFile: join(context.dataDir, 'logs', 'redis.out'),
  };
}

function accountOf(account: Account | undefined): { account?: Account } {
  return account === undefined ? {} : { account };
}

function programEnvironment(program: RedisProgram): Record<string, string> {
  return { PATH: '/usr/bin:/bin', ...(program.libraryPath && { LD_LIBRARY_PATH: program.libraryPath }) };
}

/** The shared redis.conf with what belongs to this stack; a later line wins over an earlier one. */
async function redisConfig(options: RedisOptions, dir: string, network: string[]): Promise<string> {
  const own = ['# This stack', `appendfsync ${options.appendFsync}`, `dir "${dir}"`, ...network];
  return `${await readFile(SHARED_CONFIG, 'utf8')}\n${own.join('\n')}\n`;
}
