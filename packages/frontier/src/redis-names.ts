import type { Redis } from 'ioredis';
import type { Names } from './packing.ts';
import { nameNumber } from './scripts.ts';

type NameScript = { nmNameNumber(key: string, name: string): Promise<string> };

/**
 * Numbers for source ids and reasons, the same for all processes and for ever. There are about as many as there are
 * sources, so what was asked once is kept.
 */
export function createRedisNames(redis: Redis, key: string): Names {
  redis.defineCommand('nmNameNumber', { numberOfKeys: 1, lua: nameNumber });
  const numbers = new Map<string, Promise<number>>();
  const names = new Map<number, Promise<string>>();
  const once = <Key, Value>(cache: Map<Key, Promise<Value>>, asked: Key, ask: () => Promise<Value>): Promise<Value> => {
    const known = cache.get(asked);
    if (known !== undefined) return known;
    const answer = ask();
    cache.set(asked, answer);
    // What failed once is asked again.
    answer.catch(() => cache.delete(asked));
    return answer;
  };
  return {
    numberOf: (name) =>
      once(numbers, name, async () => Number(await (redis as unknown as NameScript).nmNameNumber(key, name))),
    nameOf: (number) =>
      once(names, number, async () => {
        const name = await redis.hget(key, `n${number}`);
        if (name === null) throw new Error(`the frontier has no name ${number}: ${key} is damaged`);
        return name;
      }),
  };
}
