import { describe, expect, it } from 'vitest';
import type { JointCap } from './joint-cap.ts';

const now = Date.parse('2036-01-01T00:00:00Z');
const hold = 10_000;

/** What every joint cap does. `create` gives an empty one. */
export function jointCapConformance(name: string, create: () => Promise<JointCap>): void {
  describe(`${name}: a joint cap`, () => {
    it('gives out so many places of a group, and each host one', async () => {
      const cap = await create();
      expect(await cap.enter('g', 'a', 2, now, hold)).toBeUndefined();
      expect(await cap.enter('g', 'a', 2, now, hold)).toBeUndefined();
      expect(await cap.enter('g', 'b', 2, now, hold)).toBeUndefined();
      expect(await cap.enter('g', 'c', 2, now, hold)).toBeGreaterThan(0);
      expect(await cap.enter('other', 'c', 2, now, hold)).toBeUndefined();
      await cap.leave('g', 'a');
      expect(await cap.enter('g', 'c', 2, now, hold)).toBeUndefined();
    });

    it('takes back the place of a host that nobody has left', async () => {
      const cap = await create();
      await cap.enter('g', 'a', 1, now, hold);
      expect(await cap.enter('g', 'b', 1, now + hold - 1, hold)).toBeGreaterThan(0);
      expect(await cap.enter('g', 'b', 1, now + hold, hold)).toBeUndefined();
    });

    it('has thousands that wait ask again one after another, and none for ever', async () => {
      const cap = await create();
      await cap.enter('g', 'a', 10, now, hold);
      const waits: number[] = [];
      for (let n = 0; n < 3_000; n += 1) {
        const wait = await cap.enter('g', `b${n}`, 10, now, hold);
        if (wait !== undefined) waits.push(wait);
      }
      expect(waits).toHaveLength(3_000 - 9);
      expect(waits.slice(0, 3)).toEqual([50, 100, 150]);
      expect(Math.max(...waits)).toBe(60_000);
    });
  });
}
