import { describe, expect, it } from 'vitest';
import { parsePage } from '../index.ts';

import { DESK_LAYOUTS } from './desk-layouts.ts';
import { LAYOUTS, type Layout } from './portal-layouts.ts';
import { PRESS_LAYOUTS } from './press-layouts.ts';

const TITLE = '山谷小镇重修百年石桥 明年春天恢复通车';
const TITLE_HANT = '山谷小鎮重修百年石橋 明年春天恢復通車';
const BODY = [
  '小镇议会周二投票决定重修百年石桥，这座桥在两年前的一场洪水中受损，此后只允许行人通过，两岸居民出行十分不便。',
  '工程人员检查时发现，西侧桥墩移动了十一厘米，随即封闭道路，禁止货车通行，并在桥头安装了测量装置，每天记录数据。',
  '镇长此前承诺夏天之前作出决定，他说工程大约需要十四个月，费用由州、县和一个采石工人家庭设立的基金共同承担。',
  '对岸的店主们欢迎这一计划，但希望在道路封闭期间修一座临时人行桥，方便顾客往来，议会表示会认真研究这个建议。',
];
const BODY_HANT = [
  '小鎮議會週二投票決定重修百年石橋，這座橋在兩年前的一場洪水中受損，此後只允許行人通過，兩岸居民出行十分不便。',
  '工程人員檢查時發現，西側橋墩移動了十一公分，隨即封閉道路，禁止貨車通行，並在橋頭安裝了測量裝置，每天記錄數據。',
  '鎮長此前承諾夏天之前作出決定，他說工程大約需要十四個月，費用由州、縣和一個採石工人家庭設立的基金共同承擔。',
  '對岸的店主們歡迎這一計畫，但希望在道路封閉期間修一座臨時人行橋，方便顧客往來，議會表示會認真研究這個建議。',
];

const NAV =
  '<a href="/">首页</a> <a href="/news/">新闻</a> <a href="/sports/">体育</a> <a href="/mil/">军事</a> <a href="/video/">视频</a>';
const SIDE = `<div class="side"><h3>热点新闻</h3><ul><li><a href="/a/1.html">谷仓屋顶上发现一头奶牛</a></li><li><a href="/a/2.html">面包店卖完最后一个黑麦面包</a></li>
  <li><a href="/a/3.html">图书馆延长周末开放时间</a></li></ul></div>`;
const FOOTER =
  '<p>关于我们 | 联系我们 | 网站地图</p><p>版权所有 山谷传媒集团 Copyright © 2012-2024 地址：山谷镇桥头街1号 邮编：100000</p>';

function pageOf(layout: Layout): string {
  const { above = '', meta = '', tail = '' } = layout;
  const title = layout.traditional ? TITLE_HANT : TITLE;
  const heading = layout.heading?.replace('>T<', `>${title}<`);
  const body = [...(layout.traditional ? BODY_HANT : BODY)];
  body[0] = `${layout.first ?? ''}${body[0]}`;
  body[3] = `${body[3]}${layout.last ?? ''}`;
  const paragraphs = body.map((text) => `<p>　　${text}</p>`).join('\n');
  const head = `<head><meta charset="utf-8"><title>${title}</title>${layout.head ?? ''}</head>`;
  if (layout.frame === 'table')
    return `<html>${head}<body bgcolor="#ffffff"><table width="760"><tr><td>${NAV}</td></tr></table>
    <table width="760"><tr><td width="560" valign="top">${above}<table width="100%"><tr><td align="center" class="bt">${heading ?? `<font size="4"><b>${title}</b></font>`}</td></tr>
    <tr><td height="26" align="center">${meta}</td></tr><tr><td id="zoom" class="f14">${body.map((text) => `　　${text}<br><br>`).join('\n')}</td></tr><tr><td>${tail}</td></tr></table></td>
    <td width="200">${SIDE}</td></tr></table><table><tr><td align="center">${FOOTER}</td></tr></table></body></html>`;
  if (layout.frame === 'app')
    return `<!doctype html><html lang="zh-CN">${head}<body><div id="app"><header class="hd_x1">${NAV}</header><div class="wrap_a8s"><div class="main_k2d">${above}
    <div class="title_9fj">${heading ?? title}</div>${meta}<div class="content_b7c"><div>${paragraphs}</div></div>${tail}</div>${SIDE}</div><footer>${FOOTER}</footer></div></body></html>`;
  if (layout.frame === 'blog')
    return `<!doctype html><html lang="zh-CN">${head}<body class="single"><nav>${NAV}</nav><article class="post hentry">${above}<header class="entry-header"><h1 class="entry-title">${title}</h1>${meta}</header>
    <div class="entry-content">${paragraphs}</div>${tail}</article><aside class="sidebar">${SIDE}</aside><footer>${FOOTER}</footer></body></html>`;
  return `<!doctype html><html lang="zh">${head}<body>
  <div class="nav">${NAV}</div>
  <div class="main">${above}${heading ?? `<h1>${title}</h1>`}${meta}
  <div class="content">${paragraphs}</div>${tail}</div>
  ${SIDE}
  <div class="footer">${FOOTER}</div></body></html>`;
}

interface Credits {
  readonly credits: string;
  readonly headline?: string | undefined;
  readonly alternative?: string | undefined;
  readonly dateline?: string | undefined;
}

function creditsOf(layout: Layout): Credits {
  const { verdict } = parsePage({
    url: 'https://news.shangu.example/article/88231.html',
    bytes: new TextEncoder().encode(pageOf(layout)),
    contentType: 'text/html; charset=utf-8',
    fetchedAt: '2024-06-01T00:00:00Z',
  });
  if (verdict.type !== 'article') return { credits: verdict.reason };
  const { headline, contributors = [], sourceChain = [], datePublished = '', dateline } = verdict.article;
  const named = (editors: boolean): string =>
    contributors
      .filter((one) => (one.role === 'editor') === editors && one.role !== 'source')
      .map((one) => one.name)
      .join('、');
  const time = datePublished.slice(0, 16).replace('T00:00', '').replace('T', ' ');
  return {
    credits: [named(false), sourceChain.join('>'), named(true), time].join(' / ').trim(),
    headline,
    alternative: verdict.article.alternativeHeadline,
    dateline: dateline && `${dateline.agency ?? ''}|${dateline.place ?? ''}`,
  };
}

describe.each([
  ['credits in the layouts of portals', LAYOUTS],
  ['credits of the press, offices and blogs', PRESS_LAYOUTS],
  ['credits of desks', DESK_LAYOUTS],
])('%s', (_list, layouts) => {
  it.each(layouts.map((layout) => [layout.name, layout] as const))('%s', (_name, layout) => {
    const found = creditsOf(layout);
    expect(found.credits).toBe(layout.wanted.trim());
    expect(found.headline).toBe(layout.traditional ? TITLE_HANT : TITLE);
    if (layout.alternative !== undefined) expect(found.alternative).toBe(layout.alternative);
    if (layout.dateline !== undefined) expect(found.dateline).toBe(layout.dateline);
  });
});
