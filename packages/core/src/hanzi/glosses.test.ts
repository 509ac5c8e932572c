import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mangle } from '../../scripts/mangle-text.ts';
import { repairGlosses } from './glosses.ts';
import { toSimplified } from './simplification.ts';

const seed: { bodyParagraphs: string[] } = JSON.parse(
  readFileSync(new URL('../../../../test/sites/seed/expected.json', import.meta.url), 'utf8'),
);
const clean = seed.bodyParagraphs.join('\n');

/** Shows the pattern, so that a short piece can be repaired in its context. */
const mangledPage = mangle(clean, { isHeavy: true, isAligned: true });
const repairOn = (text: string): string => repairGlosses(`${mangledPage}\n${text}`).apply(text);

describe('repairGlosses', () => {
  it.each([{ isHeavy: false }, { isHeavy: true }])('gives back the original of an undamaged copy (%o)', (machine) => {
    const copy = mangle(clean, { ...machine, isAligned: true });
    const decision = repairGlosses(copy);
    expect(copy).toContain('(wǎng)');
    expect(decision.repairs).toEqual(['pinyin-gloss', 'traditional-to-simplified']);
    expect(decision.apply(copy)).toBe(clean);
  });

  it('gives back nearly all of a damaged copy, and says so', () => {
    // GBK has no no-break space.
    const original = `${clean.replaceAll('\u00a0', ' ')}\n不得侵犯个人隐私A，当地企业家积极参与，测量仪器全部更新。`;
    const copy = mangle(original, { isHeavy: true });
    expect(copy).toMatch(/\?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)/);
    const decision = repairGlosses(copy);
    expect(decision.repairs).toContain('gloss-damage');
    expect(decision.apply(copy)).toBe(original);
  });

  it.each([
    ['侵犯?jìng)€(gè)人隱私', '侵犯个人隐私'],
    ['測(cè)量?jī)x器有顯示值', '测量仪器有显示值'],
    ['成為人們?nèi)粘；顒?dòng)的一部分', '成为人们日常活动的一部分'],
    ['供應(yīng)的制高點(diǎn)?！皯?zhàn)略性礦產(chǎn)', '供应的制高点。“战略性矿产'],
    ['因?yàn)橐婚_(kāi)始', '因为一开始'],
    ['當(dāng)?shù)刂髽I(yè)', '当地煮业'],
    ['表示W(wǎng)P手機(jī)', '表示WP手机'],
    ['隨著改革發(fā)展,這部著作發(fā)揮著顯著作用', '随着改革发展,这部著作发挥着显著作用'],
    ['餅干、乾隆年間', '饼干、乾隆年间'],
    ['(wǎng)絡(luò)', '络'],
  ])('repairs %s on a mangled page', (printed, expected) => {
    expect(repairOn(printed)).toBe(expected);
  });

  it('leaves on a mangled page what is no gloss of the machine', () => {
    expect(repairOn('饕餮(tāo tiè)')).toBe('饕餮(tāo tiè)');
    expect(repairOn('(記者 Wang)系統(tǒng)(a)圖(b)')).toBe('(记者 Wang)系统(a)图(b)');
    expect(repairOn('真的嗎?”他問')).toBe('真的吗?”他问');
  });

  it('repairs the machine that glosses by steps and strews emoji', () => {
    const copy =
      '電磁流量(liàng)計是利用(yong)法拉第電(dian)磁感應定(ding)律制成的(de)一種測量(liang)🆚導✊電液體(tǐ)體積流量(liang)的儀表，' +
      '50年(nián)代初電磁(ci)流⛷️量計實(shí)現了工業(ye)化應用，近(jin)年來世界(jiè)範圍電磁(cí)流量計産(chǎn)量約占工(gong)業儀(yi)表的(de)六成，' +
      '磁(cí)力線運動(dòng)時在導體(tǐ)兩端會感(gǎn)應一個與(yǔ)磁場方向(xiàng)垂直的電(diàn)動勢。';
    const decision = repairGlosses(copy);
    expect(decision.pattern).toBe('steps');
    expect(decision.apply(copy)).toBe(
      '电磁流量计是利用法拉第电磁感应定律制成的一种测量导电液体体积流量的仪表，' +
        '50年代初电磁流量计实现了工业化应用，近年来世界范围电磁流量计产量约占工业仪表的六成，' +
        '磁力线运动时在导体两端会感应一个与磁场方向垂直的电动势。',
    );
  });

  it.each([
    ['a dictionary', '饕餮(tāo tiè)，古代神話中的怪獸。貔貅(pí xiū)、狴犴(bì àn)、蒲牢(pú láo)皆為龍子。'],
    ['rare characters explained', '鄞(yín)縣、郫(pí)縣、鄠(hù)縣、盩(zhōu)厔(zhì)縣、鄄(juàn)城縣、亳(bó)州'],
    ['a lesson', '床(chuáng)前(qián)明(míng)月(yuè)光(guāng)，疑(yí)是(shì)地(dì)上(shàng)霜(shuāng)。'],
    [
      'a lesson in traditional',
      '書(shū)中自有顏如玉。請寫出讀音：書、龍(lóng)、龜(guī)、鳳(fèng)。龍和鳳是書裡的動物，龜也是，書上說龍會飛。',
    ],
    ['surnames', '姓氏讀音：鄭(zhèng)、劉(liú)、陳(chén)、趙(zhào)、黃(huáng)、吳(wú)、馮(féng)、鄧(dèng)、譚(tán)。'],
    ['two words explained', '網(wǎng)路時代的「優(yōu)」勢：網路無處不在，優秀的網站靠的是網友。'],
    [
      'figures and terms',
      '如圖(a)、圖(b)所示，函數(f)與變量(x)的關係見式(e)，電腦(PC)、網路(LAN)、數據(data)、標準(ISO)。',
    ],
    ['genuine traditional', '香港特區政府（SAR）今日公布新一份財政預算案，市民反應不一。'],
    ['nothing', ''],
  ])('leaves %s alone', (_, text) => {
    const decision = repairGlosses(text);
    expect(decision.repairs).toEqual([]);
    expect(decision.apply(text)).toBe(text);
  });

  it('changes nothing the second time', () => {
    const repaired = repairGlosses(mangledPage).apply(mangledPage);
    expect(repairGlosses(repaired).repairs).toEqual([]);
    expect(repairGlosses(mangledPage).apply(repaired)).toBe(repaired);
  });
});

describe('toSimplified', () => {
  it.each([
    ['乾隆皇帝吃餅乾，扭轉乾坤', '乾隆皇帝吃饼干，扭转乾坤'],
    ['瞭解情況，登高瞭望', '了解情况，登高瞭望'],
    ['頭髮發白，後來皇后說', '头发发白，后来皇后说'],
    ['答覆與覆蓋、憑藉與慰藉', '答复与覆盖、凭借与慰藉'],
    ['裏面和裡面，衞生與説話', '里面和里面，卫生与说话'],
    ['著名作家看著我', '著名作家看著我'],
    ['中国', '中国'],
  ])('%s → %s', (traditional, simplified) => {
    expect(toSimplified(traditional)).toBe(simplified);
    expect(toSimplified(simplified)).toBe(simplified);
  });
});
