import { describe, expect, it } from 'vitest';
import { parsePage } from '../extract/extract-page.ts';
import type { PageResult } from '../page.ts';
import { joinPages } from './join-pages.ts';

const texts = [
  'The council voted on Tuesday to keep the library open on Sundays, after a long debate about what that would cost.',
  'Its director, who had asked for the vote, said that every second visitor came at the weekend, most of them with children.',
  'The opposition called the decision hasty, and asked where the money for two more librarians was to come from.',
  'The mayor answered that the town had saved as much by closing the old car park, and that books were better than cars.',
  'The new hours begin in March. Until then the library will be closed on two Mondays, because its shelves are moved.',
];
const page = (paragraphs: readonly string[], { head = '', below = '', html = 'lang="en"' } = {}) =>
  `<!doctype html><html ${html}><head><title>Library stays open on Sundays</title>${head}</head><body>
  <h1>Library stays open on Sundays</h1><div class="content">${paragraphs.map((text) => `<p>${text}</p>`).join('')}</div>${below}</body></html>`;
const parse = (url: string, body: string, more: { acceptsParts?: boolean; obeysRobots?: boolean } = {}): PageResult =>
  parsePage({ url, bytes: Buffer.from(body), fetchedAt: '2026-01-03T00:00:00Z', ...more });
const reasonOf = ({ verdict }: PageResult) => (verdict.type === 'article' ? 'article' : verdict.reason);

describe('AMP and print views', () => {
  const proper = 'http://www.a.test/news/2026/01/02/library.html';
  const canonical = (url: string) => `<link rel="canonical" href="${url}">`;

  it.each([
    ['http://www.a.test/news/2026/01/02/library.amp.html', 'lang="en"'],
    ['http://www.a.test/amp/news/2026/01/02/library.html', 'lang="en"'],
    ['http://www.a.test/news/2026/01/02/library/amp/', 'lang="en"'],
    ['http://amp.a.test/news/2026/01/02/library.html', 'lang="en"'],
    ['http://www.a.test/news/2026/01/02/library.html?outputType=amp', 'lang="en"'],
    ['http://www.a.test/print.php?id=123456', 'lang="en"'],
    ['http://www.a.test/news/2026/01/02/library_print.html', 'lang="en"'],
    ['http://www.a.test/x/123456', '⚡ lang="en"'],
    ['http://www.a.test/x/123456', 'amp lang="en"'],
  ])('%s (%s) leads to the page proper', (url, html) => {
    const result = parse(url, page(texts, { head: canonical(proper), html }));
    expect(reasonOf(result)).toBe('alternate_view');
    expect(result.partOf).toBe(proper);
    expect(result.links[0]).toEqual({ url: proper, kind: 'article' });
  });

  it.each([
    ['http://www.a.test/x/amp', ''],
    ['http://www.a.test/x/amp', canonical('http://www.a.test/x/amp')],
    ['http://www.a.test/x/amp', canonical('https://a.test/x/amp/')],
    ['http://www.a.test/x/amp', canonical('http://www.b.test/x/library')],
    ['http://www.a.test/x/amp', canonical('http://www.a.test/')],
    ['http://www.a.test/x/amp', `${canonical(proper)}<meta name="robots" content="nofollow">`],
    // Other pages name another address too: a parameter, a move.
    ['http://www.a.test/x/camp-123456.html', canonical(proper)],
    ['http://www.a.test/news/the-fine-print-of-the-budget.html', canonical(proper)],
    ['http://www.a.test/news/library.html?amp=0', canonical(proper)],
  ])('%s with %s is an article', (url, head) => {
    expect(reasonOf(parse(url, page(texts, { head })))).toBe('article');
  });

  it('reads a view that somebody asked for', () => {
    const body = page(texts, { head: canonical(proper) });
    expect(reasonOf(parse('http://www.a.test/x/amp', body, { obeysRobots: false }))).toBe('article');
    expect(reasonOf(parse('http://www.a.test/x/amp', body, { acceptsParts: true }))).toBe('article');
  });
});

describe('articles of several pages', () => {
  const chinese = [
    '<a href="123456.shtml">1</a> <a href="123456_2.shtml">2</a> <a href="123456_3.shtml">3</a>',
    '<a href="123456_2.shtml">下一页</a>',
  ].join(' ');

  it.each([
    ['http://a.test/2026/01/02/123456_2.shtml', chinese, 'http://a.test/2026/01/02/123456.shtml', 2],
    ['http://a.test/2026/01/02/123456_3.shtml', chinese, 'http://a.test/2026/01/02/123456.shtml', 3],
    ['http://a.test/a/show?id=123456&page=2', '<a href="?id=123456">上一页</a>', 'http://a.test/a/show?id=123456', 2],
    [
      'http://a.test/x/library-stays-open-on-sundays/2/',
      '<a href="/x/library-stays-open-on-sundays/">Previous</a>',
      'http://a.test/x/library-stays-open-on-sundays/',
      2,
    ],
    ['http://a.test/x/t123456_2.html', '<a href="t123456_1.html">1</a>', 'http://a.test/x/t123456_1.html', 2],
  ])('%s is a later page', (url, below, first, number) => {
    const result = parse(url, page(texts, { below }));
    expect(reasonOf(result)).toBe('continuation');
    expect(result.partOf).toBe(first);
    expect(result.links[0]).toEqual({ url: first, kind: 'article' });
    const accepted = parse(url, page(texts, { below }), { acceptsParts: true });
    expect([reasonOf(accepted), accepted.pageNumber]).toEqual(['article', number]);
  });

  it('takes the first page for the article, and its later pages for articles, not lists', () => {
    const result = parse(
      'http://a.test/a/show?id=123456',
      page(texts, { below: '<a href="?id=123456&page=2">2</a><a href="?id=123456&page=2">Next</a>' }),
    );
    expect([reasonOf(result), result.pageNumber]).toEqual(['article', 1]);
    expect(result.links).toMatchObject([{ url: 'http://a.test/a/show?id=123456&page=2', kind: 'article' }]);
  });

  it('believes rel=prev and rel=next', () => {
    const head = '<link rel="prev" href="123456.shtml"><link rel="next" href="123456_3.shtml">';
    expect(reasonOf(parse('http://a.test/2026/01/02/123456_2.shtml', page(texts, { head })))).toBe('continuation');
  });

  it.each([
    [
      'http://a.test/news/123-46.html',
      '<a href="123-45.html">The mayor opens a bridge</a> <a href="123.html">Home</a>',
    ],
    [
      'http://a.test/news/2026/01/12',
      '<a href="/news/2026/01/11">11</a> <a href="/news/2026/01/01">1</a> <a href="/news/2026/01/02">2</a>',
    ],
    ['http://a.test/news/123456_2.shtml', '<a href="123455.shtml">上一篇</a>'],
    ['http://a.test/news/123456_2.shtml', '<a href="123456.shtml">The whole story</a>'],
    ['http://a.test/archives/3', '<a href="/archives/1">1</a><a href="/archives/2">2</a>'],
  ])('%s with other links is a page of its own', (url, below) => {
    expect(reasonOf(parse(url, page(texts, { below })))).toBe('article');
  });
});

describe('joinPages', () => {
  const own = (at: number, paragraphs: readonly string[], more = '') =>
    parse(`http://a.test/2026/01/02/123456${at === 1 ? '' : `_${at}`}.shtml`, page(paragraphs, { below: more }), {
      acceptsParts: true,
    });

  it('puts the pages together, in order, as the article of the first', () => {
    const joined = joinPages([own(1, texts.slice(0, 2)), own(2, texts.slice(2, 4)), own(3, texts.slice(4))]);
    const whole = own(1, texts).verdict;
    if (whole.type !== 'article') throw new Error(whole.reason);
    expect(joined).toMatchObject({
      url: 'http://a.test/2026/01/02/123456.shtml',
      headline: whole.article.headline,
      body: whole.article.body,
      bodyHtml: whole.article.bodyHtml,
      contentHash: whole.article.contentHash,
      fingerprint: whole.article.fingerprint,
      provenance: { body: 'block-model, 3 pages' },
    });
  });

  it('keeps once what later pages repeat', () => {
    const joined = joinPages([own(1, texts.slice(0, 3)), own(2, [texts[0] ?? '', ...texts.slice(3)])]);
    expect(joined?.body).toBe(texts.join('\n\n'));
    expect(joined?.bodyHtml?.match(/<p>/g)).toHaveLength(texts.length);
  });

  it('fills from later pages what the first does not tell', () => {
    const dated = page(texts.slice(3), { head: '<meta name="author" content="Mary Mason">' });
    const second = parse('http://a.test/2026/01/02/123456_2.shtml', dated, { acceptsParts: true });
    const joined = joinPages([own(1, texts.slice(0, 3)), second]);
    expect(joined?.contributors).toMatchObject([{ name: 'Mary Mason' }]);
  });

  it('passes over what is no article, and gives one page as it is', () => {
    const one = own(1, texts);
    const none = parse('http://a.test/x', '<title>404 Not Found</title>');
    expect(joinPages([none, one])).toBe(one.verdict.type === 'article' ? one.verdict.article : 'none');
    expect(joinPages([none])).toBeUndefined();
    expect(joinPages([])).toBeUndefined();
  });
});
