import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLocalConfig } from '../../../infra/local/src/index.ts';
import { redisSources } from '../../../infra/local/src/redis.ts';
import { Redis } from '../../../packages/frontier/node_modules/ioredis/built/index.js';

export interface RedisProcess extends AsyncDisposable {
  readonly redis: Redis;
  readonly how: string;
}

/** A Redis of its own on a free port, as the local stack would start it, with nothing written to disk. */
export async function startRedis(): Promise<RedisProcess> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-bench-'));
  const config = readLocalConfig(process.env);
  for (const source of redisSources(config, { appendFsync: 'no' })) {
    // A container's address and life are another matter; the figures are about the server.
    if (source.name.startsWith('Docker')) continue;
    const plan = await source.plan({ port, dataDir, account: undefined, onProgress: () => undefined } as never);
    if (plan === undefined || !('command' in plan)) continue;
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child: ChildProcess = spawn(plan.command, args, { env: plan.env, cwd: dataDir, stdio: 'ignore' });
    const redis = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50 });
    redis.on('error', () => undefined);
    await redis.ping();
    return {
      redis,
      how: plan.how,
      async [Symbol.asyncDispose]() {
        redis.disconnect();
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await exited;
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  }
  throw new Error('no redis-server was found; put one on the PATH');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
