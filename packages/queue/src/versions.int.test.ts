import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, expect, inject, it } from 'vitest';

const redisUrl = inject('redisUrl');
const redis = new Redis(redisUrl);
const prefix = `test-${randomUUID()}`;

afterAll(async () => {
  const keys = await keysOf(`*${prefix}*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
});

type Version = 'former' | 'present';

async function run(version: Version, task: 'leave' | 'take', of: string) {
  const script = fileURLToPath(new URL('versions.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, [script, version, task, redisUrl, of], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, complaint, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { out, complaint, code, signal };
}

const keysOf = async (pattern: string): Promise<string[]> => {
  const keys: string[] = [];
  for await (const found of redis.scanStream({ match: pattern, count: 1_000 })) keys.push(...found);
  return keys;
};

/** Which BullMQ wrote to a queue last, by its own word. */
async function writerOf(of: string): Promise<string> {
  const keys = await keysOf(`*${of}*:meta`);
  expect(keys).toHaveLength(1);
  return (await redis.hget(keys[0] ?? '', 'version')) ?? '';
}

const packages = { former: 'bullmq-former', present: 'bullmq' };
const versionOf = (which: Version): string => {
  const file = new URL(`../node_modules/${packages[which]}/package.json`, import.meta.url);
  return `bullmq:${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`;
};

/** F40: BullMQ is exchanged while jobs lie in Redis, forth and back, with the worker killed at that moment. */
it.concurrent.each<[Version, Version]>([
  ['former', 'present'],
  ['present', 'former'],
])('jobs of the %s BullMQ are taken by the %s one: waiting, delayed, tried, under way', async (from, to) => {
  const of = `${prefix}-${from}`;
  const left = await run(from, 'leave', of);
  expect(left).toMatchObject({ signal: 'SIGKILL', complaint: '' });
  expect(await writerOf(of)).toBe(versionOf(from));
  // The dead worker's locks end, half a minute early.
  const locks = await keysOf(`*${of}*:lock`);
  expect(locks).toHaveLength(2);
  await redis.del(...locks);
  const taken = await run(to, 'take', of);
  expect(taken).toMatchObject({ code: 0, complaint: '' });
  expect(await writerOf(of)).toBe(versionOf(to));
  const deliveries = taken.out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(deliveries).toHaveLength(5);
  expect(deliveries).toEqual(
    expect.arrayContaining([
      { id: 'tried-1', payload: { v: 1, state: 'active, tried before' }, attempt: 2, crashed: true },
      { id: 'active-1', payload: { v: 1, state: 'active' }, attempt: 1, crashed: true },
      { id: 'waiting-1', payload: { v: 1, state: '等着' }, attempt: 1, crashed: false },
      { id: 'waiting-2', payload: { v: 1, state: 'waiting' }, attempt: 1, crashed: false },
      { id: 'delayed-1', payload: { v: 1, state: 'delayed' }, attempt: 1, crashed: false },
    ]),
  );
});
