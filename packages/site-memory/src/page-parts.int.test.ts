import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createMemoryPageParts, createRedisPageParts, type PagePart } from './page-parts.ts';

const redis = new Redis(inject('redisUrl'));
const prefix = `test-${randomUUID()}`;
const first = 'http://a.test/2026/01/02/123456.shtml';
const part = (number: number, digest = 'a'): PagePart => ({
  number,
  last: 3,
  url: `http://a.test/2026/01/02/123456_${number}.shtml`,
  captureRef: `x#${number}+1`,
  fetchedAt: '2026-01-03T00:00:00.000Z',
  digest,
});

afterAll(async () => {
  await redis.del(`${prefix}:parts:${first}`);
  redis.disconnect();
});

describe.each([
  ['memory', createMemoryPageParts()],
  ['redis', createRedisPageParts(redis, prefix)],
])('pages of an article (%s)', (_, parts) => {
  it('are kept in order, the newest state of each, with the mark', async () => {
    expect(await parts.of(first)).toEqual({ parts: [], joined: undefined });
    for (const one of [part(3), part(1), part(2), part(3, 'b'), part(31)]) await parts.put(first, one);
    await parts.mark(first, '1a 2a 3b');
    expect(await parts.of(first)).toEqual({ parts: [part(1), part(2), part(3, 'b')], joined: '1a 2a 3b' });
  });
});

it('are not kept for ever', async () => {
  expect(await redis.pttl(`${prefix}:parts:${first}`)).toBeGreaterThan(0);
});
