import { type Anchor, anchor, lines, text } from '../html.ts';
import type { Printed } from '../placement.ts';

/** A small site of plain pages: what is odd about each is in how it is served. */
export const edgeName = '边城网';

interface EdgePage {
  readonly title: string;
  readonly main: string;
  /** The charset that the page claims. */
  readonly charset?: string;
  readonly head?: string;
}

export function edgePage({ title, main, charset = 'utf-8', head = '' }: EdgePage): string {
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="${charset}">
<title>${text(title)}</title>
${head}</head>
<body>
<header><a href="/">${edgeName}</a><ul class="menu"><li><a href="/">首页</a></li><li><a href="javascript:;">图片</a></li><li><a href="javascript:;">视频</a></li></ul></header>
${main}
<footer><p>${edgeName} 版权所有 边ICP备99000003号</p></footer>
</body>
</html>`;
}

export function edgeArticle(
  article: Printed,
  options: { charset?: string; head?: string; before?: string } = {},
): string {
  const { before = '', ...page } = options;
  return edgePage({
    ...page,
    title: `${article.headline}_${edgeName}`,
    main: `${before}<div class="content-box"><h1>${text(article.headline)}</h1>
<p class="source-line">${article.published} 来源：${article.source?.join('-')} 责任编辑：${article.editor}</p>
<div class="text">
${lines(article.blocks, ({ text: words }) => `<p>${text(words)}</p>`)}
</div></div>
<ul class="pager"><li><a href="/">返回首页</a></li></ul>`,
  });
}

/** A page with a notice and no article. */
export function edgeNotice(title: string, words: string, head = ''): string {
  return edgePage({ title, head, main: `<div class="notice"><h1>${title}</h1><p>${words}</p></div>` });
}

export function edgeHome(groups: readonly (readonly [string, readonly (Anchor & { rel?: string })[]])[]): string {
  return edgePage({
    title: edgeName,
    main: lines(
      groups,
      ([name, links]) => `<section><h2>${name}</h2><ul>
${lines(links, (link) => `<li>${anchor(link, link.rel ? `rel="${link.rel}"` : '')}</li>`)}
</ul></section>`,
    ),
  });
}

/** A month of a calendar, each leading to the next: it goes on for as long as somebody follows. */
export function edgeCalendar(month: string, links: readonly Anchor[]): string {
  const days = Array.from({ length: 28 }, (_, index) => `<td><a href="#day-${index + 1}">${index + 1}</a></td>`);
  const weeks = [0, 7, 14, 21].map((start) => `<tr>${days.slice(start, start + 7).join('')}</tr>`);
  return edgePage({
    title: `活动日历 ${month}_${edgeName}`,
    main: `<h1>活动日历 ${month}</h1><table>${weeks.join('\n')}</table><p>${links.map((link) => anchor(link)).join(' ')}</p>`,
  });
}
