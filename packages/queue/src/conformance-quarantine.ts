import { describe, expect, it } from 'vitest';
import type { Quarantine, QuarantinedJob, QuarantineLimits } from './quarantine.ts';

/** What every quarantine does. `create` gives an empty one. */
export function quarantineConformance(name: string, create: (limits?: QuarantineLimits) => Promise<Quarantine>): void {
  const day = (n: number): string => `2026-01-0${n}T00:00:00.000Z`;
  const job = (n: number, over: Partial<QuarantinedJob> = {}): QuarantinedJob => ({
    id: `parse/a-${n}`,
    stage: 'parse',
    jobId: `a-${n}`,
    payload: { odd: true, list: [], url: `http://h${n}.test/1` },
    reason: 'malformed_job',
    message: 'm',
    attempts: 1,
    quarantinedAt: day(n),
    ...over,
  });
  const idsOf = (entries: readonly { id: string }[]): string[] => entries.map((one) => one.id);

  describe(`${name}: quarantine`, () => {
    it('keeps entries newest first, replaces by id, drops', async () => {
      const quarantine = await create();
      await quarantine.put(job(1, { message: 'x'.repeat(5_000) }));
      await quarantine.put(job(2));
      await quarantine.put(job(1, { message: 'x'.repeat(5_000) }));
      expect(idsOf(await quarantine.list())).toEqual(['parse/a-2', 'parse/a-1']);
      expect(idsOf(await quarantine.list({ limit: 1 }))).toEqual(['parse/a-2']);
      expect(await quarantine.get('parse/a-2')).toEqual({ ...job(2), retries: [] });
      expect((await quarantine.get('parse/a-1'))?.message).toHaveLength(2_000);
      expect(await quarantine.drop('parse/a-1')).toBe(true);
      expect(await quarantine.drop('parse/a-1')).toBe(false);
      expect(await quarantine.get('parse/a-1')).toBeUndefined();
      expect(await quarantine.count()).toBe(1);
    });

    it('finds by stage, reason, age and host', async () => {
      const quarantine = await create();
      const article = { url: 'http://h2.test/x', captureRef: 's#0+1' };
      await quarantine.put(job(1));
      await quarantine.put(job(2, { id: 'index/a-2', stage: 'index', payload: { payload: { article } } }));
      await quarantine.put(job(3, { reason: 'job_timeout' }));
      await quarantine.put(job(4, { payload: { hostId: 'h-2', payload: { ref: 's#0+1' } } }));
      await quarantine.put(job(5, { payload: 'no object at all' }));
      const find = async (filter: Parameters<Quarantine['list']>[0]) => idsOf(await quarantine.list(filter));
      expect(await find({ stage: 'index' })).toEqual(['index/a-2']);
      expect(await find({ reason: 'job_timeout' })).toEqual(['parse/a-3']);
      expect(await find({ before: Date.parse(day(2)) })).toEqual(['parse/a-1']);
      expect(await find({ host: 'h2.test', hostId: 'h-2' })).toEqual(['parse/a-4', 'index/a-2']);
      expect(await find({ host: 'h2.test', stage: 'parse' })).toEqual([]);
      expect(idsOf(await Array.fromAsync(quarantine.scan({ stage: 'parse' })))).toEqual(
        [5, 4, 3, 1].map((n) => `parse/a-${n}`),
      );
    });

    it('goes on scanning what was there while the caller takes entries out', async () => {
      const quarantine = await create();
      for (let n = 1; n <= 5; n += 1) await quarantine.put(job(n));
      const seen: string[] = [];
      for await (const { id } of quarantine.scan()) {
        seen.push(id);
        await quarantine.drop(id);
      }
      expect(seen).toEqual([5, 4, 3, 2, 1].map((n) => `parse/a-${n}`));
      expect(await quarantine.count()).toBe(0);
    });

    it('remembers of a job what happened before it was put back', async () => {
      const quarantine = await create();
      await quarantine.put(job(1, { message: 'first' }));
      expect(await quarantine.beginRetry('parse/a-1', day(2))).toMatchObject({ retriedAt: day(2) });
      expect(await quarantine.count()).toBe(1);
      expect(await quarantine.endRetry('parse/a-1', day(2))).toBe(true);
      expect(await quarantine.count()).toBe(0);
      expect(await quarantine.list()).toEqual([]);
      const first = { at: day(2), quarantinedAt: day(1), reason: 'malformed_job', message: 'first' };
      const gone = await quarantine.get('parse/a-1');
      expect(gone).toMatchObject({ retriedAt: day(2), retries: [first] });
      expect(gone).not.toHaveProperty('payload');

      await quarantine.put(job(1, { message: 'second', quarantinedAt: day(3) }));
      const back = await quarantine.get('parse/a-1');
      expect(back).toEqual({ ...job(1, { message: 'second', quarantinedAt: day(3) }), retries: [first] });
      await quarantine.beginRetry('parse/a-1', day(4));
      expect((await quarantine.get('parse/a-1'))?.retries.map((retry) => retry.message)).toEqual(['first', 'second']);
    });

    it('does not take out an entry that has come back before its retry was through', async () => {
      const quarantine = await create();
      await quarantine.put(job(1));
      await quarantine.beginRetry('parse/a-1', day(2));
      await quarantine.put(job(1, { quarantinedAt: day(3) }));
      expect(await quarantine.endRetry('parse/a-1', day(2))).toBe(false);
      expect(await quarantine.get('parse/a-1')).toMatchObject({ quarantinedAt: day(3), retries: [{ at: day(2) }] });
    });

    it('counts a retry that was begun twice once, and none of what is not there', async () => {
      const quarantine = await create();
      await quarantine.put(job(1));
      await quarantine.beginRetry('parse/a-1', day(2));
      expect((await quarantine.beginRetry('parse/a-1', day(3)))?.retries).toMatchObject([{ at: day(3) }]);
      expect(await quarantine.beginRetry('parse/a-9', day(2))).toBeUndefined();
      expect(await quarantine.endRetry('parse/a-9', day(2))).toBe(false);
    });

    it('lets the oldest go when there are too many', async () => {
      const quarantine = await create({ entriesMax: 2 });
      for (const n of [2, 3, 4]) await quarantine.put(job(n));
      // Older than the others, and still the one that was just put.
      await quarantine.put(job(1));
      expect(idsOf(await quarantine.list())).toEqual(['parse/a-4', 'parse/a-1']);
      expect(await quarantine.figures()).toMatchObject({ entries: 2, evicted: 2 });
    });

    it('lets the oldest go when they are too large, and keeps count of the bytes', async () => {
      const quarantine = await create({ bytesMax: 5_000 });
      const large = { payload: { text: '字'.repeat(1_000) } };
      for (const n of [1, 2, 3]) await quarantine.put(job(n, large));
      expect(idsOf(await quarantine.list())).toEqual(['parse/a-3']);
      const { bytes } = await quarantine.figures();
      expect(bytes).toBeGreaterThan(3_000);
      expect(bytes).toBeLessThan(3_500);
      await quarantine.put(job(3));
      await quarantine.beginRetry('parse/a-3', day(4));
      await quarantine.endRetry('parse/a-3', day(4));
      await quarantine.put(job(4));
      await quarantine.drop('parse/a-4');
      expect(await quarantine.figures()).toEqual({ entries: 0, bytes: 0, evicted: 2 });
    });

    it('does not keep a payload that nobody of us can have made', async () => {
      const quarantine = await create();
      await quarantine.put(job(1, { payload: { text: 'x'.repeat(300_000) } }));
      expect(await quarantine.get('parse/a-1')).not.toHaveProperty('payload');
    });

    it('remembers only so many jobs that were put back', async () => {
      const quarantine = await create({ retriedMax: 1 });
      for (const n of [1, 2]) {
        await quarantine.put(job(n));
        await quarantine.beginRetry(`parse/a-${n}`, day(n + 2));
        await quarantine.endRetry(`parse/a-${n}`, day(n + 2));
      }
      expect(await quarantine.get('parse/a-1')).toBeUndefined();
      expect(await quarantine.get('parse/a-2')).toBeDefined();
    });
  });
}
