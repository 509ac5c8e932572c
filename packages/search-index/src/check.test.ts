import { describe, expect, it } from 'vitest';
import { compareLeaves, compareMappings } from './check.ts';
import { indexNames } from './names.ts';

describe('compareMappings', () => {
  it('names what is missing, changed and extra, inside objects too', () => {
    const code = { a: { type: 'keyword' }, o: { properties: { x: { type: 'date' }, y: { type: 'text' } } } };
    const live = {
      o: { properties: { x: { type: 'long' }, z: { type: 'text' }, y: { type: 'text', analyzer: 'cjk' } } },
    };
    expect(compareMappings(code, live)).toEqual([
      { path: 'a', kind: 'missing', detail: 'is in the code, not in the index' },
      { path: 'o.x', kind: 'changed', detail: 'type is long, the code says date' },
      { path: 'o.y', kind: 'changed', detail: 'analyzer is cjk, the code says absent' },
      { path: 'o.z', kind: 'extra', detail: 'is in the index, not in the code' },
    ]);
  });
  it('takes "true" and true for the same', () => {
    expect(compareLeaves({ a: { b: true, n: 1 } }, { a: { b: 'true', n: '1' } })).toEqual([]);
  });
});

describe('indexNames', () => {
  it('puts the prefix everywhere and refuses a bad one', () => {
    expect(indexNames('t-')).toEqual({
      alias: 't-articles',
      template: 't-articles-v1',
      pattern: 't-articles-v1-*',
      first: 't-articles-v1-000001',
      reindex: 't-articles-reindex',
    });
    for (const prefix of ['A', '*', '-x', 'a,b', 'a/b']) expect(() => indexNames(prefix)).toThrow(/index prefix/);
  });
});
