import { describe, expect, it } from 'vitest';
import { hostileCases } from './all.ts';

/** Every bad input ends as it should; `node test/bench/hostile/main.ts` counts them by layer. */
describe.each([...Map.groupBy(hostileCases, ({ layer }) => layer)])('%s', (_layer, cases) => {
  it.each(cases)('$id $what', async ({ run, expected }) => {
    expect(await run()).toEqual(expected);
  });
});
