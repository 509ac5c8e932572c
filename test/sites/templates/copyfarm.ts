import { type Anchor, anchor, lines, text } from '../html.ts';
import type { Printed } from '../placement.ts';
import { mangle } from './gloss.ts';

/** A taken-over domain that serves other people's pages in mangled form, between links that sell machines. */
const spam = ['精密铸造设备厂家', '不锈钢阀门价格', '净化车间工程', '环保除尘设备', '数控机床维修', '学历提升报名'];

export interface CopyfarmPage {
  readonly title: string;
  readonly main: string;
  readonly misaligned?: boolean;
}

/** The farm mangles the whole page, navigation and all; only tags and addresses stay as they are. */
export function copyfarmPage({ title, main, misaligned = false }: CopyfarmPage): string {
  const page = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>${text(title)}-精密设备网</title>
<meta name="applicable-device" content="pc,mobile">
</head>
<body>
<div class="top"><h2><a href="/">华腾精密设备有限公司</a></h2><ul>${spam.map((words) => `<li><a href="javascript:;">${words}</a></li>`).join('')}</ul></div>
${main}
<div class="links">友情链接：${spam.map((words) => `<a href="javascript:;">${words}</a>`).join(' ')}</div>
<div class="foot">版权所有 华腾精密设备有限公司 备案号：龙ICP备99000009号 网站地图</div>
</body>
</html>`;
  return mangle(page, { misaligned });
}

export function copyfarmArticle(article: Printed, related: readonly Anchor[], misaligned: boolean): string {
  return copyfarmPage({
    title: article.headline,
    misaligned,
    main: `<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/news/">新闻资讯</a></div>
<h1>${text(article.headline)}</h1>
<div class="info">发布时间：${article.published} 来源：${article.source?.join('-')} 浏览次数：${1000 + article.headline.length * 7}</div>
<div class="content">
${lines(article.blocks, ({ text: words }) => `<p>　　${text(words)}</p>`)}
</div>
<div class="next">下一篇：${related[0] ? anchor(related[0]) : '没有了'}</div>
<div class="rel"><h3>相关资讯</h3><ul>
${lines(related, (link) => `<li>${anchor(link)}</li>`)}
</ul></div>`,
  });
}
