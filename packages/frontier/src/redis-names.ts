import { createHash, randomUUID } from 'node:crypto';
import { RetryLaterError } from '@newsmill/contracts';
import type { Redis } from 'ioredis';
import { connectionsOf } from './connections.ts';
import type { Names } from './packing.ts';
import { nameNumber } from './scripts.ts';

type NameScript = { nmNameNumber(key: string, name: string, epoch: string, number: number): Promise<string> };

/** A job that meets a number without a name comes back after so long; it is not to blame. */
const untoldMs = 2_000;
/** So often a process makes sure that its numbers are still those of Redis. */
const checkEveryMs = 1_000;
/** A process that has made sure within this time goes on while it asks again. */
const waitAfterMs = 10_000;

/**
 * Numbers for source ids and reasons, the same for all processes and for ever. There are about as many as there are
 * sources, so what was asked once is kept: until Redis begins anew, with nothing in it.
 *
 * Then a write that was under way carries numbers that Redis has forgotten. So a name's number follows from the name, and
 * who knew names tells them again: what was written means what it did, unless two names want the same number (one in
 * 16,000 for each pair) and come in another order than before.
 */
export function createRedisNames(redis: Redis, key: string): Names {
  redis.defineCommand('nmNameNumber', { numberOfKeys: 1, lua: nameNumber });
  const numbers = new Map<string, Promise<number>>();
  const names = new Map<number, Promise<string>>();
  let epoch: string | null | undefined;
  let checkedAt = Number.NEGATIVE_INFINITY;
  let checking: Promise<void> | undefined;
  const connections = connectionsOf(redis);
  let connected = 0;
  async function check(): Promise<void> {
    const { count } = connections;
    const isAnew = connected !== count;
    const now = await redis.hget(key, 'epoch');
    const known = [...numbers.keys()];
    if (now !== epoch) {
      numbers.clear();
      names.clear();
    }
    // A Redis that was started again may have lost all it had, or its last second.
    if (isAnew || now !== epoch) await Promise.all(known.map(ask));
    epoch = now ?? (await redis.hget(key, 'epoch'));
    // Until all are told again, everybody waits.
    connected = count;
    checkedAt = performance.now();
  }
  async function ask(name: string): Promise<number> {
    return Number(await (redis as unknown as NameScript).nmNameNumber(key, name, randomUUID(), preferredNumber(name)));
  }
  async function sameEpoch(): Promise<void> {
    // A Redis that lost its data was started again, and everybody connected anew.
    const isSame = connected === connections.count;
    const ageMs = performance.now() - checkedAt;
    if (isSame && ageMs < checkEveryMs) return;
    checking ??= check().finally(() => {
      checking = undefined;
    });
    // Whoever asks next hears of its failure.
    if (isSame && ageMs < waitAfterMs) {
      checking.catch(() => undefined);
      return;
    }
    await checking;
    // It may have begun before the connection was made anew.
    if (connected !== connections.count) await sameEpoch();
  }
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
    async numberOf(name) {
      await sameEpoch();
      return once(numbers, name, () => ask(name));
    },
    async nameOf(number) {
      await sameEpoch();
      return once(names, number, async () => {
        const name = await redis.hget(key, `n${number}`);
        if (name === null) {
          // Redis may have forgotten it a moment ago, and who wrote the row tells it again as soon as he is connected.
          throw new RetryLaterError(untoldMs, `the frontier has no name ${number}: ${key} is damaged`);
        }
        return name;
      });
    },
  };
}

/** Two bytes in a row: 128 to 16,383. */
function preferredNumber(name: string): number {
  return 128 + (createHash('sha256').update(name).digest().readUInt32BE(0) % (16_384 - 128));
}
