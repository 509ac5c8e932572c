import type { Redis } from 'ioredis';
import type { AuditProgress } from './progress.ts';

/** Where an audit that was interrupted, also by SIGKILL, left off; the last one that ended stays to be shown. */
export interface AuditStore {
  load(): Promise<AuditProgress | undefined>;
  save(progress: AuditProgress): Promise<void>;
}

/** After that nobody goes on with it: the hosts have moved on. */
const keptSeconds = 7 * 86_400;

export function createRedisAuditStore(redis: Pick<Redis, 'get' | 'set'>, prefix: string): AuditStore {
  const key = `${prefix}:audit`;
  return {
    async load() {
      const text = await redis.get(key);
      return text === null ? undefined : (JSON.parse(text) as AuditProgress);
    },
    async save(progress) {
      await redis.set(key, JSON.stringify(progress), 'EX', keptSeconds);
    },
  };
}
