import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash, fingerprint, fingerprintBands, sameStoryMin, similarity } from './index.ts';

const paragraphs = [
  '兰州市1月25日召开全市教育工作会议，总结去年工作，部署今年任务，并对推进义务教育优质均衡发展作出安排。',
  '会议要求各县区加快补齐短板，优化资源配置，稳妥推进高考综合改革，扩大普惠性学前教育资源供给。',
  '据市教育局介绍，去年全市新建改扩建学校32所，新增学位1.8万个，教师交流轮岗1560人次。',
  '下一步，兰州将支持建设一批品质学校，引导项目、师资等资源要素向核心区域汇集，形成职普互相促进的格局。',
  '会议还对校园安全、食品卫生和心理健康工作提出了明确要求，强调压实各方责任，确保师生平安。',
];
const body = paragraphs.join('\n\n');
const traditional =
  '蘭州市1月25日召開全市教育工作會議，總結去年工作，部署今年任務，並對推進義務教育優質均衡發展作出安排。';

const compare = (a: string, b: string): number => similarity(fingerprint(a) ?? '', fingerprint(b) ?? '');

describe('fingerprint', () => {
  it('is the same for what only the printing changes: script, width, punctuation, blanks', () => {
    const simplified = paragraphs[0] ?? '';
    expect(fingerprint(traditional)).toBe(fingerprint(simplified));
    expect(fingerprint(body)).toBe(
      fingerprint(body.replaceAll('，', ', ').replaceAll('\n', ' ').replace('25', '２５')),
    );
    expect(fingerprint(body)).toMatch(/^[\w-]{96}([\w-]{16})?$/);
  });

  it.each([
    ['a dateline', `【本报讯】记者从市政府获悉：${body}`],
    ['a paragraph less', [...paragraphs.slice(0, 2), ...paragraphs.slice(3)].join('\n\n')],
    ['a paragraph more', `${body}\n\n相关负责人表示，将以此次会议为契机，进一步凝聚全社会关心支持教育的合力。`],
  ])('tells a copy with %s', (_, copy) => {
    expect(compare(body, copy)).toBeGreaterThanOrEqual(sameStoryMin);
    const bands = new Set(fingerprintBands(fingerprint(body) ?? ''));
    expect(fingerprintBands(fingerprint(copy) ?? '').some((band) => bands.has(band))).toBe(true);
  });

  it('tells strangers apart, and a form filled in with other figures', () => {
    const stranger =
      '香港恒生指數今日收報兩萬四千點，全日成交額一千二百億元，科技股普遍上升，地產股則個別發展，分析員看好後市。';
    expect(compare(body, stranger)).toBeLessThan(0.1);
    const report = (figures: number[]): string =>
      `市场监测显示，本周猪肉平均批发价为每公斤${figures[0]}元，比上周变化${figures[1]}个百分点；牛肉每公斤${figures[2]}元；` +
      `羊肉每公斤${figures[3]}元；鸡蛋每公斤${figures[4]}元，监测范围包括全省主要批发市场和超市，有关部门将继续加强市场供应保障，` +
      `确保节日期间肉蛋奶和蔬菜供应充足、价格平稳，并加大对囤积居奇和哄抬价格行为的查处力度，本次监测覆盖${figures[5]}个市场。`;
    expect(
      compare(report([23.51, 12, 76.48, 71.32, 10.99, 118]), report([21.87, 35, 79.13, 69.55, 11.26, 121])),
    ).toBeLessThan(sameStoryMin);
  });

  it('works on words as well', () => {
    const english =
      'The city council approved the plan on Monday after a long debate, and the mayor said the schools would open in ' +
      'September as promised. Parents had asked for more teachers, smaller classes and a safer way to school.';
    expect(compare(english, `BERLIN (Reuters) - ${english}`)).toBeGreaterThanOrEqual(sameStoryMin);
    expect(compare(english, english.split(' ').reverse().join(' '))).toBeLessThan(0.1);
  });

  it('has nothing to say about a few words', () => {
    expect(fingerprint('兰州今天下雨')).toBeUndefined();
    expect(fingerprint('')).toBeUndefined();
    expect(similarity('', '')).toBe(0);
  });

  it('depends on nothing but the text and is its own copy', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 60, maxLength: 200 }), (text) => {
        const print = fingerprint(text);
        expect(fingerprint(text)).toBe(print);
        if (print !== undefined) expect(similarity(print, print)).toBe(1);
      }),
    );
  });
});

describe('contentHash', () => {
  it('is 22 characters, the same for the same content and another for another split', () => {
    expect(contentHash('标题', '正文')).toMatch(/^[\w-]{22}$/);
    expect(contentHash('标题', '正文')).toBe(contentHash('标题', '正文'));
    expect(contentHash('标题正', '文')).not.toBe(contentHash('标题', '正文'));
  });
});
