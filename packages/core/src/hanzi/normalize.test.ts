import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeLine, normalizeText } from './normalize.ts';

describe('normalizeText', () => {
  it.each([
    ['　　甘肃省　教育\u00a0大会  召开\u00a0 今日\t\u00a0', '甘肃省 教育\u00a0大会 召开 今日'],
    ['一\u00a0\n\u00a0二', '一\n二'],
    ['ＧＤＰ增长５．５％，“很好”！（完）', 'GDP增长5.5%，“很好”！（完）'],
    ['兰州,1月25日:(记者)', '兰州,1月25日:(记者)'],
    ['ﾄｳｷｮｳ ﾊﾞｽ', 'トウキョウ バス'],
    ['金\uf90a ⼀⼆ ﹁引﹂︵括︶', '金金 一二 「引」（括）'],
    ['zero\u200bwidth soft\u00adhyphen \u202dbidi\u202c 葛\udb40\udd00城 \ufeff', 'zerowidth softhyphen bidi 葛城'],
    ['兰\u200d州', '兰州'],
    ['می\u200cخواهم 👨\u200d👩\u200d👧', 'می\u200cخواهم 👨\u200d👩\u200d👧'],
    ['Cafe\u0301 \u212b', 'Café Å'],
    ['一\r\n\r\n\r\n 二\r三', '一\n\n二\n三'],
    ['\ud800甲\udc00', '\ufffd甲\ufffd'],
    ['  \u3000\n ', ''],
  ])('%j becomes %j', (printed, expected) => {
    expect(normalizeText(printed)).toBe(expected);
  });

  it('makes one line with plain spaces of a headline', () => {
    expect(normalizeLine(' 甘肃省\u00a0教育\u200b大会 \n\n 今日召开 ')).toBe('甘肃省 教育大会 今日召开');
  });

  it('changes nothing the second time', () => {
    const alphabet = fc.constantFrom(
      ...' \n\r\t　\u00a0兰州網５．％ｶﾞﾊﾟ\uff9e\uff9f金\uf90a⼀︵︶﹐e\u0301\u0308\u200b\u200c\u200d\u00ad\ufe0f\ufeff\ud800\udc00\u1100\u1161\u3099かم😀\u212b\u2329',
    );
    const text = fc.oneof(
      fc.string({ unit: alphabet, maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
    );
    fc.assert(
      fc.property(text, (printed) => {
        const once = normalizeText(printed);
        expect(normalizeText(once)).toBe(once);
        const line = normalizeLine(printed);
        expect(normalizeLine(line)).toBe(line);
        expect(line).not.toMatch(/[\n\u00a0]| {2}/);
        expect(once.isWellFormed()).toBe(true);
        expect(once).toBe(once.normalize('NFC'));
      }),
      { numRuns: 10_000 },
    );
  });
});
