import { decodeMemory, emptyMemory, encodeMemory, learn, type Observation, type SiteMemory } from '@newsmill/core';
import type { Redis } from 'ioredis';
import type { SiteMemories } from './port.ts';
import * as scripts from './scripts.ts';

/** Observations that wait before they are folded into the snapshot. At 2 KB each they are 16 KB beside its 48. */
const foldAt = 8;
/** No more are taken in before somebody has folded: a site's memory never outgrows its bound. */
const waitingMax = 12;
/** Whoever finds no room so often gives up: what one page teaches is not worth more. */
const triesMax = 20;
/** A site that nobody has read for so long is forgotten. */
const ttlMs = 30 * 86_400_000;

type Scripts = {
  nmMemoryRecord(...args: (string | number)[]): Promise<number>;
  nmMemoryRead(...args: string[]): Promise<[base: string, snapshot: string, waiting: string[]]>;
  nmMemoryFold(...args: (string | number)[]): Promise<number>;
};

/** The caller owns the connection. `prefix` is the first part of every key. */
export function createRedisSiteMemories(redis: Redis, prefix: string): SiteMemories {
  redis.defineCommand('nmMemoryRecord', { numberOfKeys: 2, lua: scripts.record });
  redis.defineCommand('nmMemoryRead', { numberOfKeys: 2, lua: scripts.read });
  redis.defineCommand('nmMemoryFold', { numberOfKeys: 2, lua: scripts.fold });
  const run = redis as unknown as Scripts;
  const keysOf = (site: string) => [`${prefix}:memory:{${site}}:s`, `${prefix}:memory:{${site}}:l`] as const;

  async function load(site: string): Promise<{ base: string; waiting: number; memory: SiteMemory }> {
    const [base, snapshot, waiting] = await run.nmMemoryRead(...keysOf(site));
    const known = snapshot === '' ? emptyMemory : decodeMemory(snapshot);
    return { base, waiting: waiting.length, memory: learn(known, ...waiting.flatMap(readObservation)) };
  }

  async function fold(site: string): Promise<void> {
    const { base, waiting, memory } = await load(site);
    // When somebody else is faster, his snapshot holds the same.
    if (waiting > 0) await run.nmMemoryFold(...keysOf(site), base, waiting, encodeMemory(memory), ttlMs);
  }

  return {
    read: async (site) => (await load(site)).memory,
    async record(site, observation) {
      const keys = keysOf(site);
      const text = JSON.stringify(observation);
      for (let tries = 0; tries < triesMax; tries += 1) {
        const waiting = await run.nmMemoryRecord(...keys, text, waitingMax, ttlMs);
        if (waiting < 0 || waiting >= foldAt) await fold(site);
        if (waiting >= 0) return;
      }
    },
  };
}

/** What another version wrote is passed over. */
function readObservation(text: string): Observation[] {
  try {
    const value = JSON.parse(text) as Observation;
    return value.v === 1 ? [value] : [];
  } catch {
    return [];
  }
}
