import { describe, expect, it } from 'vitest';
import type { NotArticleReason, PageResult } from '../page.ts';
import { parsePage } from './extract-page.ts';

const sentences = [
  'The town council voted on Tuesday to rebuild the old stone bridge, which a flood had damaged two winters ago.',
  'Engineers found that the western pier had moved by eleven centimetres, and closed the road to lorries at once.',
  'The mayor, who had promised a decision before the summer, said that the work would take about fourteen months.',
  'Shopkeepers on the far bank welcomed the plan, but asked for a footbridge while the road is closed to traffic.',
  'Money comes from the state, the county and a fund that the families of the old quarrymen set up in 1931.',
];
const menu = ['News', 'Sports', 'Weather', 'Business', 'Opinion']
  .map((name) => `<li><a href="/${name.toLowerCase()}/">${name}</a></li>`)
  .join('');
const chrome = (main: string, title = 'Council votes to rebuild stone bridge', head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title} | Valley News</title>${head}</head><body>
  <header class="site-header"><a href="/">Valley News</a><nav class="main-nav"><ul>${menu}</ul></nav></header>
  <main>${main}</main>
  <aside class="sidebar"><h3>Most read</h3><ul><li><a href="/2026/11/20/cow-on-the-roof">Cow found on the roof of a barn</a></li>
  <li><a href="/2026/11/19/bakery">Bakery sells its last loaf of rye bread</a></li></ul></aside>
  <div class="newsletter">Sign up for our newsletter and get the news in your inbox every morning.</div>
  <footer class="site-footer"><p>© 2026 Valley News. All rights reserved. <a href="/privacy">Privacy policy</a></p></footer></body></html>`;
const story = (inner: string): string =>
  chrome(`<article class="story"><h1>Council votes to rebuild stone bridge</h1><div class="byline">By Anna Berg, November 24, 2026</div>
  <div class="article-body">${inner}</div><div class="share"><a href="/share">Share</a></div></article>`);
const paragraphs = sentences.map((text) => `<p>${text}</p>`).join('');

function parse(
  html: string,
  url = 'https://valley.example.com/2026/11/24/council-votes-to-rebuild-stone-bridge',
): PageResult {
  return parsePage({
    url,
    bytes: new TextEncoder().encode(html),
    contentType: 'text/html',
    fetchedAt: '2026-11-24T12:00:00Z',
  });
}
function articleOf(result: PageResult) {
  if (result.verdict.type !== 'article') throw new Error(`no article: ${result.verdict.reason}`);
  return result.verdict.article;
}
const reasonOf = (result: PageResult): NotArticleReason | 'article' =>
  result.verdict.type === 'article' ? 'article' : result.verdict.reason;

describe('the body', () => {
  it('is the paragraphs of the story and nothing around them', () => {
    const article = articleOf(parse(story(paragraphs)));
    expect(article.body).toBe(sentences.join('\n\n'));
    expect(article.headline).toBe('Council votes to rebuild stone bridge');
    expect(article.inLanguage).toBe('en');
  });

  it('keeps structure in bodyHtml and writes no markup of the page', () => {
    const inner = `<p onclick="x()">${sentences[0]}</p><h2>What was <em>found</em></h2><p>${sentences[1]} <a href="/pier" class="c">The pier</a>
      <a href="javascript:alert(1)">stands</a>.</p><script>alert(1)</script><blockquote><p>${sentences[2]}</p></blockquote>
      <p>${sentences[3]}</p><figure><img src="/i/bridge.jpg" width="640" height="480" alt="The bridge"></figure><p>${sentences[4]} &lt;b&gt;</p>`;
    const { bodyHtml = '', images } = articleOf(parse(story(inner)));
    expect(bodyHtml).toContain('<h2>What was <em>found</em></h2>');
    expect(bodyHtml).toContain('<a href="https://valley.example.com/pier">The pier</a> stands.');
    expect(bodyHtml).toContain(`<blockquote><p>${sentences[2]}</p></blockquote>`);
    expect(bodyHtml).toContain('<figure><img src="https://valley.example.com/i/bridge.jpg" alt="The bridge"></figure>');
    expect(bodyHtml).toContain('&lt;b&gt;');
    expect(bodyHtml).not.toMatch(/script|onclick|class=|javascript/);
    expect(images).toEqual([{ url: 'https://valley.example.com/i/bridge.jpg', width: 640, height: 480 }]);
  });

  it.each([
    ['paragraphs', paragraphs],
    ['lines', `<p>${sentences.join('<br>')}</p>`],
    [
      'a list',
      `${paragraphs}<ul><li>Fourteen months of work on the pier</li><li>A footbridge for the shops</li></ul><p>${sentences[0]} Again.</p>`,
    ],
    [
      'a quote and a heading',
      `<h2>The plan</h2>${paragraphs}<blockquote>${sentences[1]} He said so.</blockquote><p>${sentences[2]} And more.</p>`,
    ],
    [
      'a table',
      `${paragraphs}<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2026</td><td>1.2</td></tr></table><p>${sentences[3]} End.</p>`,
    ],
    ['preformatted text', `${paragraphs}<pre>one  line\n\nanother line of text</pre><p>${sentences[3]} End.</p>`],
  ])('comes out the same when bodyHtml is read again: %s', (_name, inner) => {
    const first = articleOf(parse(story(inner)));
    const page = `<html><head><title>${first.headline}</title></head><body><article><h1>${first.headline}</h1>${first.bodyHtml}</article></body></html>`;
    const again = articleOf(parse(page));
    expect(again.body).toBe(first.body);
    expect(again.bodyHtml).toBe(first.bodyHtml);
  });
});

describe('no article', () => {
  const teaser = (n: number) =>
    `<div class="teaser"><h3><a href="/2026/11/2${n}/story-number-${n}-of-the-week">Story number ${n} of this long week</a></h3><p>A first sentence of story ${n} that says what it is about.</p></div>`;
  const cases: readonly (readonly [NotArticleReason, string, string?])[] = [
    [
      'soft_404',
      chrome(
        '<h1>Page not found</h1><p>The page that you are looking for does not exist any more.</p>',
        'Page not found',
      ),
    ],
    ['soft_404', '<html><head><title>提示信息</title></head><body><div>页面没有找到</div></body></html>'],
    [
      'captcha',
      '<html><head><title>Just a moment...</title></head><body><p>Checking your browser before accessing the site.</p></body></html>',
    ],
    ['captcha', '<html><head><title>安全验证</title></head><body><p>请输入验证码以继续访问</p></body></html>'],
    [
      'error_page',
      '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>',
    ],
    [
      'login_wall',
      '<html><head><title>Log in</title></head><body><form><p>Please log in to continue.</p><input type="password" name="p"></form></body></html>',
    ],
    [
      'redirect_page',
      '<html><head><meta http-equiv="refresh" content="0;url=https://valley.example.com/new"></head><body>Moved.</body></html>',
    ],
    ['section_page', chrome([0, 1, 2, 3, 4, 5].map(teaser).join(''), 'News'), 'https://valley.example.com/news/'],
    ['noindex', story(paragraphs).replace('<head>', '<head><meta name="robots" content="noindex">')],
    [
      'live_blog',
      story(paragraphs).replace(
        '<head>',
        '<head><script type="application/ld+json">{"@type":"LiveBlogPosting"}</script>',
      ),
    ],
    ['empty', '<html><body></body></html>'],
  ];
  it.each(cases.map(([reason, html, url]) => ({ reason, html, url })))('$reason', ({ reason, html, url }) => {
    expect(reasonOf(url === undefined ? parse(html) : parse(html, url))).toBe(reason);
  });

  it('a PDF, an empty response, a feed', () => {
    const page = (bytes: Uint8Array) =>
      parsePage({ url: 'https://a.example/x', bytes, fetchedAt: '2026-11-24T00:00:00Z' });
    expect(page(new TextEncoder().encode('%PDF-1.4 …'))).toMatchObject({
      kind: 'other',
      verdict: { reason: 'unsupported_type' },
    });
    expect(reasonOf(page(new Uint8Array()))).toBe('empty');
    const feed = page(
      new TextEncoder().encode(
        '<rss version="2.0"><channel><item><title>T</title><link>https://a.example/1</link></item></channel></rss>',
      ),
    );
    expect(feed).toMatchObject({ kind: 'feed', verdict: { reason: 'feed' }, links: [{ url: 'https://a.example/1' }] });
  });

  it('keeps a page that was asked for by hand in spite of noindex', () => {
    const bytes = new TextEncoder().encode(
      story(paragraphs).replace('<head>', '<head><meta name="robots" content="noindex">'),
    );
    const result = parsePage({
      url: 'https://a.example/x',
      bytes,
      fetchedAt: '2026-11-24T00:00:00Z',
      obeysRobots: false,
    });
    expect(reasonOf(result)).toBe('article');
  });
});

describe('hostile pages end in bounded time with a verdict', () => {
  const p = '<p>Some words of text, and more of them, in a paragraph.</p>';
  it.each([
    ['nested divs', '<div>'.repeat(50_000) + p, 'too_large'],
    ['a million nodes', p.repeat(150_000), 'too_large'],
    ['many blocks in a deep tree', '<div>'.repeat(500) + p.repeat(90_000), undefined],
    ['10 MB of one paragraph', `<p>${'word, '.repeat(1_700_000)}</p>`, undefined],
    ['many links', '<a href="/x/y">text of a link</a> '.repeat(60_000), undefined],
    ['many lines', 'line of text<br>'.repeat(60_000), undefined],
    ['one long title', `<title>${'word '.repeat(400_000)}</title>${p}`, undefined],
    ['long classes', `<div class="${'article-body '.repeat(100_000)}">${p}</div>`.repeat(5), undefined],
    [
      'unclosed strings in JSON-LD',
      `<script type="application/ld+json">{${'"articleBody":"x'.repeat(100_000)}</script>${p}`,
      undefined,
    ],
    ['blanks', `<p>${' \n'.repeat(2_000_000)}x</p>`, undefined],
    ['one column of images', `<img src="/a.jpg" srcset="${'/a.jpg 1w, '.repeat(5_000)}">`.repeat(300) + p, undefined],
  ])('%s', (_name, html, reason) => {
    const start = process.cpuUsage();
    const result = parse(html);
    // Processor time: a machine that is busy with other things is not to blame on the page.
    expect(process.cpuUsage(start).user).toBeLessThan(10_000_000);
    if (reason !== undefined) expect(reasonOf(result)).toBe(reason);
  });
});
