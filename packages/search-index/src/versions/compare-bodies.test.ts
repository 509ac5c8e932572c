import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareBodies, type ParagraphChange } from './compare-bodies.ts';

const body = (...paragraphs: string[]): string => paragraphs.join('\n\n');
const types = (changes: readonly ParagraphChange[]) => changes.map(({ type }) => type);
const one = '兰州市召开教育工作会议，部署今年任务。';
const two = '去年全市新建学校32所，新增学位1.8万个。';
const three = '会议还对校园安全提出了明确要求。';

describe('compareBodies', () => {
  it('finds what was added, removed and changed', () => {
    expect(types(compareBodies(body(one, two), body(one, two)))).toEqual(['same', 'same']);
    expect(types(compareBodies(body(one, three), body(one, two, three)))).toEqual(['same', 'added', 'same']);
    expect(types(compareBodies(body(one, two, three), body(one, three)))).toEqual(['same', 'removed', 'same']);
    const corrected = two.replace('32', '34');
    expect(compareBodies(body(one, two, three), body(one, corrected, three))[1]).toEqual({
      type: 'changed',
      before: two,
      after: corrected,
    });
    expect(types(compareBodies(body(one), body(three)))).toEqual(['removed', 'added']);
    expect(types(compareBodies(body(two, one), body('新加的导语。', two.replace('32', '34'), one)))).toEqual([
      'added',
      'changed',
      'same',
    ]);
    expect(compareBodies('', '')).toEqual([]);
  });

  it('leads from the one to the other, whatever they are', () => {
    const text = fc.array(fc.constantFrom(one, two, three, two.replace('32', '34'), 'x'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const changes = compareBodies(body(...a), body(...b));
        const before = changes.flatMap((change) =>
          change.type === 'changed' ? change.before : change.type === 'added' ? [] : change.text,
        );
        const after = changes.flatMap((change) =>
          change.type === 'changed' ? change.after : change.type === 'removed' ? [] : change.text,
        );
        expect(before).toEqual(a);
        expect(after).toEqual(b);
      }),
    );
  });

  it('is bounded for books', () => {
    const book = (first: number) =>
      body(...Array.from({ length: 3_000 }, (_, n) => String.fromCodePoint(first + n, first + n + 1).repeat(9)));
    expect(compareBodies(book(0x4e00), book(0x6e00))).toHaveLength(6_000);
  });
});
