import { pipeline, type StageName } from '@newsmill/contracts';
import { infoOf, type JobQueue } from '@newsmill/queue';
import type { Redis } from 'ioredis';
import type { PauseReason } from './intake.ts';
import { figureOf } from './open-redis.ts';

/** One thing that is looked at before new work is taken. */
export interface IntakeProbe {
  readonly reason: PauseReason;
  readonly resumeBelow: number;
  /** Share of the limit that is used; undefined when there is no limit. May reject: then it counts as unknown. */
  read(): Promise<number | undefined>;
}

/**
 * The next stage's queue.
 * @param countMax jobs that may wait there
 * @param reserve jobs that this worker may add before it notices: it pauses so many early
 */
export function queueProbe(
  queue: Pick<JobQueue, 'depth'>,
  stage: Extract<StageName, 'parse' | 'index'>,
  countMax: number,
  reserve: number,
): IntakeProbe {
  const limit = Math.max(1, countMax - reserve);
  return {
    reason: `${stage}_queue`,
    resumeBelow: 0.8,
    async read() {
      const { waiting, delayed } = await queue.depth(pipeline[stage].queue);
      return (waiting + delayed) / limit;
    },
  };
}

/**
 * Redis' memory. Without `maxmemory` the machine's own counts: there Redis is not told "no", it is killed.
 * @param percentMax of that limit
 */
export function redisMemoryProbe(
  redis: Pick<Redis, 'info'> & { readonly isCluster?: boolean },
  percentMax: number,
): IntakeProbe {
  return {
    reason: 'redis_memory',
    // What the ledger holds never goes away, so waiting for much room would be waiting for ever.
    resumeBelow: 0.97,
    async read() {
      // Of a cluster the fullest node counts.
      const shares = (await infoOf(redis, 'memory')).flatMap((info) => {
        const limit = figureOf(info, 'maxmemory') || figureOf(info, 'total_system_memory');
        return limit === 0 ? [] : [figureOf(info, 'used_memory') / limit / (percentMax / 100)];
      });
      return shares.length === 0 ? undefined : Math.max(...shares);
    },
  };
}

/** @param freeBytes what is left on the disk @param freeMin what must stay */
export function diskProbe(freeBytes: () => Promise<number>, freeMin: number): IntakeProbe {
  return {
    reason: 'archive_disk',
    resumeBelow: 0.8,
    read: async () => freeMin / Math.max(1, await freeBytes()),
  };
}

/**
 * This process' own memory, where its container (cgroup) sets a limit: better no new work than a kill in the middle of it.
 * A process without work takes the next one whatever it holds; what it holds then is garbage that only work collects.
 */
export function processMemoryProbe(
  percentMax: number,
  isBusy: () => boolean,
  memory: { readonly used: () => number; readonly limit: () => number } = {
    used: () => process.memoryUsage.rss(),
    limit: () => process.constrainedMemory(),
  },
): IntakeProbe {
  return {
    reason: 'process_memory',
    resumeBelow: 0.95,
    async read() {
      const limit = memory.limit();
      // Without a cgroup the kernel says 0 or an astronomic number.
      if (limit === 0 || limit > 2 ** 50) return undefined;
      return isBusy() ? memory.used() / limit / (percentMax / 100) : 0;
    },
  };
}
