import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { choosePort } from '../../../infra/local/src/ports.ts';
import { until } from '../../../test/chaos/world/until.ts';
import { findRedisProgram, killRedisProgram, startRedisProgram } from '../../../test/support/redis-program.ts';
import { createBullJobQueue } from './bullmq.ts';
import { connectRedis } from './connect-redis.ts';

const password = 'p@ss:word';
const primaryName = 'news';

const waitMs = 45_000;

/** A primary, a replica that has all of it, and a Sentinel that watches them; undefined without a redis-server. */
async function startWatched() {
  const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-sentinel-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const program = await findRedisProgram(dataDir);
  if (program === undefined) return undefined;
  const start = async (args: readonly (string | number)[]) => {
    const child = startRedisProgram(program, dataDir, args);
    onTestFinished(() => killRedisProgram(child));
    return () => killRedisProgram(child);
  };
  const ask = async (port: number): Promise<Redis> => {
    const redis = new Redis({ port, password, retryStrategy: () => 50, maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    onTestFinished(() => redis.disconnect());
    await redis.ping();
    return redis;
  };
  const [primary, replica, sentinel] = [
    await choosePort('Redis'),
    await choosePort('Redis'),
    await choosePort('Redis'),
  ];
  const server = ['--bind', '127.0.0.1', '--save', '', '--requirepass', password, '--masterauth', password];
  const killPrimary = await start([...server, '--port', primary]);
  await ask(primary);
  await start([...server, '--port', replica, '--replicaof', `127.0.0.1 ${primary}`]);
  const asked = await ask(replica);
  const caughtUp = async () => (await asked.info('replication')).includes('master_link_status:up');
  await until('the replica has caught up', caughtUp, waitMs);
  const settings = [
    ...['bind 127.0.0.1', `port ${sentinel}`, `requirepass "${password}"`],
    `sentinel monitor ${primaryName} 127.0.0.1 ${primary} 1`,
    `sentinel auth-pass ${primaryName} ${password}`,
    `sentinel down-after-milliseconds ${primaryName} 2000`,
    `sentinel failover-timeout ${primaryName} 3000`,
  ];
  await writeFile(join(dataDir, 'sentinel.conf'), `${settings.join('\n')}\n`);
  await start([join(dataDir, 'sentinel.conf'), '--sentinel']);
  const watcher = await ask(sentinel);
  const knowsIt = async () => ((await watcher.call('SENTINEL', 'REPLICAS', primaryName)) as unknown[]).length === 1;
  // Until it has looked at the primary it does not know the name either.
  await until('the Sentinel knows the replica', () => knowsIt().catch(() => false), waitMs);
  const url = `redis-sentinel://:${encodeURIComponent(password)}@127.0.0.1:${sentinel}/${primaryName}`;
  return { url, killPrimary, replica };
}

it('goes on with the server that a Sentinel makes the primary, jobs and all', async (test) => {
  const watched = await startWatched();
  if (watched === undefined) return test.skip('no redis-server but a container can be had here');
  const { url, killPrimary, replica } = watched;
  const redis = connectRedis(url, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
  redis.on('error', () => undefined);
  onTestFinished(() => redis.disconnect());
  await using queue = createBullJobQueue({ redisUrl: url, prefix: 'nm' });
  await queue.add('q', [{ id: 'before-1', payload: 1 }]);
  await redis.set('before', 1);
  // Replication is asynchronous: this is the write that has to be there.
  expect(await redis.wait(1, 20_000)).toBe(1);

  await killPrimary();
  await redis.set('after', 1);
  expect(await redis.mget('before', 'after')).toEqual(['1', '1']);
  expect(await redis.info('server')).toContain(`tcp_port:${replica}`);
  const added = () =>
    queue.add('q', [{ id: 'after-1', payload: 2 }]).then(
      () => true,
      () => false,
    );
  await until('the producer has found it too', added, waitMs);
  const done: unknown[] = [];
  const consumer = queue.consume('q', { concurrency: 1 }, async ({ payload }) => {
    done.push(payload);
    return { type: 'complete' };
  });
  await until('both jobs are done', () => done.length >= 2, waitMs);
  expect(done.toSorted()).toEqual([1, 2]);
  await consumer.stop(1_000);
});
