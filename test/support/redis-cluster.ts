import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster, Redis } from 'ioredis';
import { choosePort } from '../../infra/local/src/ports.ts';
import { findRedisProgram, killRedisProgram, startRedisProgram } from './redis-program.ts';

export interface RedisCluster extends AsyncDisposable {
  /** A client of its own, to be closed by whoever asked. */
  connect(): Cluster;
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
}

const slots = 16_384;

/** Three masters on loopback, without replicas: real slots, real MOVED and CROSSSLOT answers. Undefined without a redis-server. */
export async function startRedisCluster(): Promise<RedisCluster | undefined> {
  await using stack = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-cluster-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const program = await findRedisProgram(dataDir);
  if (program === undefined) return undefined;
  const nodes: { host: string; port: number; busPort: number; redis: Redis }[] = [];
  for (let n = 0; n < 3; n += 1) {
    // The bus between nodes has a port of its own, by default 10,000 further on, which may be taken or too large.
    const [port, busPort] = [await choosePort('Redis'), await choosePort('Redis')];
    const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--cluster-enabled', 'yes'];
    const more = [
      '--cluster-port',
      busPort,
      '--cluster-config-file',
      `node-${n}.conf`,
      '--cluster-node-timeout',
      5_000,
    ];
    const child = startRedisProgram(program, dataDir, [...args, ...more]);
    stack.defer(() => killRedisProgram(child));
    const redis = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50 });
    redis.on('error', () => undefined);
    stack.defer(() => redis.disconnect());
    await redis.ping();
    nodes.push({ host: '127.0.0.1', port, busPort, redis });
  }
  const [first] = nodes;
  for (const [n, { redis, port, busPort }] of nodes.entries()) {
    const from = Math.floor((n * slots) / nodes.length);
    const to = Math.floor(((n + 1) * slots) / nodes.length) - 1;
    await redis.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
    if (n > 0) await first?.redis.call('CLUSTER', 'MEET', '127.0.0.1', port, busPort);
  }
  const isReady = async () => {
    const infos = await Promise.all(nodes.map(({ redis }) => redis.cluster('INFO')));
    return infos.every(
      (info) => info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${nodes.length}`),
    );
  };
  const deadline = performance.now() + 30_000;
  while (!(await isReady())) {
    if (performance.now() > deadline) throw new Error('the cluster did not come together');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const owned = stack.move();
  const places = nodes.map(({ host, port }) => ({ host, port }));
  return {
    nodes: places,
    connect: () => new Cluster(places),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
