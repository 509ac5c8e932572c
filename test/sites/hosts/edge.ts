import { edgePlacements } from '../content/edge.ts';
import { encode } from '../encode.ts';
import type { Expectation, Site, SitePage } from '../model.ts';
import { expectedOf, mainlandLead, type Placement, type Printed, print } from '../placement.ts';
import { edgeArticle, edgeCalendar, edgeHome, edgeName, edgeNotice } from '../templates/edge.ts';
import { robotsPage, skipped, storyOf, textPage } from './build.ts';
import { nofollowPage as nofollowLinks, noticePages, noticePaths } from './edge-notices.ts';
import { emptyPdf, onePixelPng } from './files.ts';

const host = 'edge.broken.test';
const origin = `http://${host}`;
const html = 'text/html; charset=utf-8';
const largeBytes = 3_000_000;
const months = ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09'];
const tracking = '?utm_source=home&utm_medium=web';

const style = { origin, lead: mainlandLead, offset: () => '+08:00' };
const printed = (placement: Placement): Printed => print(placement, storyOf(placement.story), style);

function indexed(article: Printed, more: Parameters<typeof expectedOf>[1] = {}): Expectation {
  return { outcome: 'indexed', story: article.story, article: expectedOf(article, { inLanguage: 'zh-Hans', ...more }) };
}

function storyPage(placement: Placement, more: Partial<SitePage> = {}): SitePage {
  const article = printed(placement);
  return textPage(placement.path, html, () => edgeArticle(article), { expected: indexed(article), ...more });
}

export function edge(): Site {
  const stories = Object.values(edgePlacements);
  const titleOf = (placement: Placement): string => storyOf(placement.story).headline;
  const { plain, etag, modified, tracked, nofollow, nofollowPage } = edgePlacements;
  const hidden: readonly Placement[] = [nofollow, nofollowPage, tracked, edgePlacements.private];
  const home = [
    [
      '新闻',
      stories.filter((story) => !hidden.includes(story)).map((story) => ({ href: story.path, title: titleOf(story) })),
    ],
    [
      '推荐',
      [
        { href: tracked.path + tracking, title: titleOf(tracked) },
        { href: tracked.path, title: titleOf(tracked) },
        { href: `${tracked.path}#comments`, title: '评论' },
        { href: nofollow.path, title: '广告合作', rel: 'nofollow' },
        { href: '/private/bridge.html', title: '内部稿件' },
        ...['/go/301', '/go/302', '/go/host', '/go/refresh', '/go/loop-a'].map((href) => ({ href, title: '跳转' })),
      ],
    ],
    [
      '其他',
      [
        ...noticePaths().map((href) => ({ href, title: '更多' })),
        ...['/missing.html', '/gone.html', '/broken.html', '/empty.html', '/calendar/2026-05', '/links.html'].map(
          (href) => ({ href, title: '更多' }),
        ),
        ...['/files/report.pdf', '/files/photo.png', '/api/latest.json'].map((href) => ({ href, title: '下载' })),
      ],
    ],
  ] as const;
  return {
    host,
    name: edgeName,
    seeds: [`${origin}/`],
    dead: ['/missing.html'],
    pages: [
      robotsPage(['User-agent: *', 'Disallow: /private/', 'Crawl-delay: 0.1', '', 'User-agent: BadBot', 'Disallow: /']),
      textPage('/', html, () => edgeHome(home), { expected: skipped('section_page') }),
      storyPage(plain),
      storyPage(etag, { etag: 'strong' }),
      storyPage(modified, { lastModified: '2025-07-13T02:00:00Z' }),
      storyPage(edgePlacements.gzip, { encoding: 'gzip' }),
      storyPage(edgePlacements.brotli, { encoding: 'br' }),
      storyPage(edgePlacements.zstd, { encoding: 'zstd' }),
      storyPage(edgePlacements.slow, { delayMs: 1_000 }),
      storyPage(tracked),
      storyPage(tracked, {
        path: tracked.path + tracking,
        expected: { outcome: 'never', reason: 'tracking_duplicate', canonical: origin + tracked.path },
      }),
      ...oddStories(),
      ...oddAnswers(),
      ...noticePages(),
      ...months.map((month, index) => calendarPage(month, index)),
      nofollowLinks(nofollowPage.path),
    ],
  };
}

/** Articles whose bytes or head are not what they should be. */
function oddStories(): SitePage[] {
  const { large, truncated, wrongCharset, wrongCharsetBack, doubled, noindex, nofollow, nofollowPage } = edgePlacements;
  const largeArticle = printed(large);
  const cut = printed(truncated);
  const cutHtml = edgeArticle(cut);
  // Cut inside the third paragraph, after its first sentence: no end tag follows.
  const third = cut.blocks[2]?.text ?? '';
  const lastWords = third.slice(0, third.indexOf('。') + 1);
  const kept = cut.blocks.slice(0, 2).map((block) => block.text);
  const utf8AsGbk = printed(wrongCharset);
  const gbkAsUtf8 = printed(wrongCharsetBack);
  const noindexArticle = printed(noindex);
  const twice = printed(doubled);
  const reports = printed(edgePlacements.private);
  return [
    textPage(
      large.path,
      html,
      () => {
        const state = `<script>window.__STATE__="${'x'.repeat(largeBytes)}"</script>\n`;
        return edgeArticle(largeArticle, { before: state });
      },
      { expected: indexed(largeArticle) },
    ),
    textPage(cut.path, html, () => cutHtml.slice(0, cutHtml.indexOf(third) + lastWords.length), {
      expected: indexed(cut, { bodyParagraphs: [...kept, lastWords] }),
    }),
    {
      path: utf8AsGbk.path,
      contentType: 'text/html; charset=gb2312',
      body: () => encode(edgeArticle(utf8AsGbk, { charset: 'gb2312' }), 'utf-8'),
      expected: indexed(utf8AsGbk, { repairs: ['wrong-charset'] }),
    },
    {
      path: gbkAsUtf8.path,
      contentType: html,
      charset: 'gb18030',
      body: () => encode(edgeArticle(gbkAsUtf8, { charset: 'utf-8' }), 'gb18030'),
      expected: indexed(gbkAsUtf8, { repairs: ['wrong-charset'] }),
    },
    {
      path: twice.path,
      contentType: html,
      // UTF-8 that somebody took for Windows-1252 and encoded again.
      body: () => encode(new TextDecoder('windows-1252').decode(encode(edgeArticle(twice), 'utf-8')), 'utf-8'),
      expected: indexed(twice, { repairs: ['double-encoded-utf8'] }),
    },
    textPage(
      noindex.path,
      html,
      () => edgeArticle(noindexArticle, { head: '<meta name="robots" content="noindex,follow">\n' }),
      { expected: skipped('noindex') },
    ),
    storyPage(nofollow, { expected: { outcome: 'never', reason: 'nofollow' } }),
    storyPage(nofollowPage, { expected: { outcome: 'never', reason: 'nofollow_page' } }),
    textPage('/private/bridge.html', html, () => edgeArticle(reports), { expected: skipped('robots_disallowed') }),
  ];
}

/** Redirects, errors and files. */
function oddAnswers(): SitePage[] {
  const { plain, etag } = edgePlacements;
  const elsewhere = 'http://www.longyuan.test/system/2026/03/18/013502117.shtml';
  const redirect = (path: string, status: number, location: string): SitePage =>
    textPage(path, html, () => '<p>Moved</p>', {
      status,
      headers: { location },
      expected: skipped('redirected', { target: new URL(location, origin).href }),
    });
  const loop = { expected: skipped('redirect_loop') };
  const file = (path: string, contentType: string, body: () => Uint8Array): SitePage => ({
    path,
    contentType,
    body,
    expected: skipped('unsupported_type'),
  });
  return [
    redirect('/go/301', 301, '../story/plain.html'),
    redirect('/go/302', 302, origin + etag.path),
    redirect('/go/host', 301, elsewhere),
    { ...redirect('/go/loop-a', 302, '/go/loop-b'), ...loop },
    { ...redirect('/go/loop-b', 302, '/go/loop-a'), ...loop },
    textPage(
      '/go/refresh',
      html,
      () =>
        `<html><head><META HTTP-EQUIV="Refresh" CONTENT="0; URL='${plain.path}'"></head><body>正在跳转</body></html>`,
      { expected: skipped('redirect_page', { target: origin + plain.path }) },
    ),
    textPage('/gone.html', html, () => edgeNotice('410', '已删除'), { status: 410, expected: skipped('http_410') }),
    textPage('/broken.html', html, () => edgeNotice('500', '出错'), { status: 500, expected: skipped('http_error') }),
    textPage('/empty.html', html, () => '', { expected: skipped('empty') }),
    file('/files/report.pdf', 'application/pdf', emptyPdf),
    file('/files/photo.png', 'image/png', onePixelPng),
    file('/api/latest.json', 'application/json', () => encode('{"items":[{"id":1,"title":"最新"}]}', 'utf-8')),
  ];
}

function calendarPage(month: string, index: number): SitePage {
  const links = [months[index - 1], months[index + 1]]
    .filter((neighbour) => neighbour !== undefined)
    .map((neighbour) => ({ href: `/calendar/${neighbour}`, title: neighbour }));
  return textPage(`/calendar/${month}`, html, () => edgeCalendar(month, links), {
    expected: skipped('section_page', { also: ['too_short', 'empty'] }),
  });
}
