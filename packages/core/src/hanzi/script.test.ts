import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectScript, foldScript, toSimplified, traditionalToSimplified } from './index.ts';

describe('detectScript', () => {
  it.each([
    ['Hans', '兰州市今天召开教育工作会议。'],
    ['Hans', '乾隆年间的文物，台湾专家着手研究'],
    ['Hant', '香港特區政府今日公布財政預算案。'],
    ['Hant', '裏面、皇后、干預、理髮'],
    ['mixed', '简体中文与繁體中文對照閱讀练习'],
    [undefined, '中山大道'],
    [undefined, 'No Han at all'],
  ])('%s: %s', (script, text) => {
    expect(detectScript(text)).toBe(script);
  });
});

describe('foldScript', () => {
  it('makes one of what search may treat as one', () => {
    expect(foldScript('ＡＩ 看著 臺灣金門 裡裏 衞説')).toBe('ai 看着 台湾金门 里里 卫说');
    expect(foldScript('plain ascii')).toBe('plain ascii');
    expect(foldScript('𫟦䡵 𠏢')).toBe(foldScript('𫟦𫟦 𠏢'));
  });

  it('is the same again, and the same for both scripts', () => {
    const characters = [...traditionalToSimplified.keys(), ...'中国ａＢ　，。é'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...characters), { maxLength: 30 }), (list) => {
        const text = list.join('');
        const folded = foldScript(text);
        expect(foldScript(folded)).toBe(folded);
        expect(foldScript(toSimplified(text).replaceAll('著', '着'))).toBe(foldScript(foldScript(toSimplified(text))));
      }),
    );
  });

  it('agrees with the rules that the search index loads', () => {
    const rules = readFileSync(
      new URL('../../../search-index/src/data/traditional-to-simplified.txt', import.meta.url),
      'utf8',
    );
    const lines = rules.trim().split('\n');
    expect(lines.length).toBeGreaterThan(4_000);
    for (const line of lines) {
      const [from = '', to = ''] = line.split('=>');
      expect(foldScript(from), line).toBe(to.toLowerCase());
    }
  });
});
