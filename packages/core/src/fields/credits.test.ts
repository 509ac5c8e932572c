import { describe, expect, it } from 'vitest';
import { labelledContributors, parseByline } from './byline.ts';
import { parseDateline } from './dateline.ts';
import { parseMetaLine } from './meta-line.ts';
import { nameKind } from './names.ts';
import { parseSourceChain } from './source-chain.ts';

const context = { now: '2026-02-01T00:00:00Z', zoneHint: '+08:00', yearFirst: true };
const list = (contributors: readonly { name: string; role: string }[]): string =>
  contributors.map((one) => `${one.name} ${one.role}`).join(', ');

describe('parseMetaLine', () => {
  it.each([
    [
      '22-01-26 10:15 来源:中国甘肃网-兰州日报 编辑:马瑞芝',
      '2022-01-26T10:15',
      ['中国甘肃网', '兰州日报'],
      '马瑞芝 editor',
    ],
    ['2020年07月04日 12:10 来源：求是网参与互动', '2020-07-04T12:10', ['求是网'], ''],
    ['2024年04月24日23:52 | 来源：新华网', '2024-04-24T23:52', ['新华网'], ''],
    ['2019-09-26 12:11来源：证券时报网作者：李在山', '2019-09-26T12:11', ['证券时报网'], '李在山 author'],
    ['发表于2014-08-24 21:30| 1164次阅读| 来源CSDN| 0 条评论| 作者魏星', '2014-08-24T21:30', ['CSDN'], '魏星 author'],
    ['2005年3月11日12:12　来源：[ 人民网 ]', '2005-03-11T12:12', ['人民网'], ''],
    [
      '来源：本站原创 作者：医技药剂党支部时间：2019年10月31日 23:00 浏览： 33',
      '2019-10-31T23:00',
      ['本站原创'],
      '医技药剂党支部 source',
    ],
    [
      '2024/09/03/ 09:14 来源:每日甘肃网-兰州晨报 记者 武永明',
      '2024-09-03T09:14',
      ['每日甘肃网', '兰州晨报'],
      '武永明 reporter',
    ],
    ['稿件来源： 河北日报 作者： 记者王敬照 编辑： 王华军', undefined, ['河北日报'], '王敬照 reporter, 王华军 editor'],
  ])('%s', (text, published, chain, people) => {
    const line = parseMetaLine(text, context);
    expect(line.published?.iso.slice(0, 16)).toBe(published);
    expect(line.sourceChain).toEqual(chain);
    expect(list(line.contributors)).toBe(people);
  });

  it('tells the date of a change from that of publication', () => {
    const line = parseMetaLine('發布時間：2023/02/21 21:20 最新更新：2023/02/22 08:00', context);
    expect([line.published?.iso.slice(0, 16), line.modified?.iso.slice(0, 16), line.dateLabelled]).toEqual([
      '2023-02-21T21:20',
      '2023-02-22T08:00',
      true,
    ]);
  });

  it('reads the original title', () => {
    expect(parseMetaLine('原标题：我省将加速优化教育结构布局', context).originalTitle).toBe(
      '我省将加速优化教育结构布局',
    );
  });
});

describe('parseDateline', () => {
  it.each([
    ['新华社巴黎12月9日电（记者唐霁）', { agency: '新华社', place: '巴黎', date: '2021-12-09' }],
    ['新华社北京4月24日电 题：春天', { agency: '新华社', place: '北京', date: '2021-04-24' }],
    ['新华社兰州1月26日电', { agency: '新华社', place: '兰州', date: '2022-01-26' }],
    ['中新网甘肃临夏5月1日电 (艾庆龙 马洁 朱琳)', { agency: '中新网', place: '甘肃临夏', date: '2021-05-01' }],
    ['（中央社記者戴雅真倫敦25日專電）', { agency: '中央社', place: '倫敦', date: '2022-01-25' }],
    ['〔記者巫其倫／台北報導〕', { place: '台北' }],
    ['【文匯網訊】大公文匯全媒體報道', { agency: '文匯網' }],
    ['【大公报讯】记者', { agency: '大公报' }],
    ['长江网10月4日讯（记者陈智 整合）', { agency: '长江网', date: '2021-10-04' }],
    ['黑龙江日报10月25日讯', { agency: '黑龙江日报', date: '2021-10-25' }],
    ['央广网北京2月13日消息 据报道', { agency: '央广网', place: '北京', date: '2021-02-13' }],
    ['本报讯（记者叶婉）', { agency: '本报' }],
    ['【本報訊】', { agency: '本報' }],
    ['IT之家9月30日消息', { agency: 'IT之家', date: '2021-09-30' }],
    ['东方网记者曹磊5月13日报道：', { agency: '东方网', date: '2021-05-13' }],
    ['中国甘肃网1月26日讯 据兰州日报报道记者 孙亚斐)1月25日,2022年', { agency: '中国甘肃网', date: '2022-01-26' }],
    ['LANZHOU, Jan 26 (Xinhua) -- A', { agency: 'Xinhua', place: 'LANZHOU', date: '2022-01-26' }],
    ['WASHINGTON (AP) — The', { agency: 'AP', place: 'WASHINGTON' }],
    ['MONTGOMERY, Ala. (AP) - The', { agency: 'AP', place: 'MONTGOMERY, Ala.' }],
    ['(Reuters) - Oil', { agency: 'Reuters' }],
    ['Berlin (dpa) - Der', { agency: 'dpa', place: 'Berlin' }],
    ['PARIS — Le', { place: 'PARIS' }],
  ])('%s', (text, expected) => {
    const { length, ...dateline } = parseDateline(text, { published: '2022-01-26T10:00:00+08:00' }) ?? { length: 0 };
    expect(dateline).toEqual(expected);
    expect(length).toBeGreaterThan(2);
  });

  it.each([
    '兰州晚报1月26日报道了一个',
    '1月25日,2022年全省教育工作会议在兰州召开。',
    'The (very) long story of a man',
    '记者从会上获悉',
  ])('is none: %s', (text) => {
    expect(parseDateline(text, { published: '2022-01-26T10:00:00+08:00' })).toBeUndefined();
  });

  it('leaves the date out without a publication date', () => {
    expect(parseDateline('新华社兰州1月26日电')).toEqual({ agency: '新华社', place: '兰州', length: 11 });
  });
});

describe('parseByline', () => {
  it.each([
    ['□ 本报记者 葛灵丹', '葛灵丹 reporter'],
    ['文｜财新 余聪', '余聪 author'],
    ['【文/观察者网专栏作者 王文】', '王文 author'],
    ['记者 孙亚斐 通讯员 李明 编辑:马瑞芝', '孙亚斐 reporter, 李明 correspondent, 马瑞芝 editor'],
    ['記者林悅／南市報導', '林悅 reporter'],
    ['（中央社記者戴雅真倫敦25日專電）', '戴雅真 reporter'],
    ['（本报记者朱竞若、邓建胜、贺勇）', '朱竞若 reporter, 邓建胜 reporter, 贺勇 reporter'],
    ['（编译/林靖东）', '林靖东 translator'],
    ['(文/图 刘玺东 易赛楠)', '刘玺东 author, 易赛楠 author'],
    ['新华社记者 李梦馨 摄', '李梦馨 photographer'],
    ['綜合報導', ''],
    ['责任编辑：杨倩_NF4425', '杨倩 editor'],
    ['责任编辑：韩保林 PK155', '韩保林 editor'],
    ['编辑：刘潇(ZN028)', '刘潇 editor'],
    ['责任编辑：NF058', 'NF058 editor'],
    ['责编：王 静、吕腾龙', '王静 editor, 吕腾龙 editor'],
    ['作者：佚名', ''],
    ['作者简介', ''],
    ['By JANE DOE and John Roe, Staff Writer', 'JANE DOE author, John Roe author'],
    ['By Mary Murray, NBC News', 'Mary Murray author, NBC News source'],
    ['Von Anna Schmidt', 'Anna Schmidt author'],
    ['Par Jean Dupont et Marie Curie', 'Jean Dupont author, Marie Curie author'],
    ['By The Associated Press', 'The Associated Press source'],
    ['BY JOHN SMITH | Updated Oct 12, 2019', 'JOHN SMITH author'],
    ['Photo: Jane Doe', 'Jane Doe photographer'],
    ['Von Example-Online-Experte Robin Roe', 'Robin Roe author'],
    ['Von Gastautorin Anna Schmidt', 'Anna Schmidt author'],
  ])('%s', (text, expected) => {
    expect(list(parseByline(text))).toBe(expected);
  });

  it('takes names out of running text only where they are certain', () => {
    expect(labelledContributors('记者了解到，全省教育工作会议在兰州召开。', true)).toEqual([]);
    expect(labelledContributors('记者从省教育厅获悉，记者在现场看到', true)).toEqual([]);
    expect(list(labelledContributors('中国甘肃网1月26日讯 据兰州日报报道记者 孙亚斐)1月25日', true))).toBe(
      '孙亚斐 reporter',
    );
    expect(list(labelledContributors('新华社拉萨电（记者 格桑边觉）记者近日获悉', true))).toBe('格桑边觉 reporter');
  });
});

describe('nameKind', () => {
  it.each([
    ['孙亚斐', 'person'],
    ['于洋', 'person'],
    ['上官云', 'person'],
    ['兰州日报', 'organization'],
    ['新华社', 'organization'],
    ['佚名', 'none'],
    ['记者', 'none'],
    ['Jane Doe', 'person'],
    ['Reuters', 'organization'],
    ['BR24 Redaktion', 'organization'],
    ['Chicago Tribune staff', 'organization'],
    ['admin', 'organization'],
    ['Staff Writer', 'none'],
    ['05:00 Uhr', 'none'],
    ['Dec 13', 'none'],
    ['https://example.com/a', 'none'],
    ['朝日新聞デジタル', 'organization'],
    ['ネオエルの記事一覧をみる', 'none'],
    ['Image: Getty Images', 'none'],
  ])('%s is %s', (name, kind) => {
    expect(nameKind(name)).toBe(kind);
  });
});

describe('parseSourceChain', () => {
  it.each([
    ['来源:中国甘肃网-兰州日报', ['中国甘肃网', '兰州日报']],
    ['人民网-《人民日报》', ['人民网', '人民日报']],
    ['新浪财经-自媒体综合', ['新浪财经', '自媒体综合']],
    ['金羊网—新快报', ['金羊网', '新快报']],
    ['上海证券报·中国证券网', ['上海证券报·中国证券网']],
    ['新华日报·交汇点', ['新华日报·交汇点']],
    ['澎湃新闻·澎湃号·政务', ['澎湃新闻·澎湃号·政务']],
    ['[ 人民网 ]', ['人民网']],
    ['未知', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(parseSourceChain(text)).toEqual(expected);
  });
});
