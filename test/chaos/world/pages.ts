import { seeded } from './random.ts';

/** News that nobody wrote: every article has sentences of its own, so that none is taken for a copy of another by chance. */
const towns = '榆中 皋兰 永登 红古 安宁 西固 城关 七里河 临夏 定西 白银 天水 武威 张掖 酒泉 平凉 庆阳 陇南'.split(' ');
const bodies = '水务局 教育局 卫健委 住建局 交通局 文旅局 农业局 气象台 图书馆 消防队 林草局 档案馆'.split(' ');
const things = '河道 学校 医院 桥梁 公路 广场 果园 大棚 水库 车站 市场 剧院 公园 管网 梯田 书屋'.split(' ');
const deeds = '通过验收 开工建设 完成改造 对外开放 投入使用 进入试运行 启动招标 恢复通车 提前完工 扩大规模'.split(' ');
const times = '上午 中午 傍晚 清晨 周一 周三 周五 月初 月底 年初 入冬前 雨季前'.split(' ');
const people = '周大爷 李老师 王师傅 马医生 陈经理 赵站长 孙校长 刘阿姨 何技术员 郭队长'.split(' ');
const words =
  '清淤 绿化 照明 步道 护栏 路面 屋顶 课桌 病床 货架 灯光 泵房 渠道 苗木 围墙 停车位 看台 展柜 温室 井盖 站台 果树 阀门 电缆'.split(
    ' ',
  );
const feelings = '方便多了 安静多了 亮堂多了 干净多了 暖和多了 热闹多了 放心多了 省事多了'.split(' ');

function article(random: () => number): { headline: string; paragraphs: string[] } {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const number = (most: number): number => 2 + Math.floor(random() * most);
  const headline = `${pick(towns)}${pick(things)}${number(80)}期工程${pick(deeds)}`;
  const paragraphs = Array.from({ length: 4 }, () => {
    const sentences = [
      `${pick(times)}从${pick(towns)}${pick(bodies)}获悉，${pick(towns)}的${pick(things)}${pick(deeds)}，新添${pick(words)}${number(900)}处。`,
      `工程投资${number(9_000)}万元，更换${pick(words)}${number(700)}个，修整${pick(words)}${number(60)}公里，惠及${number(90_000)}人。`,
      `家住${pick(towns)}的${pick(people)}说，自从${pick(words)}换新以后，去${pick(things)}${pick(feelings)}，${pick(times)}也能看见${pick(words)}。`,
      `${pick(bodies)}负责人表示，接下来还要整治${pick(things)}与${pick(words)}，预计${number(11)}月${pick(deeds)}。`,
    ];
    return sentences.sort(() => random() - 0.5).join('');
  });
  return { headline, paragraphs };
}

const hash = (text: string): number => {
  let value = 0;
  for (const char of text) value = (Math.imul(value, 31) + (char.codePointAt(0) ?? 0)) | 0;
  return value;
};

/** The page of an article; the same host and number always give the same bytes. */
export function articlePage(host: string, number: number): string {
  const { headline, paragraphs } = article(seeded(hash(`${host}/${number}`)));
  const text = paragraphs.map((line) => `<p>${line}</p>`).join('\n');
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${headline}_${host}</title></head><body>
<div class="article"><h1>${headline}</h1><div class="info">2026-03-02 09:${10 + (number % 50)}　来源：本报</div>
<div class="content">${text}</div></div></body></html>`;
}

export const articlePath = (number: number): string => `/news/20260302-${number}.html`;

/** What the front page of a host links to, beside its articles: a redirect, and a page that is gone. */
export const oddPaths = { moved: '/news/moved.html', gone: '/news/gone.html' };

export function frontPage(host: string, articles: number): string {
  const links = Array.from(
    { length: articles },
    (_, n) => `<li><a href="${articlePath(n)}">要闻第${n}条，请看详情</a></li>`,
  );
  for (const path of Object.values(oddPaths)) links.push(`<li><a href="${path}">另有一条消息，请看详情</a></li>`);
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${host} 首页</title></head><body><ul>
${links.join('\n')}</ul></body></html>`;
}
