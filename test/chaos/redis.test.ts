import { readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type ChaosWorld, createChaosWorld, type InsideService } from './world/chaos-world.ts';
import { losePackets } from './world/packet-loss.ts';
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
  // The workers are a user of their own, whose rights can be taken while the test keeps its.
  await makeUser();
  const env = { REDIS_URL: `redis://worker:right@127.0.0.1:${proxy.port}`, PARSER_PROCESSES: '1' };
  services = await Promise.all((['crawler', 'parser', 'indexer'] as const).map((name) => world.startInside(name, env)));
});

afterAll(async () => {
  if (proxy) proxy.weather = 'clear';
  await world?.[Symbol.asyncDispose]();
  admin?.disconnect();
  await proxy?.[Symbol.asyncDispose]();
  await redis?.[Symbol.asyncDispose]();
});

/** Which a Redis without a file of users forgets when it ends. */
const makeUser = () => admin.call('ACL', 'SETUSER', 'worker', 'on', '>right', 'allkeys', 'allchannels', '+@all');

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
  await (repairs ? world.repaired() : world.settled());
  expect(await world.faults()).toEqual([]);
  // A server's troubles are not the jobs' fault.
  const burnt = services.flatMap(({ lines }) => lines.filter(({ verdict }) => verdict === 'retried'));
  expect(burnt).toEqual([]);
}

const problems = () => Promise.all(services.map(({ service }) => service.problems()));
const eachSays = (what: RegExp) =>
  until(`each says: ${what}`, async () => (await problems()).every(({ queue }) => what.test(queue ?? '')));

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
  await makeUser();
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
  await admin.call('ACL', 'SETUSER', 'worker', 'resetpass', '>changed');
  await admin.call('CLIENT', 'KILL', 'USER', 'worker');
  const spoken = await spokenDuring(4);
  for (const lines of spoken) expect(lines).toBeLessThan(40);
  for (const each of await problems()) expect(each).toHaveProperty('redis');
  await admin.call('ACL', 'SETUSER', 'worker', 'resetpass', '>right');
  await home();
  for (const each of await problems()) expect(each).not.toHaveProperty('redis');
});

it('F12: rights are taken from its user, then it is made read-only: not ready, no storm, no job blamed', async () => {
  await underWay(2);
  const before = services.map(({ lines }) => lines.length);
  const rights = (...change: string[]) => admin.call('ACL', 'SETUSER', 'worker', ...change);
  try {
    await rights('resetkeys', '~other:*');
    await eachSays(/lacks rights.*one of the keys/);
    await rights('allkeys', '-@write');
    await eachSays(/lacks rights.*(?:to run|can't run)/);
    await rights('+@write');
    // As by a failover of which it has not heard. Port 1 is reserved (tcpmux): nothing listens there, and the data stays.
    await admin.call('REPLICAOF', '127.0.0.1', '1');
    await eachSays(/READONLY/);
  } finally {
    await rights('allkeys', '+@write');
    await admin.call('REPLICAOF', 'NO', 'ONE');
  }
  for (const [at, { lines }] of services.entries()) expect(lines.length - (before[at] ?? 0)).toBeLessThan(120);
  await home();
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

it('F14: one packet of twenty is lost', async ({ skip }) => {
  using loss = losePackets(redis.port, 0.05);
  if (loss === undefined) return skip('this user may not tell the kernel to lose packets');
  await underWay(1, 90_000);
  expect(loss.lost).toBeGreaterThan(0);
  loss[Symbol.dispose]();
  await home();
});

/** Cuts the end off Redis' log while it is down, as a loss of power may; what an operator asked for is older. */
async function lastBytesLost(bytes: number): Promise<void> {
  const asked = await underWay();
  await redis.kill();
  const log = await logOfRedis();
  await truncate(log, Math.max(asked, (await stat(log)).size - bytes));
  await redis.start();
  await makeUser();
  await home({ repairs: true });
}

it.each([1, 20_000, 100_000])('F07: the last %i bytes of its log are lost with the power', lastBytesLost);

it('F06: killed with appendfsync everysec, which may lose a second', async () => {
  await admin.config('SET', 'appendfsync', 'everysec');
  await underWay();
  await redis.kill();
  await redis.start();
  await makeUser();
  await home({ repairs: true });
});

it('F08: all its data is gone: sources added again, the audit repairs from archive and index', async () => {
  await underWay();
  const { discovered } = await world.progress();
  await redis.kill();
  await rm(join(redis.dir, 'appendonlydir'), { recursive: true });
  await redis.start();
  await makeUser();
  // What a worker was about to tell may be in it already.
  expect((await world.progress()).discovered).toBeLessThan(discovered);
  await world.askAgain();
  await world.audit(true);
  await home();
});
