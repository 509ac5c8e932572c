import { hexiColumns } from '../content/hexi.ts';
import { type Anchor, anchor, lines, text } from '../html.ts';
import type { Printed } from '../placement.ts';
import type { Surroundings } from './longyuan.ts';

/** A city portal in the manner of TRS and Founder: gb2312 declared, GB18030 bytes, government-style meta tags. */
export const hexiName = '河西新闻网';

export type HexiColumn = (typeof hexiColumns)[keyof typeof hexiColumns];

export const hexiColumnOf = (article: Printed): HexiColumn => hexiColumns[article.section as keyof typeof hexiColumns];

const head = (title: string, meta = ''): string => `<!DOCTYPE html>
<html>
<head>
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>${text(title)}</title>
<meta name="SiteName" content="${hexiName}">
<meta name="SiteDomain" content="news.hexi.test">
${meta}<link rel="alternate" type="application/rss+xml" title="${hexiName}" href="/rss/news.xml">
<link rel="stylesheet" href="/assets/css/public.css">
</head>
<body>
<div class="header"><a class="logo" href="/"><img src="/assets/img/logo.png" alt="${hexiName}"></a>
<form class="search" action="/search" method="get"><input name="q" value="请输入关键词"><button>搜索</button> <a href="/search">高级搜索</a></form>
<ul class="channel"><li><a href="/">首页</a></li>${Object.values(hexiColumns)
  .map((column) => `<li><a href="/${column.folder}/">${column.name}</a></li>`)
  .join('')}</ul></div>`;

const footer = `<div class="foot"><p>${hexiName}版权所有 未经书面授权禁止复制或建立镜像</p>
<p>河ICP备99000002号-1　新闻热线：0936-0000000　网络违法和不良信息举报：0936-0000001</p>
<p>地址：河西市人民路1号　邮编：730000　技术支持：拓尔思</p></div>
<script src="/assets/js/foot.js"></script>
</body>
</html>`;

export function hexiArticle(article: Printed, { hot, related }: Surroundings): string {
  const column = hexiColumnOf(article);
  const source = article.source?.join('-') ?? '';
  const meta = `<meta name="ArticleTitle" content="${text(article.headline)}">
<meta name="PubDate" content="${article.published}">
<meta name="ContentSource" content="${source}">
<meta name="ColumnName" content="${column.name}">
<meta name="keywords" content="${article.keywords?.join(',')}">
<meta name="Author" content="${article.editor}">
`;
  const picture = article.image
    ? `<p align="center"><img src="/assets/img/${article.image.name}.jpg" width="${article.image.width}" height="${article.image.height}" OLDSRC="W0202.jpg"></p>\n`
    : '';
  return `${head(`${article.headline} - ${column.name} - ${hexiName}`, meta)}
<div class="crumb">当前位置：<a href="/">${hexiName}</a> &gt; <a href="/${column.folder}/">${column.name}</a> &gt; 正文</div>
<div class="article">
<h2 class="title"><!--enpproperty <title>${text(article.headline)}</title>/enpproperty-->${text(article.headline)}</h2>
<div class="meta"><span>${article.published}</span><span>来源：${source}</span><span>【字体：<a href="javascript:;">大</a> <a href="javascript:;">中</a> <a href="javascript:;">小</a>】</span><span>打印</span></div>
<!--enpcontent--><div class="TRS_Editor"><style type="text/css">.TRS_Editor P{margin-top:0;line-height:1.75;font-size:12pt;}</style>
${picture}${lines(article.blocks, ({ kind, text: words }) =>
  kind === 'subhead' ? `<p align="justify"><b>　　${text(words)}</b></p>` : `<p align="justify">　　${text(words)}</p>`,
)}
</div><!--/enpcontent-->
<div class="editor">[责任编辑：${article.editor}]</div>
<div class="tool"><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></div>
<div class="xgwz"><h4>相关文章</h4><ul>
${lines(related, (link) => `<li>${anchor(link)}</li>`)}
</ul></div></div>
<div class="right"><h4>一周排行</h4><ul class="rank">
${lines(hot, (link, index) => `<li><em>${index + 1}</em>${anchor(link, 'target="_blank"')}</li>`)}
</ul><div class="app"><img src="/assets/img/app.png" alt=""><p>扫码下载“河西头条”客户端，看更多本地新闻</p></div></div>
${footer}`;
}

export function hexiListPage(title: string, rows: readonly Printed[], hot: readonly Anchor[]): string {
  return `${head(title === hexiName ? title : `${title} - ${hexiName}`)}
<div class="crumb">当前位置：<a href="/">${hexiName}</a>${title === hexiName ? '' : ` &gt; ${title}`}</div>
<ul class="list">
${lines(rows, (row) => `<li><span>[${row.published.slice(0, 10)}]</span>${anchor(row.link)}</li>`)}
</ul>
<div class="right"><h4>一周排行</h4><ul class="rank">
${lines(hot, (link, index) => `<li><em>${index + 1}</em>${anchor(link)}</li>`)}
</ul><h4>图片新闻</h4><ul class="pic">
${lines(hot.toReversed(), (link) => `<li><a href="${link.href}"><img src="/assets/img/thumb.jpg" alt=""></a>${anchor(link)}</li>`)}
</ul></div>
${footer}`;
}

/** RSS 2.0 with the newest first, dates as RFC 822. */
export function hexiFeed(origin: string, rows: readonly Printed[]): string {
  return `<?xml version="1.0" encoding="gb2312"?>
<rss version="2.0">
<channel>
<title>${hexiName}</title>
<link>${origin}/</link>
<description>${hexiName}最新稿件</description>
<language>zh-cn</language>
<ttl>10</ttl>
${lines(
  rows,
  (row) => `<item>
<title><![CDATA[${row.headline}]]></title>
<link>${row.url}</link>
<category>${hexiColumnOf(row).name}</category>
<author>${row.editor}</author>
<pubDate>${rfc822(row.publishedIso)}</pubDate>
<description><![CDATA[　　${(row.blocks[0]?.text ?? '').slice(0, 60)}……]]></description>
</item>`,
)}
</channel>
</rss>`;
}

function rfc822(iso: string): string {
  // Shown in local time, as the site prints it: the instant moved by eight hours, then named +0800.
  const local = new Date(Date.parse(iso) + 8 * 3_600_000).toUTCString();
  return local.replace('GMT', '+0800');
}
