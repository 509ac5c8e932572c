import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutFragment } from './fragment.ts';

const tags = { pre: '<em>', post: '</em>' };

describe('cutFragment', () => {
  it('leaves a short one alone', () => {
    expect(cutFragment('一<em>二</em>三', tags, 20)).toBe('一<em>二</em>三');
  });
  it('shows the first mark of a long one', () => {
    const cut = cutFragment(`${'一'.repeat(1000)}<em>二</em>${'三'.repeat(1000)}`, tags, 40);
    expect(cut).toBe(`…${'一'.repeat(10)}<em>二</em>${'三'.repeat(20)}…`);
  });
  it('closes a mark that is longer than the fragment', () => {
    expect(cutFragment(`<em>${'二'.repeat(100)}</em>`, tags, 10)).toBe('<em>二二二二二二</em>…');
  });
  it('never splits an entity, a tag or a character', () => {
    const part = fc.constantFrom('字', 'a', '&amp;', '&#x2F;', '<em>字</em>', '<em>&lt;</em>', '𠮷', '；', ';');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), fc.integer({ min: 12, max: 60 }), (parts, max) => {
        const cut = cutFragment(parts.join(''), tags, max);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut.replace(/<em>|<\/em>|&amp;|&#x2F;|&lt;/g, '')).toMatch(/^[字a𠮷；;…]*$/u);
        expect(cut.split('<em>').length).toBe(cut.split('</em>').length);
      }),
    );
  });
});
