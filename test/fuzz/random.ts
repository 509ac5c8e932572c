import { seeded } from '../support/random.ts';

/** A stream of numbers that is the same for the same seed (mulberry32). */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, n). */
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
  /** True with that probability. */
  chance(p: number): boolean;
}

export function createRandom(seed: number): Random {
  const next = seeded(seed);
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[below(list.length)] as (typeof list)[number];
    },
    chance: (p) => next() < p,
  };
}

/** The seed of one execution of one target: any of them can be run again alone. */
export function seedOf(seed: number, target: string, execution: number): number {
  let hash = 2_166_136_261 ^ seed;
  for (const char of `${target}/${execution}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return hash >>> 0;
}
