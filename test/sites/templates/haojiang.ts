import { haojiangSections } from '../content/haojiang.ts';
import { type Anchor, anchor, lines, scriptJson, text } from '../html.ts';
import type { Printed } from '../placement.ts';
import type { Surroundings } from './longyuan.ts';

/** A Hong Kong daily: traditional script, Open Graph tags, an Atom feed, and one page of its old system in Big5. */
export const haojiangName = '濠江日報';

export const haojiangSectionOf = (article: Printed): { name: string; slug: string } =>
  haojiangSections[article.section as keyof typeof haojiangSections];

const head = (title: string, meta = ''): string => `<!doctype html>
<html lang="zh-HK" prefix="og: https://ogp.me/ns#">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
${meta}<meta property="og:site_name" content="${haojiangName}">
<link rel="alternate" type="application/atom+xml" title="${haojiangName}" href="/feed/atom.xml">
<link rel="stylesheet" href="/assets/css/app.7f3a.css">
</head>
<body class="single">
<div id="cookie-notice" role="dialog"><p>本網站使用 Cookie 以提升閣下的瀏覽體驗。繼續使用即表示同意我們的私隱政策。</p><button>接受</button></div>
<header><a href="/" class="brand">${haojiangName}</a><nav><ul>${Object.values(haojiangSections)
  .map((section) => `<li><a href="/news/${section.slug}/">${section.name}</a></li>`)
  .join('')}</ul></nav></header>`;

const footer = `<footer><ul class="social"><li><a href="https://www.facebook.test/haojiangdaily">Facebook</a></li><li><a href="https://www.instagram.test/haojiangdaily">Instagram</a></li></ul>
<p>濠江日報有限公司版權所有 不得轉載 © 2026</p><p><a href="#">私隱政策</a>　<a href="#">免責聲明</a>　<a href="#">廣告查詢</a></p></footer>
<script>window.dataLayer=window.dataLayer||[];</script>
</body>
</html>`;

export function haojiangArticle(article: Printed, { hot, related }: Surroundings): string {
  const section = haojiangSectionOf(article);
  const first = article.blocks[0]?.text ?? '';
  const image = article.image && `/assets/img/${article.image.name}.jpg`;
  const meta = `<link rel="canonical" href="${article.url}">
<meta name="description" content="${text(first.slice(0, 70))}">
<meta name="keywords" content="${article.keywords?.join(',')}">
<meta property="og:type" content="article">
<meta property="og:title" content="${text(article.headline)}">
<meta property="og:url" content="${article.url}">
<meta property="article:published_time" content="${article.publishedIso}">
<meta property="article:section" content="${section.name}">
${image ? `<meta property="og:image" content="http://hk.haojiang.test${image}">\n` : ''}`;
  const figure = article.image
    ? `<figure class="wp-block-image"><img src="${image}" width="${article.image.width}" height="${article.image.height}" alt=""><figcaption>${text(article.image.caption ?? '')}</figcaption></figure>\n`
    : '';
  const middle = Math.ceil(article.blocks.length / 2);
  return `${head(`${article.headline} | ${haojiangName}`, meta)}
<main><nav class="breadcrumb" aria-label="breadcrumb"><a href="/">${haojiangName}</a> › <a href="/news/${section.slug}/">${section.name}</a></nav>
<article><h1 class="entry-title">${text(article.headline)}</h1>
<div class="entry-meta"><time datetime="${article.publishedIso}">${article.published.slice(0, 16)}</time><button>收藏文章</button><button>分享</button></div>
${figure}<div class="entry-content">
${lines(article.blocks, ({ kind, text: words }, index) => {
  const block = kind === 'subhead' ? `<h3>${text(words)}</h3>` : `<p>${text(words)}</p>`;
  const advert = index === middle ? '<div class="ad-slot" id="div-gpt-ad-1"><span>廣告</span></div>\n' : '';
  return advert + block;
})}
</div>
<div class="tags">標籤：${article.keywords?.map((keyword) => `<span>#${keyword}</span>`).join(' ')}</div>
<aside class="app-promo">立即下載濠江日報App，緊貼最新消息：https://app.haojiang.test/</aside>
<div class="more"><h4>延伸閱讀</h4><ul>
${lines(related, (link) => `<li>${anchor(link)}</li>`)}
</ul></div>
</article>
<aside class="sidebar"><h4>最多人睇</h4><ol>
${lines(hot, (link) => `<li>${anchor(link)}</li>`)}
</ol></aside></main>
${footer}`;
}

export function haojiangListPage(
  title: string,
  rows: readonly Printed[],
  hot: readonly Anchor[],
  extra: readonly Anchor[] = [],
): string {
  return `${head(title === haojiangName ? haojiangName : `${title} | ${haojiangName}`)}
<main class="archive">${title === haojiangName ? '' : `<h1>${title}</h1>`}
${lines(
  rows,
  (row) =>
    `<div class="card"><h2>${anchor(row.link)}</h2><time>${row.published.slice(0, 10)}</time><p>${text((row.blocks[0]?.text ?? '').slice(0, 40))}…</p></div>`,
)}
${lines(extra, (link) => `<div class="card"><h2>${anchor(link)}</h2></div>`)}
<script type="application/ld+json">${scriptJson({ '@context': 'https://schema.org', '@type': 'CollectionPage', name: title })}</script>
<nav class="pagination"><span class="current">1</span> <a href="#">載入更多</a></nav></main>
<aside class="sidebar"><h4>最多人睇</h4><ol>
${lines(hot, (link) => `<li>${anchor(link)}</li>`)}
</ol></aside>
${footer}`;
}

export function haojiangFeed(origin: string, rows: readonly Printed[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-HK">
<title>${haojiangName}</title>
<id>${origin}/</id>
<link rel="alternate" type="text/html" href="${origin}/"/>
<link rel="self" type="application/atom+xml" href="${origin}/feed/atom.xml"/>
<updated>${rows[0]?.publishedIso ?? ''}</updated>
${lines(
  rows,
  (row) => `<entry>
<title>${text(row.headline)}</title>
<id>${row.url}</id>
<link rel="alternate" type="text/html" href="${row.url}"/>
<published>${row.publishedIso}</published>
<updated>${row.publishedIso}</updated>
<category term="${haojiangSectionOf(row).name}"/>
<summary>${text((row.blocks[0]?.text ?? '').slice(0, 60))}…</summary>
</entry>`,
)}
</feed>`;
}

/** As pages looked in 2001: no doctype, upper-case tags, one table cell with line breaks, Big5. */
export function haojiangOldPage(article: Printed): string {
  const [year, month, day] = article.published.split('-').map(Number);
  return `<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=big5">
<TITLE>${haojiangName} - ${text(article.headline)}</TITLE></HEAD>
<BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="600" BORDER="0"><TR><TD><A HREF="/"><IMG SRC="/assets/img/oldlogo.gif" ALT="${haojiangName}" BORDER="0"></A></TD></TR>
<TR><TD><FONT SIZE="5"><B>${text(article.headline)}</B></FONT><BR><FONT SIZE="2">${year}年${month}月${day}日</FONT></TD></TR>
<TR><TD><FONT SIZE="3">
${lines(article.blocks, ({ text: words }) => `<P>　　${text(words)}</P>`)}
</FONT></TD></TR>
<TR><TD><HR><FONT SIZE="2"><A HREF="/">返回主頁</A>　濠江日報版權所有</FONT></TD></TR></TABLE></BODY></HTML>`;
}
