import { afterAll, describe, expect, inject, it } from 'vitest';
import { writingCases } from './writing.ts';

const writing = writingCases(inject('elasticsearchUrl'), inject('redisUrl'));
afterAll(() => writing[Symbol.asyncDispose]());

describe.each([...Map.groupBy(writing.cases, ({ layer }) => layer)])('%s', (_layer, cases) => {
  it.each(cases)('$id $what', async ({ run, expected }) => {
    expect(await run()).toEqual(expected);
  });
});
