import { describe, expect, it } from 'vitest';
import type { Delivery, JobQueue, Settlement } from './port.ts';

/** What every queue does. `create` gives one whose queues are empty; the suite disposes of it. */
export function queueConformance(name: string, create: () => Promise<JobQueue>): void {
  /** Runs `script` on the deliveries of queue q, in order, and resolves with them when the script is through. */
  async function deliver(
    queue: JobQueue,
    script: readonly ((delivery: Delivery) => Settlement | Promise<Settlement>)[],
    concurrency = 1,
  ): Promise<Delivery[]> {
    const seen: Delivery[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const consumer = queue.consume('q', { concurrency }, async (delivery) => {
      const step = script[seen.length];
      seen.push(delivery);
      if (step === undefined) throw new Error(`unexpected delivery of ${delivery.id}`);
      const settlement = await step(delivery);
      if (seen.length === script.length) setImmediate(resolve);
      return settlement;
    });
    await promise;
    await consumer.stop(5_000);
    return seen;
  }
  const complete = (): Settlement => ({ type: 'complete' });

  describe(`${name}: queue`, () => {
    it('delivers what was added, once each, in a copy', async () => {
      await using queue = await create();
      await queue.add('q', [
        { id: 'a-1', payload: { n: 1 } },
        { id: 'a-2', payload: { n: 2 } },
      ]);
      const seen = await deliver(queue, [complete, complete]);
      expect(seen.map((one) => [one.id, one.payload, one.attempt]).sort()).toEqual([
        ['a-1', { n: 1 }, 1],
        ['a-2', { n: 2 }, 1],
      ]);
      expect(await queue.depth('q')).toEqual({ waiting: 0, delayed: 0, active: 0 });
    });

    it('takes an id once while it waits, and again when it is through', async () => {
      await using queue = await create();
      await queue.add('q', [{ id: 'a-1', payload: 1 }]);
      await queue.add('q', [{ id: 'a-1', payload: 2 }]);
      expect((await queue.depth('q')).waiting).toBe(1);
      expect((await deliver(queue, [complete])).map((one) => one.payload)).toEqual([1]);
      await queue.add('q', [{ id: 'a-1', payload: 3 }]);
      expect((await deliver(queue, [complete])).map((one) => one.payload)).toEqual([3]);
    });

    it('counts an attempt for a retry, none for a postponement or a hand-back', async () => {
      await using queue = await create();
      await queue.add('q', [{ id: 'a-1', payload: 1 }]);
      const seen = await deliver(queue, [
        () => ({ type: 'postpone', delayMs: 1 }),
        () => ({ type: 'retry', delayMs: 1, message: 'no' }),
        () => ({ type: 'handback' }),
        complete,
      ]);
      expect(seen.map((one) => one.attempt)).toEqual([1, 1, 2, 2]);
    });

    it('tells since when the first job waits', async () => {
      await using queue = await create();
      expect(await queue.oldest('q')).toBeUndefined();
      const before = Date.now();
      await queue.add('q', [{ id: 'a-1', payload: 1 }]);
      const first = (await queue.oldest('q')) ?? 0;
      expect(first).toBeGreaterThanOrEqual(before);
      expect(first).toBeLessThanOrEqual(Date.now());
      await queue.add('q', [{ id: 'a-2', payload: 2 }]);
      expect(await queue.oldest('q')).toBe(first);
      await deliver(queue, [complete, complete]);
      expect(await queue.oldest('q')).toBeUndefined();
    });

    it('holds a delayed job back', async () => {
      await using queue = await create();
      await queue.add('q', [{ id: 'late-1', payload: 'late', delayMs: 300 }]);
      await queue.add('q', [{ id: 'soon-1', payload: 'soon' }]);
      expect(await queue.depth('q')).toEqual({ waiting: 1, delayed: 1, active: 0 });
      expect((await deliver(queue, [complete, complete])).map((one) => one.payload)).toEqual(['soon', 'late']);
    });

    it('stops: tells the handlers, waits for them, hands the rest to the next consumer', async () => {
      await using queue = await create();
      await queue.add('q', [
        { id: 'a-1', payload: 1 },
        { id: 'a-2', payload: 2 },
      ]);
      const started = Promise.withResolvers<void>();
      const consumer = queue.consume('q', { concurrency: 1 }, async (delivery) => {
        started.resolve();
        await new Promise((resolve) => delivery.signal.addEventListener('abort', resolve, { once: true }));
        return { type: 'handback' };
      });
      await started.promise;
      expect(consumer.active).toBe(1);
      await consumer.stop(5_000);
      expect(await queue.depth('q')).toEqual({ waiting: 2, delayed: 0, active: 0 });
      const seen = await deliver(queue, [complete, complete]);
      expect(seen.map((one) => one.attempt)).toEqual([1, 1]);
    });

    it('takes nothing while it is paused, and goes on where it was', async () => {
      await using queue = await create();
      const seen: string[] = [];
      let arrived = Promise.withResolvers<void>();
      const consumer = queue.consume('q', { concurrency: 1 }, async ({ id }) => {
        seen.push(id);
        arrived.resolve();
        return { type: 'complete' };
      });
      await queue.add('q', [{ id: 'a-1', payload: 1 }]);
      await arrived.promise;
      consumer.pause();
      arrived = Promise.withResolvers();
      // The first may have been on its way; from then on they stay where they are.
      await queue.add('q', [{ id: 'b-1', payload: 1 }]);
      await queue.add('q', [
        { id: 'c-1', payload: 1 },
        { id: 'd-1', payload: 1 },
      ]);
      const { waiting } = await queue.depth('q');
      expect(waiting).toBeGreaterThanOrEqual(2);
      const before = seen.length;
      consumer.resume();
      while (seen.length < 4) {
        arrived = Promise.withResolvers();
        await arrived.promise;
      }
      expect(before).toBeLessThanOrEqual(2);
      expect(seen.toSorted()).toEqual(['a-1', 'b-1', 'c-1', 'd-1']);
      await consumer.stop(5_000);
    });

    it('runs as many at once as asked', async () => {
      await using queue = await create();
      await queue.add(
        'q',
        [1, 2, 3].map((n) => ({ id: `a-${n}`, payload: n })),
      );
      let active = 0;
      let most = 0;
      const full = Promise.withResolvers<void>();
      const step = async (): Promise<Settlement> => {
        active += 1;
        most = Math.max(most, active);
        if (active === 3) full.resolve();
        await full.promise;
        active -= 1;
        return { type: 'complete' };
      };
      await deliver(queue, [step, step, step], 3);
      expect(most).toBe(3);
    });
  });
}
