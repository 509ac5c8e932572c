import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { queuePrefix } from './connect-redis.ts';

/** What lies in the queues, for whoever audits them. */
export interface QueueInventory extends AsyncDisposable {
  /** Ids of all jobs of a queue that wait, are delayed or run, as of one moment; not of those that failed for good. */
  ids(queue: string): Promise<ReadonlySet<string>>;
  /** Payloads by id, undefined for one that is no JSON; jobs that are not there are left out. */
  payloads(queue: string, ids: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /**
   * Removes what is left of jobs that are in no list: one that failed for good, or that somebody tore out. While anything of a
   * job is there, adding its id again does nothing. Jobs that a worker holds are left alone.
   */
  discard(queue: string, ids: readonly string[]): Promise<void>;
}

const idsPerStep = 500;

function payloadOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of the queues that `createBullJobQueue` makes. The caller owns the connection. */
export function createBullInventory(redis: Redis, prefix: string): QueueInventory {
  const queues = new Map<string, Queue>();
  const queueOf = (name: string): Queue => {
    const known = queues.get(name);
    if (known !== undefined) return known;
    const queue = new Queue(name, {
      connection: redis,
      prefix: queuePrefix(redis, prefix, name),
      skipWaitingForReady: true,
    });
    // Its connection is ours, and reports for itself.
    queue.on('error', () => undefined);
    queues.set(name, queue);
    return queue;
  };
  return {
    async ids(name) {
      const queue = queueOf(name);
      const lists = ['wait', 'paused', 'active'] as const;
      const sets = ['delayed', 'prioritized'] as const;
      // One step, so that a job on its way from one to the other is met.
      const step = redis.multi();
      for (const list of lists) step.lrange(queue.toKey(list), 0, -1);
      for (const set of sets) step.zrange(queue.toKey(set), '0', '-1');
      const answers = (await step.exec()) ?? [];
      const ids = new Set<string>();
      for (const [error, found] of answers) {
        if (error !== null) throw error;
        for (const id of found as string[]) ids.add(id);
      }
      return ids;
    },
    async payloads(name, ids) {
      const queue = queueOf(name);
      const found = new Map<string, unknown>();
      for (let at = 0; at < ids.length; at += idsPerStep) {
        const asked = ids.slice(at, at + idsPerStep);
        const texts = await Promise.all(asked.map((id) => redis.hget(queue.toKey(id), 'data')));
        for (const [index, text] of texts.entries()) {
          const id = asked[index];
          if (text !== null && id !== undefined) found.set(id, payloadOf(text));
        }
      }
      return found;
    },
    async discard(name, ids) {
      const queue = queueOf(name);
      const present = await Promise.all(ids.map((id) => redis.exists(queue.toKey(id))));
      const rests = ids.filter((_, at) => present[at] === 1);
      if (rests.length === 0) return;
      const live = await this.ids(name);
      // A job that is held cannot be removed, and need not be: it is not lost.
      for (const id of rests) if (!live.has(id)) await queue.remove(id);
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
    },
  };
}
