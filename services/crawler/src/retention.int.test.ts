import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArchive } from '@newsmill/archive';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createRedisFrontier } from '@newsmill/frontier';
import { createRedisQuarantine } from '@newsmill/queue';
import { addArchiveSizeMetrics, createRegistry } from '@newsmill/service-kit';
import { Redis } from 'ioredis';
import { afterAll, expect, inject, it } from 'vitest';
import { startRetention } from './retention.ts';

const day = 86_400_000;
const redis = new Redis(inject('redisUrl'));
const prefix = `retention-${randomUUID().slice(0, 8)}`;
const folders: string[] = [];
afterAll(async () => {
  for await (const keys of redis.scanStream({ match: `${prefix}*` })) if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

it('removes old files, and leaves those that the pipeline or quarantine still needs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'newsmill-retention-'));
  folders.push(folder);
  const frontier = createRedisFrontier(redis, prefix);
  const quarantine = createRedisQuarantine(redis, prefix);
  const now = Date.now();
  /** A file of its own for each page, last written so many days ago. */
  const write = async (name: string, ageDays: number) => {
    const url = `http://a.test/${name}`;
    await using archive = openArchive({ type: 'fs', folder });
    const body = Buffer.from(name);
    const answer = { status: 200, httpVersion: '1.1', headers: [], body };
    const ref = await archive.write({ url, fetchedAt: new Date(now - ageDays * day).toISOString(), ...answer });
    const segment = ref.split('#')[0] ?? '';
    await utimes(join(folder, segment), new Date(), new Date(now - ageDays * day));
    return { url, ref, segment };
  };
  const done = await write('done', 60);
  const open = await write('open', 50);
  const quarantined = await write('quarantined', 55);
  const behind = await write('behind', 49);
  const young = await write('young', 20);
  await frontier.admit([{ url: open.url, kind: 'article', sourceId: 's', depth: 1, standing: false }], now - 50 * day);
  const captured = { type: 'captured', captureRef: open.ref } as const;
  await frontier.record(hostIdOf(open.url), urlIdOf(open.url), captured, now - 50 * day);
  await quarantine.put({
    ...{ id: 'parse/x-1', stage: 'parse', jobId: 'x-1', reason: 'parser_failed', message: 'm', attempts: 1 },
    ...{ quarantinedAt: new Date(now).toISOString(), payload: { captureRef: quarantined.ref } },
  });

  const registry = createRegistry('t');
  const removed = Promise.withResolvers<object>();
  const seen: string[] = [];
  const note = (fields: { segment?: string; segments?: number }, message: string) => {
    seen.push(`${message} ${fields.segment ?? fields.segments}`);
    if (message.startsWith('kept')) removed.resolve(fields);
  };
  await using archive = openArchive({ type: 'fs', folder });
  const deps = {
    ...{ archive, frontier, quarantine, redis, lockKey: `${prefix}:lock`, policy: { ageMaxMs: 30 * day } },
    ...{ metrics: addArchiveSizeMetrics(registry), everyMs: 600, clock: () => now },
    logger: { info: note, warn: note } as unknown as Parameters<typeof startRetention>[0]['logger'],
  };
  await using retention = startRetention(deps);
  expect(retention).toBeDefined();
  await removed.promise;
  // What was written since the oldest open page began stays too: its article may lie there.
  const left = [open, quarantined, behind, young].map(({ segment }) => segment);
  expect((await readdir(folder)).toSorted()).toEqual(left.toSorted());
  expect(seen.slice(0, 2)).toEqual([`removed from the archive ${done.segment}`, 'kept in the archive: still needed 3']);
  const text = await registry.metrics();
  expect(text).toMatch(/newsmill_archive_stored_segments\{.*\} 4/);
  expect(text).toMatch(/newsmill_archive_held_segments\{.*\} 3/);
  expect(text).toMatch(/newsmill_archive_removed_bytes_total\{because="age".*\} \d+/);
});
