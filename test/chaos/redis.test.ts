import { readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type ChaosWorld, createChaosWorld, type InsideService } from './world/chaos-world.ts';
import { seed, seeded } from './world/random.ts';
import { type ServerProcess, startServer } from './world/server-process.ts';
import { startTcpProxy, type TcpProxy } from './world/tcp-proxy.ts';
import { until } from './world/until.ts';

/** Everything that can happen to Redis, one after another, to one set of workers that nobody starts again. */
let redis: ServerProcess;
let proxy: TcpProxy;
let world: ChaosWorld;
let admin: Redis;
let services: InsideService[];

/** The moments at which faults strike. */
const random = seeded(seed);

beforeAll(async () => {
  redis = await startServer('redis', { appendFsync: 'always' });
  proxy = await startTcpProxy(redis);
  admin = new Redis(redis.url, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
  admin.on('error', () => undefined);
  world = await createChaosWorld({ redisUrl: redis.url, elasticsearchUrl: inject('elasticsearchUrl') });
  const env = { REDIS_URL: `redis://127.0.0.1:${proxy.port}`, PARSER_PROCESSES: '1' };
  services = await Promise.all((['crawler', 'parser', 'indexer'] as const).map((name) => world.startInside(name, env)));
});

afterAll(async () => {
  if (proxy) proxy.weather = 'clear';
  await world?.[Symbol.asyncDispose]();
  admin?.disconnect();
  await proxy?.[Symbol.asyncDispose]();
  await redis?.[Symbol.asyncDispose]();
});

async function logOfRedis(): Promise<string> {
  const folder = join(redis.dir, 'appendonlydir');
  return join(folder, (await readdir(folder)).find((name) => name.endsWith('.incr.aof')) ?? '');
}

/**
 * New hosts, and the moment when their crawl is well under way.
 * @returns how long Redis' log was when the hosts had been added, in bytes
 */
async function underWay(hosts = 3, timeoutMs?: number): Promise<number> {
  const before = (await world.progress()).indexed;
  await world.add(hosts);
  const { size } = await stat(await logOfRedis());
  const strike = before + 1 + Math.floor(random() * 8);
  await until('the crawl is under way', async () => (await world.progress()).indexed >= strike, timeoutMs);
  return size;
}

/** @param repairs whether Redis may have forgotten what it had said yes to: then its counts may not fit its rows until they are put right */
async function home({ repairs = false } = {}): Promise<void> {
  if (repairs) {
    // Counts that are wrong never tell that all is done, and what is put back goes through the pipeline once more.
    await until(
      'repairs bring everything home',
      async () => {
        const before = await world.isSettled();
        const { findings } = await world.audit(true);
        return before && findings.length === 0 && (await world.isSettled());
      },
      90_000,
    );
  } else await world.settled();
  expect(await world.faults()).toEqual([]);
  // A server's troubles are not the jobs' fault.
  const burnt = services.flatMap(({ lines }) => lines.filter(({ verdict }) => verdict === 'retried'));
  expect(burnt).toEqual([]);
}

/** What all workers said while something went on that lasted `seconds`. */
async function spokenDuring(seconds: number): Promise<number[]> {
  const before = services.map(({ lines }) => lines.length);
  const end = performance.now() + seconds * 1_000;
  await until('it has lasted long enough', () => performance.now() >= end);
  return services.map(({ lines }, at) => lines.length - (before[at] ?? 0));
}

it('F05: killed and started again with appendfsync always: nothing accepted is lost', async () => {
  await underWay();
  await redis.kill();
  await redis.start();
  await home();
});

it('F09: frozen for longer than a lock lasts', async () => {
  await underWay();
  redis.signal('SIGSTOP');
  // Locks are 1.5 s in this world.
  await spokenDuring(4);
  redis.signal('SIGCONT');
  await home();
});

it('F10: out of memory: no storm of errors, no job blamed, and it goes on when there is room', async () => {
  await underWay();
  await admin.config('SET', 'maxmemory', '1mb');
  const spoken = await spokenDuring(6);
  const [crawler] = services;
  expect(await crawler?.metrics()).toContain('newsmill_intake_paused{reason="redis_memory",service="crawler"} 1');
  // Each of the workers' queues and connections may say it once a second; jobs that were running end once.
  for (const lines of spoken) expect(lines).toBeLessThan(40);
  await admin.config('SET', 'maxmemory', '0');
  await home();
});

it('F12: another password: not ready, no storm, and back when it is right again', async () => {
  await world.add(2);
  await admin.config('SET', 'requirepass', 'changed');
  await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  const spoken = await spokenDuring(4);
  for (const lines of spoken) expect(lines).toBeLessThan(40);
  for (const { service } of services) expect(Object.keys(await service.problems())).toContain('redis');
  await admin.config('SET', 'requirepass', '');
  await home();
  for (const { service } of services) expect(await service.problems()).toEqual({});
});

it('F14: far away, then a black hole, then broken connections', async () => {
  proxy.weather = { latencyMs: 150 };
  // A page takes some sixteen questions to Redis, one after another: a third of a second each.
  await underWay(2, 90_000);
  proxy.weather = 'blackhole';
  await spokenDuring(4);
  proxy.weather = 'broken';
  await spokenDuring(2);
  proxy.weather = 'clear';
  await home();
});

/** Cuts the end off Redis' log while it is down, as a loss of power may; what an operator asked for is older. */
async function lastBytesLost(bytes: number): Promise<void> {
  const asked = await underWay();
  await redis.kill();
  const log = await logOfRedis();
  await truncate(log, Math.max(asked, (await stat(log)).size - bytes));
  await redis.start();
  await home({ repairs: true });
}

it.each([1, 20_000, 100_000])('F07: the last %i bytes of its log are lost with the power', lastBytesLost);

it('F06: killed with appendfsync everysec, which may lose a second', async () => {
  await admin.config('SET', 'appendfsync', 'everysec');
  await underWay();
  await redis.kill();
  await redis.start();
  await home({ repairs: true });
});

it('F08: all its data is gone: sources added again, the audit repairs from archive and index', async () => {
  await underWay();
  await redis.kill();
  await rm(join(redis.dir, 'appendonlydir'), { recursive: true });
  await redis.start();
  expect((await world.progress()).discovered).toBe(0);
  await world.askAgain();
  await world.audit(true);
  await home();
});
