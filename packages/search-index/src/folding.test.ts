import { describe, expect, it } from 'vitest';
import { foldText } from './folding.ts';

describe('foldText', () => {
  it.each([
    ['蘭州擬打造一批品質學校', '兰州拟打造一批品质学校'],
    ['ＡＩ　Zoë', 'ai zoe'],
    ['𠮷 ½ – «é»', '𠮷 ½ – «e»'],
  ])('%s → %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });
});
