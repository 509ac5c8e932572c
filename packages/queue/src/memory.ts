import type { Consumer, Delivery, Depth, JobQueue, NewJob, Settlement } from './port.ts';

interface Entry {
  readonly job: NewJob;
  attempt: number;
  state: 'waiting' | 'delayed' | 'active';
  readonly addedAt: number;
  timer?: NodeJS.Timeout;
}

interface Lane {
  readonly entries: Map<string, Entry>;
  /** Consumers that may have room. */
  readonly wake: Set<() => void>;
}

/** A queue inside one process: for unit tests and for `newsmill parse`-like runs that need no Redis. Nothing is durable. */
export function createMemoryJobQueue(): JobQueue {
  const lanes = new Map<string, Lane>();
  const consumers = new Set<Consumer>();
  const laneOf = (name: string): Lane => {
    const lane = lanes.get(name) ?? { entries: new Map(), wake: new Set() };
    lanes.set(name, lane);
    return lane;
  };

  const enqueue = (lane: Lane, entry: Entry, delayMs: number): void => {
    const ready = () => {
      entry.state = 'waiting';
      for (const wake of lane.wake) wake();
    };
    if (delayMs <= 0) {
      ready();
      return;
    }
    entry.state = 'delayed';
    entry.timer = setTimeout(ready, delayMs);
  };

  return {
    async add(name, jobs) {
      const lane = laneOf(name);
      for (const job of jobs) {
        if (lane.entries.has(job.id)) continue;
        // Through JSON, as it would travel: a payload that Redis could not carry must fail here too.
        const copy: NewJob = { ...job, payload: JSON.parse(JSON.stringify(job.payload)) };
        const entry: Entry = { job: copy, attempt: 1, state: 'waiting', addedAt: Date.now() };
        lane.entries.set(job.id, entry);
        enqueue(lane, entry, job.delayMs ?? 0);
      }
    },

    consume(name, options, handler) {
      const lane = laneOf(name);
      const stopping = new AbortController();
      const running = new Set<Promise<void>>();
      let paused = false;
      const settle = (entry: Entry, settlement: Settlement): void => {
        switch (settlement.type) {
          case 'complete':
            lane.entries.delete(entry.job.id);
            return;
          case 'retry':
            entry.attempt += 1;
            enqueue(lane, entry, settlement.delayMs);
            return;
          case 'postpone':
            enqueue(lane, entry, settlement.delayMs);
            return;
          case 'handback':
            enqueue(lane, entry, 0);
        }
      };
      const run = async (entry: Entry): Promise<void> => {
        const delivery: Delivery = {
          id: entry.job.id,
          payload: entry.job.payload,
          attempt: entry.attempt,
          crashes: 0,
          signal: stopping.signal,
        };
        const settlement = await handler(delivery).catch(
          (error: unknown): Settlement => ({ type: 'retry', delayMs: 1_000, message: String(error) }),
        );
        settle(entry, settlement);
      };
      const take = (): void => {
        for (const entry of lane.entries.values()) {
          if (paused || stopping.signal.aborted || running.size >= options.concurrency) return;
          if (entry.state !== 'waiting') continue;
          entry.state = 'active';
          const work = run(entry).finally(() => {
            running.delete(work);
            queueMicrotask(take);
          });
          running.add(work);
        }
      };
      lane.wake.add(take);
      queueMicrotask(take);
      const consumer: Consumer = {
        trouble: undefined,
        get active() {
          return running.size;
        },
        pause() {
          paused = true;
        },
        resume() {
          paused = false;
          queueMicrotask(take);
        },
        async stop(deadlineMs) {
          stopping.abort(new Error('the worker is stopping'));
          lane.wake.delete(take);
          await Promise.race([
            Promise.allSettled([...running]),
            new Promise((resolve) => setTimeout(resolve, deadlineMs).unref()),
          ]);
          consumers.delete(consumer);
        },
      };
      consumers.add(consumer);
      return consumer;
    },

    async depth(name): Promise<Depth> {
      const depth = { waiting: 0, delayed: 0, active: 0 };
      for (const entry of laneOf(name).entries.values()) depth[entry.state] += 1;
      return depth;
    },

    async oldest(name) {
      let oldest: number | undefined;
      for (const { state, addedAt } of laneOf(name).entries.values()) {
        if (state === 'waiting') oldest = Math.min(oldest ?? addedAt, addedAt);
      }
      return oldest;
    },

    async [Symbol.asyncDispose]() {
      await Promise.all([...consumers].map((consumer) => consumer.stop(1_000)));
      for (const lane of lanes.values()) for (const entry of lane.entries.values()) clearTimeout(entry.timer);
      lanes.clear();
    },
  };
}
