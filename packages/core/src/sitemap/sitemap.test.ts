import { describe, expect, it } from 'vitest';
import { sitemapLinks } from './links.ts';
import { parseSitemap, SITEMAP_ENTRIES_MAX, sniffSitemap } from './parse-sitemap.ts';

const base = 'http://news.example.com/sitemap.xml';

describe('parseSitemap', () => {
  it('reads a sitemap with news, and none of its images', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
      <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
      <url><image:image><image:loc>http://img.example.com/a.jpg</image:loc><image:title>No</image:title></image:image>
        <loc> http://news.example.com/1?a=1&amp;b=2 </loc><lastmod>2026-11-24T08:15:00+08:00</lastmod>
        <news:news><news:publication><news:name>Desk</news:name><news:language>zh-cn</news:language></news:publication>
          <news:publication_date>2026-11-24</news:publication_date><news:title>兰州 &amp; 定西</news:title></news:news></url>
      <url><loc><![CDATA[/2]]></loc><xhtml:link rel="alternate" href="http://news.example.com/en/2"/><lastmod>9999-99-99</lastmod></url>
      <url><loc>file:///etc/passwd</loc></url><url><loc></loc></url><url><lastmod>2026</lastmod></url>
      <url><loc>http://news.example.com/2</loc></url></urlset>`;
    expect(parseSitemap(text, base)).toEqual({
      kind: 'urlset',
      cut: false,
      entries: [
        {
          url: 'http://news.example.com/1?a=1&b=2',
          lastmod: '2026-11-24T00:15:00.000Z',
          news: { title: '兰州 & 定西', publicationDate: '2026-11-24', language: 'zh-cn' },
        },
        { url: 'http://news.example.com/2' },
      ],
    });
  });

  it('reads an index, also with prefixes', () => {
    const text = `<sm:sitemapindex xmlns:sm="x"><sm:sitemap><sm:loc>http://news.example.com/s1.xml.gz</sm:loc>
      <sm:lastmod>2026-11-24</sm:lastmod></sm:sitemap></sm:sitemapindex>`;
    expect(parseSitemap(text, base)).toEqual({
      kind: 'index',
      cut: false,
      entries: [{ url: 'http://news.example.com/s1.xml.gz', lastmod: '2026-11-24' }],
    });
  });

  it('reads a list of lines', () => {
    expect(parseSitemap('\uFEFFhttp://e.com/1\r\n\r\nhttp://e.com/2\nnonsense\nftp://e.com/3', base)).toEqual({
      kind: 'urlset',
      cut: false,
      entries: [{ url: 'http://e.com/1' }, { url: 'http://e.com/2' }],
    });
  });

  it('reads what there is of a broken one', () => {
    const text =
      '<urlset><url><loc>http://e.com/?a=1&b=2</loc><br></url><url><loc>http://e.com/2</loc></url><url><loc>http://e.com/31';
    expect(parseSitemap(text, base)).toMatchObject({
      entries: [{ url: 'http://e.com/?a=1&b=2' }, { url: 'http://e.com/2' }],
    });
  });

  it.each([
    ['<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><urlset>', 'xml_entities'],
    [`<urlset>${'<a>'.repeat(100_000)}`, 'xml_too_deep'],
    ['<html></html>', 'not_a_sitemap'],
    ['<rss></rss>', 'not_a_sitemap'],
    ['see http://e.com/', 'not_a_sitemap'],
    ['', 'not_a_sitemap'],
  ])('%.30s…: %s', (text, failed) => {
    expect(parseSitemap(text, base)).toEqual({ failed });
  });

  it('takes 50,000 entries and says when there are more', () => {
    const urls = (count: number) =>
      Array.from({ length: count }, (_, at) => `<url><loc>http://e.com/${at}</loc></url>`).join('');
    const start = performance.now();
    const whole = parseSitemap(`<urlset>${urls(SITEMAP_ENTRIES_MAX)}</urlset>`, base);
    expect('entries' in whole && [whole.entries.length, whole.cut]).toEqual([SITEMAP_ENTRIES_MAX, false]);
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(parseSitemap(`<urlset>${urls(11)}</urlset>`, base, 10)).toMatchObject({
      cut: true,
      entries: { length: 10 },
    });
    expect(parseSitemap('http://e.com/1\nhttp://e.com/2', base, 1)).toMatchObject({ cut: true });
  });
});

describe('sitemapLinks', () => {
  it('puts the newest first', () => {
    const entry = (path: string, lastmod: string, news = '') =>
      `<url><loc>http://news.example.com/${path}</loc><lastmod>${lastmod}</lastmod>${news}</url>`;
    const news =
      '<n:news xmlns:n="x"><n:publication_date>2026-11-23T10:00:00Z</n:publication_date><n:title>T</n:title></n:news>';
    const text = `<urlset>${entry('world', '')}${entry('2026/11/01/1.html', '2026-11-01')}${entry('x', '2026-11-24', news)}</urlset>`;
    expect(sitemapLinks(text, base)).toEqual([
      {
        ...{ url: 'http://news.example.com/x', kind: 'article', text: 'T' },
        ...{ datePublished: '2026-11-23T10:00:00.000Z', dateModified: '2026-11-24' },
      },
      { url: 'http://news.example.com/2026/11/01/1.html', kind: 'article', dateModified: '2026-11-01' },
      { url: 'http://news.example.com/world', kind: 'section' },
    ]);
    expect(sitemapLinks('<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>', base)).toEqual([
      { url: 'http://news.example.com/a.xml', kind: 'sitemap' },
    ]);
    expect(sitemapLinks('<html>', base)).toEqual([]);
  });
});

describe('sniffSitemap', () => {
  it.each([
    ['<?xml version="1.0"?><?xml-stylesheet href="x"?><!-- by x --><urlset>', 'urlset'],
    ['<sitemapindex>', 'index'],
    ['https://e.com/a', 'text'],
    ['{"a":1}', undefined],
    ['<feed>', undefined],
  ])('%s: %s', (text, kind) => {
    expect(sniffSitemap(text)).toBe(kind);
  });
});
