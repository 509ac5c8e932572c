import { describe, expect, it } from 'vitest';
import { recognizeLine } from './index.ts';

describe('recognizeLine', () => {
  it.each([
    ['原标题:我省将加速优化教育结构布局 支持兰州打造一批品质学校', 'original-title'],
    ['（原题为《厕所革命改善人居环境》）', 'original-title'],
    ['22-01-26 10:15 来源:中国甘肃网-兰州日报 编辑:马瑞芝', 'meta'],
    ['2024年04月24日23:52 | 来源：新华网', 'meta'],
    ['责任编辑：杨倩_NF4425', 'editor'],
    ['（责任编辑：系统管理员）', 'editor'],
    ['[责任编辑：朱家浒 PN054]', 'editor'],
    ['来源：新华社', 'source'],
    ['（来源：经济日报）', 'source'],
    ['□ 本报记者 葛灵丹', 'byline'],
    ['【文/观察者网专栏作者 王文】', 'byline'],
    ['記者林悅／南市報導', 'byline'],
    [
      '版权声明:凡注有稿件来源为“中国甘肃网”的稿件,均为中国甘肃网版权稿件,转载必须注明来源为“中国甘肃网”。',
      'copyright',
    ],
    ['Copyright © 2006 - 2016 中国甘肃网(GSCN.COM.CN) All Rights Reserved', 'copyright'],
    ['本文仅代表作者观点，不代表本网立场。', 'disclaimer'],
    ['分享到', 'share'],
    ['点击进入专题', 'topic-link'],
    ['点击进入“文艺星青年”>>', 'topic-link'],
    ['扫一扫关注中国甘肃网微信公众号', 'promotion'],
    ['相关新闻', 'related'],
    ['【延伸阅读】', 'related'],
    ['已有 12 条评论', 'comments'],
    ['您当前的位置 : 中国甘肃网 >> 甘肃省情 >> 文化教育', 'breadcrumb'],
    ['Read more: How the town was saved', 'read-more'],
    ['Lesen Sie auch: So lebt die Stadt', 'read-more'],
    ['Follow us on Twitter and Facebook', 'promotion'],
    ['Sign up for our daily newsletter', 'newsletter'],
    ['Share this article', 'share'],
    ['By Jane Doe', 'byline'],
    ['Reporting by John Roe; editing by Jane Doe', 'byline'],
    ['Photo: Jane Doe/Reuters', 'photo-credit'],
    ['© 2022 Example News. All rights reserved.', 'copyright'],
    ['Advertisement', 'related'],
    ['Published: 26 January 2022, 10:15', 'date'],
    ['2022-01-26 10:15', 'date'],
  ])('%s', (text, kind) => {
    expect(recognizeLine(text)).toBe(kind);
  });

  it.each([
    '记者从会上获悉，今年全省将新建一批学校，力争年底前投入使用。',
    '中国甘肃网1月26日讯 据兰州日报报道记者 孙亚斐)1月25日,2022年全省教育工作会议在兰州召开。',
    '编辑部的故事讲的是上世纪九十年代的北京，一群年轻人在杂志社里的悲欢离合，至今仍有许多观众记得。',
    '来源于民间的艺术，最终要回到民间去，这是几代艺人的共识，也是他们一直坚持的道路，从未改变。',
    '作者认为，这本书写得并不成功。',
    '分享是一种美德，孩子们从小就该懂得。',
    '扫码支付已经成为城乡居民最常用的付款方式，去年全省移动支付笔数同比增长了三成，农村地区增速更快，达到了百分之四十以上，远高于城市地区。',
    '声明指出，双方将继续推进合作。',
    'By the time the rain stopped, the river had risen two metres.',
    'Follow the money and you will find the reason for this decision, said the minister.',
    'Share prices fell sharply on Monday.',
    'Read more books, and you will write better, she told the pupils.',
    'Photographs show the extent of the damage along the coast.',
    'Published in 1922, the novel changed everything.',
    'Subscribe was the only word on the poster.',
    'Comments made by the minister on Tuesday drew criticism.',
    'Advertisement spending rose by a third.',
  ])('keeps a sentence: %s', (text) => {
    for (const position of ['head', 'lead', 'tail'] as const) expect(recognizeLine(text, position)).toBeUndefined();
  });
});
