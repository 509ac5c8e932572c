import { expect, it } from 'vitest';
import { recently } from './recently.ts';

it('asks once for all who want to know at about the same time', async () => {
  let now = 0;
  let asked = 0;
  const answers = [Promise.withResolvers<number>(), Promise.withResolvers<number>(), Promise.withResolvers<number>()];
  const get = recently(
    1_000,
    () => now,
    () => {
      asked += 1;
      return answers[asked - 1]?.promise ?? Promise.reject(new Error('asked too often'));
    },
  );
  const [one, other] = [get(), get()];
  now = 5_000;
  const late = get();
  answers[0]?.resolve(1);
  expect(await Promise.all([one, other, late])).toEqual([1, 1, 1]);
  now = 5_999;
  expect(await get()).toBe(1);
  expect(asked).toBe(1);
  now = 6_000;
  const failed = get();
  answers[1]?.reject(new Error('away'));
  await expect(failed).rejects.toThrow('away');
  answers[2]?.resolve(3);
  expect(await get()).toBe(3);
  expect(asked).toBe(3);
});
