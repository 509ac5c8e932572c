import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, inject, it } from 'vitest';
import { waitUntil } from '../../infra/local/src/index.ts';
import { createRedisFrontier } from '../../packages/frontier/src/index.ts';
import { createBullJobQueue } from '../../packages/queue/src/index.ts';
import { progressOf } from '../../services/cli/src/progress.ts';
import { type RedisUser, redisAclFile, redisUsers } from '../../services/cli/src/setup/redis-users.ts';
import { createWorld } from './world.ts';

/** The users of `newsmill setup` on a real Redis: their rights are enough for the pipeline, and for nothing else. */
const id = randomUUID().slice(0, 8);
const passwords = Object.fromEntries(redisUsers.map((user) => [user, randomBytes(12).toString('hex')])) as Record<
  RedisUser,
  string
>;
const urlOf = (user: RedisUser, password = passwords[user]): string => {
  const url = new URL(inject('redisUrl'));
  url.username = `${user}-${id}`;
  url.password = password;
  return url.href;
};

it('runs the whole pipeline with the rights of `workers`, is told plainly when they are taken away, and goes on when they are back', async () => {
  const admin = new Redis(inject('redisUrl'));
  await using world = await createWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
    environment: { REDIS_URL: urlOf('workers') },
  });
  // The Redis of all tests has its users from here instead of from a file, under names that nobody else takes.
  const rules = new Map<string, string[]>(
    redisAclFile(passwords, world.redisPrefix)
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').slice(1))
      .filter(([name]) => name !== 'default')
      .map(([name = '', ...words]) => [`${name}-${id}`, words] as const),
  );
  const grant = (user: string) => admin.call('ACL', 'SETUSER', user, 'reset', ...(rules.get(user) ?? []));
  try {
    for (const user of rules.keys()) await grant(user);
    const services = await Promise.all((['crawler', 'parser', 'indexer'] as const).map((name) => world.start(name)));
    await world.addSites(['http://www.longyuan.test/', 'http://edge.broken.test/']);
    await world.drained(90_000);
    const progress = progressOf(await world.frontier.balance());
    expect(progress.indexed).toBeGreaterThan(20);
    expect(progress.discovered).toBe(progress.indexed + progress.skipped);
    // Redis keeps what it refused. The client's own name and version are a courtesy that it does without.
    const refused = ((await admin.call('ACL', 'LOG', '128')) as string[][])
      .map((entry) => Object.fromEntries(entry.flatMap((word, at) => (at % 2 ? [] : [[word, String(entry[at + 1])]]))))
      .filter((entry) => entry.username?.endsWith(id) && !/client\|setinfo/.test(entry.object ?? ''));
    expect(refused).toEqual([]);

    await admin.call('ACL', 'SETUSER', `workers-${id}`, 'off');
    await admin.call('CLIENT', 'KILL', 'USER', `workers-${id}`);
    const health = async () =>
      Promise.all(
        services.map(async ({ healthUrl }) => {
          const response = await fetch(`${healthUrl}/readyz`);
          return `${response.status} ${await response.text()}`;
        }),
      );
    const all = (pattern: RegExp) => async () => (await health()).every((answer) => pattern.test(answer));
    expect(
      await waitUntil(all(/^503 .*user or password in REDIS_URL are wrong, or the user is disabled/), 20_000),
    ).toBe(true);
    await expect(world.start('crawler')).rejects.toThrow(/Redis refuses us: user or password in REDIS_URL are wrong/);
    await grant(`workers-${id}`);
    expect(await waitUntil(all(/^200/), 20_000)).toBe(true);
    // No storm while it was away: one line a second and connection.
    const log = await readFile(join(world.archiveDir, '..', 'logs', 'parser.log'), 'utf8');
    expect(log.split('\n').filter((line) => line.includes('WRONGPASS')).length).toBeLessThan(120);
  } finally {
    for (const user of rules.keys()) await admin.call('ACL', 'DELUSER', user);
    admin.disconnect();
  }
});

it('lets `reader` look and nothing more, and `workers` touch only what is newsmill’s', async () => {
  const admin = new Redis(inject('redisUrl'));
  const prefix = `acl-${id}`;
  const lines = redisAclFile(passwords, prefix).trimEnd().split('\n').slice(1);
  const names = lines.map((line) => `${line.split(' ')[1]}-${id}`);
  const reader = new Redis(urlOf('reader'), { lazyConnect: true });
  const worker = new Redis(urlOf('workers'), { lazyConnect: true });
  try {
    for (const line of lines) {
      const [, name, ...words] = line.split(' ');
      await admin.call('ACL', 'SETUSER', `${name}-${id}`, 'reset', ...words);
    }
    expect(await createRedisFrontier(reader, prefix).balance()).toMatchObject({});
    await using queue = createBullJobQueue({ redisUrl: urlOf('reader'), prefix });
    expect(await queue.depth('visit')).toEqual({ waiting: 0, delayed: 0, active: 0 });
    const write = "return redis.call('SET', KEYS[1], '1')";
    const forReader = [
      ['SET', `${prefix}:x`, '1'],
      ['EVAL', write, '1', `${prefix}:x`],
      ['DEL', `${prefix}:x`],
    ];
    const forNobody = [
      ['FLUSHALL'],
      ['KEYS', '*'],
      ['SCAN', '0'],
      ['CONFIG', 'GET', '*'],
      ['ACL', 'LIST'],
      ['SHUTDOWN'],
      ['CLIENT', 'LIST'],
      ['MONITOR'],
      ['SUBSCRIBE', 'a'],
      ['GET', 'other'],
      ['SET', 'other', '1'],
      ['EVAL', write, '1', 'other'],
      ['SCRIPT', 'FLUSH'],
      ['FUNCTION', 'LIST'],
      ['REPLICAOF', 'NO', 'ONE'],
      ['SWAPDB', '0', '1'],
    ];
    const ask = async (redis: Redis, [name = '', ...args]: string[]) =>
      redis.call(name, ...args).then(
        () => `${name} allowed`,
        (error: Error) =>
          /^NOPERM|^ERR The user executing the script can't/.test(error.message) ? 'no' : `${name}: ${error.message}`,
      );
    for (const command of [...forNobody, ...forReader]) expect(await ask(reader, command)).toBe('no');
    for (const command of forNobody) expect(await ask(worker, command)).toBe('no');
    expect(await worker.set(`${prefix}:x`, '1')).toBe('OK');
    expect(await reader.get(`${prefix}:x`)).toBe('1');
    expect(await worker.del(`${prefix}:x`)).toBe(1);
  } finally {
    for (const redis of [reader, worker]) redis.disconnect();
    for (const name of names) await admin.call('ACL', 'DELUSER', name);
    admin.disconnect();
  }
});
