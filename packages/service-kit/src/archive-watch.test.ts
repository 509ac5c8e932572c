import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { watchArchive } from './archive-watch.ts';

function setUp() {
  const registry = new Registry();
  const time = { now: 0 };
  const watch = watchArchive(registry, () => time.now);
  const archive = { answers: true, checks: 0 };
  const probe = watch.probe({
    async check() {
      archive.checks += 1;
      if (!archive.answers) throw new Error('S3 does not answer');
    },
  });
  return { registry, time, watch, archive, read: () => probe.read() };
}

it('asks nothing of an archive that works', async () => {
  const { watch, archive, read } = setUp();
  watch.observer.wrote('response', 100, 5);
  watch.observer.failed('not_found', 'no such segment');
  expect(await read()).toBe(0);
  expect(archive.checks).toBe(0);
  expect(watch.problems()).toEqual({});
});

it('waits after a failed write, ever longer, until the archive is back', async () => {
  const { watch, archive, time, read } = setUp();
  archive.answers = false;
  watch.observer.failed('storage_failed', 'S3 hung up');
  expect([await read(), archive.checks, watch.problems()]).toEqual([1, 0, { archive: 'S3 hung up' }]);
  time.now = 2_000;
  expect([await read(), archive.checks, watch.problems()]).toEqual([1, 1, { archive: 'S3 does not answer' }]);
  time.now = 5_000;
  expect([await read(), archive.checks]).toEqual([1, 1]);
  archive.answers = true;
  time.now = 6_000;
  expect([await read(), archive.checks]).toEqual([0, 2]);
  // It can be looked at, and not be written to.
  watch.observer.failed('storage_refused', 'S3 refuses');
  time.now = 13_000;
  expect(await read()).toBe(1);
  time.now = 14_000;
  expect(await read()).toBe(0);
  watch.observer.wrote('response', 100, 5);
  expect([await read(), watch.problems()]).toEqual([0, {}]);
});

it('lets a service start while the archive is away, and not when it refuses', async () => {
  const { watch, read } = setUp();
  const failing = (code: string) => ({ check: () => Promise.reject(Object.assign(new Error(code), { code })) });
  await expect(watch.begin(failing('storage_refused'))).rejects.toThrow('storage_refused');
  expect(await read()).toBe(0);
  await watch.begin(failing('storage_failed'));
  expect([await read(), watch.problems()]).toEqual([1, { archive: 'storage_failed' }]);
});

it('counts', async () => {
  const { registry, watch } = setUp();
  watch.observer.began();
  watch.observer.wrote('response', 100, 5);
  watch.observer.wrote('revisit', 20, 5);
  watch.observer.failed('disk_full', 'no space');
  const text = await registry.metrics();
  expect(text).toContain('newsmill_archive_bytes_total{type="response"} 100');
  expect(text).toContain('newsmill_archive_records_total{type="revisit"} 1');
  expect(text).toContain('newsmill_archive_segments_total 1');
  expect(text).toContain('newsmill_archive_failures_total{code="disk_full"} 1');
  expect(text).toContain('newsmill_archive_write_seconds_count 2');
});
