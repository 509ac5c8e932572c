import { longyuanSections } from '../content/longyuan.ts';
import { type Anchor, anchor, lines, text } from '../html.ts';
import type { Printed } from '../placement.ts';

/** A provincial portal as Enorth's publisher makes it: breadcrumb, two-digit years, licence footer, numbered lists. */
export const longyuanName = '龙源网';

export const longyuanList = (list: string, page: number): string =>
  `/system/count//${list}/000000000000/000/000/c${list}000000000000_00000000${page}.shtml`;

const nav: readonly Anchor[] = [
  { href: '/', title: '首页' },
  { href: longyuanList('0018003', 1), title: '陇原新闻' },
  { href: longyuanList('0018005', 1), title: '甘肃省情' },
];

const head = (
  title: string,
  extra = '',
): string => `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="generator" content="Enorth WebPublisher 6.5" />
<title>${text(title)}</title>
${extra}<link href="/assets/css/style2016.css" rel="stylesheet" type="text/css" />
<script type="text/javascript" src="/assets/js/jquery-1.8.3.min.js"></script>
<script type="text/javascript">
//<![CDATA[
var _hmt = _hmt || []; function doZoom(size){ document.getElementById('zoom').style.fontSize = size + 'px'; }
//]]>
</script>
</head>
<body>
<div class="topbar"><span>设为首页</span> <span>加入收藏</span> <span>手机版</span> <span id="today">今天是星期五</span></div>
<div class="nav"><ul>${nav.map((link) => `<li>${anchor(link)}</li>`).join('')}<li><a href="javascript:;">视频</a></li><li><a href="javascript:;">专题</a></li></ul></div>`;

const footer = `<div class="footer">
<p class="codes"><img src="/assets/img/qr-wechat.png" alt="龙源网微信" />龙源网微信 <img src="/assets/img/qr-weibo.png" alt="龙源网微博" />龙源网微博 学习强国号 今日头条号</p>
<p>互联网新闻信息服务许可证编号：6299990001 | ICP备案：龙ICP备99000001号 | 经营许可证编号：龙B2-99990001 | 广播电视节目制作经营许可证编号：(龙)字第001号</p>
<p>食品药品投诉举报电话：12331 | 互联网违法和不良信息举报电话：12377</p>
<p>主办：龙源传媒有限责任公司 | 本网常年法律顾问：陇原律师事务所(0931-0000000)</p>
<p>Copyright &copy; 2006 - 2026 龙源网(LONGYUAN.TEST) All Rights Reserved</p>
<p><a href="javascript:;">网站简介</a> | <a href="javascript:;">人才招聘</a> | <a href="javascript:;">广告服务</a> | <a href="javascript:;">联系我们</a> | 违法和不良信息举报电话：0931-0000001</p>
</div>
</body></html>`;

function breadcrumb(article: Printed): string {
  const section = longyuanSections[article.section as keyof typeof longyuanSections];
  const list = longyuanList(section.list, 1);
  return `<div class="position">您当前的位置 ：&nbsp;<a href="/">${longyuanName}</a>&nbsp;&gt;&gt;&nbsp;<a href="${list}">${section.path[0]}</a>&nbsp;&gt;&gt;&nbsp;<a href="${list}">${section.path[1]}</a></div>`;
}

const shareBar = `<div class="bdsharebuttonbox"><span>分享到：</span><a href="http://share.weibo.test/share?u=1" class="bds_tsina">新浪微博</a><a href="javascript:;" class="bds_weixin">微信</a><a href="javascript:;" class="bds_qzone">QQ空间</a></div>`;

const copyright = `<p class="copyright">版权声明：凡注有稿件来源为“龙源网”的稿件，均为龙源网版权稿件，转载必须注明来源为“龙源网”。</p>`;

function paragraphs(article: Printed): string {
  const original = article.alternativeHeadline ? `<p>　　原标题：${text(article.alternativeHeadline)}</p>\n` : '';
  const picture = article.image
    ? `<p style="text-align:center"><img src="/assets/img/${article.image.name}.jpg" width="${article.image.width}" height="${article.image.height}" alt="" /></p>\n`
    : '';
  const blocks = lines(article.blocks, ({ kind, text: words }) =>
    kind === 'subhead' ? `<p>　　<strong>${text(words)}</strong></p>` : `<p>　　${text(words)}</p>`,
  );
  return original + picture + blocks;
}

/** Everything around the story that readers do not come for. */
export interface Surroundings {
  readonly hot: readonly Anchor[];
  readonly related: readonly Anchor[];
}

/** Template A, used since 2024: `div.info`, a two-digit year. */
export function longyuanArticleA(article: Printed, { hot, related }: Surroundings): string {
  const time = article.published.slice(2);
  return `${head(`${article.headline}_${longyuanName}`)}
<div class="wrap"><div class="main">
${breadcrumb(article)}
<div class="a-header"><h1>${text(article.headline)}</h1>
<div class="info"><span class="m-frt">${time}</span>&nbsp;<span>来源：${article.source?.join('-')}</span>&nbsp;<span>编辑：${article.editor}</span>
<span class="fontsize">字号：<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a></span></div></div>
<div class="a-container" id="zoom">
${paragraphs(article)}
</div>
${copyright}
${shareBar}
<div class="related"><h3>相关新闻</h3><ul>
${lines(related, (link) => `<li>·${anchor(link)}</li>`)}
</ul></div>
</div>
<div class="side"><div class="ad"><a href="http://ads.union.test/click?id=77" target="_blank"><img src="/assets/img/ad-300x250.gif" alt="广告" /></a></div>
<h3>热点排行</h3><ol class="hot">
${lines(hot, (link) => `<li>${anchor(link)}</li>`)}
</ol></div></div>
${footer}`;
}

/** Template B, of older pages: ids that Baidu reads, a full year, tables. */
export function longyuanArticleB(article: Printed, { hot, related }: Surroundings): string {
  const [year, month, day] = article.published.slice(0, 10).split('-');
  return `${head(`${article.headline}-${longyuanName}`, `<meta name="publishdate" content="${article.published.slice(0, 10)}" />\n`)}
<table width="960" align="center" cellpadding="0" cellspacing="0"><tr><td valign="top" width="660">
${breadcrumb(article)}
<h1 id="title">${text(article.headline)}</h1>
<div id="titleinfo"><span id="pubtime_baidu">${year}年${month}月${day}日 ${article.published.slice(11)}</span> <span id="source_baidu">来源： ${article.source?.join('-')}</span> <span id="editor_baidu">【责任编辑：${article.editor}】</span></div>
<div id="content">
${paragraphs(article)}
<p align="right">（责任编辑：${article.editor}）</p>
</div>
${copyright}
${shareBar}
<div class="comment"><h4>网友评论</h4><form action="/comment" method="post"><textarea name="c" rows="3">文明上网，理性发言</textarea><input type="submit" value="发表评论" /></form><p>网友评论仅供其表达个人看法，并不表明本网同意其观点。</p></div>
</td><td valign="top"><h3>推荐阅读</h3><ul>
${lines([...related, ...hot.filter((link) => !related.some(({ href }) => href === link.href))].slice(0, 8), (link) => `<li>${anchor(link)}</li>`)}
</ul></td></tr></table>
${footer}`;
}

export function longyuanHome(articles: readonly Printed[], more: readonly Anchor[]): string {
  const [top, ...rest] = articles;
  return `${head(`${longyuanName}——陇原第一新闻门户`)}
<div class="wrap"><div class="headline"><h2>${top ? anchor(top.link) : ''}</h2></div>
<div class="focus">
${lines(rest, (article) => `<p>·${anchor(article.link)} <span>${article.published.slice(5, 10)}</span></p>`)}
</div>
<div class="special">专题：${more.map((link) => anchor(link)).join(' | ')}</div></div>
${footer}`;
}

/** One page of a numbered list; the rows are links with the day behind them. */
export function longyuanListPage(
  name: string,
  rows: readonly (Anchor & { day: string })[],
  paging: { list: string; page: number; pages: number },
  hot: readonly Anchor[],
): string {
  const pages = Array.from({ length: paging.pages }, (_, index) => index + 1);
  return `${head(`${name}_${longyuanName}`)}
<div class="wrap"><div class="position">您当前的位置 ：&nbsp;<a href="/">${longyuanName}</a>&nbsp;&gt;&gt;&nbsp;${name}</div>
<div id="content"><ul>
${lines(rows, (row) => `<li>${anchor(row)}<span>${row.day.replaceAll('-', '/')}</span></li>`)}
</ul></div>
<div class="page">${pages
    .map((page) =>
      page === paging.page ? `<b>${page}</b>` : anchor({ href: longyuanList(paging.list, page), title: String(page) }),
    )
    .join(' ')} 共${paging.pages}页</div></div>
<div class="side"><h3>热点排行</h3><ol class="hot">
${lines(hot, (link) => `<li>${anchor(link)}</li>`)}
</ol></div>
${footer}`;
}

/** How this family redirects. */
export function longyuanRefresh(target: string): string {
  return `<html><head><meta http-equiv="refresh" content="0;url=${text(target)}"><title>${longyuanName}</title></head><body></body></html>`;
}
