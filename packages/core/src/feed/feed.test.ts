import { describe, expect, it } from 'vitest';
import { type Feed, ITEMS_MAX } from './feed.ts';
import { readFeedPage } from './links.ts';
import { readMachineDate } from './machine-date.ts';
import { parseFeed, sniffFeed } from './parse-feed.ts';

const base = 'http://news.example.com/feeds/top.xml';

function read(text: string): Feed {
  const feed = parseFeed(text, base);
  if ('failed' in feed) throw new Error(`not read: ${feed.failed}`);
  return feed;
}
const urls = (text: string) => read(text).items.map(({ url }) => url);

const rss = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>甘肃要闻</title><link>http://news.example.com/</link><language>zh-cn</language><ttl>30</ttl>
  <lastBuildDate>Tue, 24 Nov 2026 08:30:00 +0800</lastBuildDate>
  <atom:link rel="self" href="http://news.example.com/feeds/top.xml"/><atom:link rel="hub" href="https://hub.example.com/"/>
  <image><title>Logo</title><link>http://news.example.com/logo</link></image>
  <item><title>兰州&amp;定西&lt;b&gt;新路&lt;/b&gt;</title><link>/2026/11/24/1.shtml?utm_source=rss</link>
    <guid isPermaLink="false">77</guid><pubDate>Tue, 24 Nov 2026 08:15:00 +0800</pubDate>
    <media:title>Not this</media:title><media:content><media:title>Nor this</media:title></media:content></item>
  <item><title><![CDATA[Second & last]]></title><guid>http://news.example.com/2</guid><pubDate>2026-11-24 08:00:00</pubDate></item>
  <item><title>Again</title><link>http://news.example.com/2#x</link></item>
  <item><title>No address</title><link>javascript:void(0)</link><guid>77</guid></item>
</channel></rss>`;

describe('parseFeed', () => {
  it('reads RSS 2.0', () => {
    expect(read(rss)).toEqual({
      format: 'rss',
      title: '甘肃要闻',
      siteUrl: 'http://news.example.com/',
      selfUrl: base,
      hubUrl: 'https://hub.example.com/',
      language: 'zh-cn',
      ttlMs: 1_800_000,
      dateModified: '2026-11-24T00:30:00.000Z',
      items: [
        {
          url: 'http://news.example.com/2026/11/24/1.shtml',
          title: '兰州&定西新路',
          datePublished: '2026-11-24T00:15:00.000Z',
        },
        { url: 'http://news.example.com/2', title: 'Second & last', datePublished: '2026-11-24' },
      ],
    });
  });

  it('reads Atom, with its links and bases', () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://blog.example.com/a/">
      <title type="html">Desk &amp;amp; field</title><id>urn:x</id><updated>2026-11-24T08:00:00Z</updated>
      <link href="http://blog.example.com/"/><link rel="next" href="?page=2"/><link rel="hub" href="https://hub.example.com/"/>
      <entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">One <i>two</i></div></title>
        <link rel="enclosure" href="http://blog.example.com/x.mp3"/><link rel="alternate" type="application/json" href="j"/>
        <link rel="alternate" type="text/html" href="one"/><id>tag:x</id>
        <published>2026-11-24T08:00:00.5+08:00</published><updated>2026-11-24T09:00:00+08:00</updated>
        <source><title>Elsewhere</title><link href="http://else.example.com/"/></source></entry>
      <entry xml:base="http://other.example.com/b/"><title>Three</title><link href="three"/><issued>2026-11-24</issued></entry>
      <entry><title>By id</title><id>http://blog.example.com/four</id></entry>
    </feed>`;
    const feed = read(atom);
    expect(feed).toMatchObject({
      format: 'atom',
      title: 'Desk & field',
      siteUrl: 'http://blog.example.com/',
      nextUrl: 'http://news.example.com/feeds/top.xml?page=2',
      dateModified: '2026-11-24T08:00:00.000Z',
    });
    expect(feed.items).toEqual([
      {
        url: 'http://blog.example.com/a/one',
        title: 'One two',
        datePublished: '2026-11-24T00:00:00.000Z',
        dateModified: '2026-11-24T01:00:00.000Z',
      },
      { url: 'http://other.example.com/b/three', title: 'Three', datePublished: '2026-11-24' },
      { url: 'http://blog.example.com/four', title: 'By id' },
    ]);
  });

  it('reads RSS 1.0 (RDF)', () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
      <channel rdf:about="http://news.example.com/"><title>Wire</title><link>http://news.example.com/</link>
        <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
        <items><rdf:Seq><rdf:li resource="http://news.example.com/1"/></rdf:Seq></items></channel>
      <item rdf:about="http://news.example.com/1"><title>One</title><dc:date>2026-11-24T08:00+08:00</dc:date></item>
      <item rdf:about="x"><title>Two</title><link>http://news.example.com/2</link></item></rdf:RDF>`;
    expect(read(rdf)).toMatchObject({
      format: 'rdf',
      title: 'Wire',
      ttlMs: 900_000,
      items: [
        { url: 'http://news.example.com/1', title: 'One', datePublished: '2026-11-24T00:00:00.000Z' },
        { url: 'http://news.example.com/2', title: 'Two' },
      ],
    });
  });

  it('reads JSON Feed', () => {
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Desk',
      home_page_url: '/',
      feed_url: base,
      hubs: [
        { type: 'rssCloud', url: '/no' },
        { type: 'WebSub', url: '/hub' },
      ],
      items: [
        { id: '1', url: '/1', title: 'A &amp; B', date_published: '2026-11-24T08:00:00+08:00' },
        { id: 'http://news.example.com/2', title: 3 },
        { id: 4, external_url: 'http://other.example.com/' },
        { id: '5' },
        null,
        'x',
      ],
    });
    expect(read(`\uFEFF${json}`)).toEqual({
      format: 'json',
      title: 'Desk',
      siteUrl: 'http://news.example.com/',
      selfUrl: base,
      hubUrl: 'http://news.example.com/hub',
      items: [
        { url: 'http://news.example.com/1', title: 'A & B', datePublished: '2026-11-24T00:00:00.000Z' },
        { url: 'http://news.example.com/2', title: '3' },
        { url: 'http://other.example.com/' },
      ],
    });
  });

  const kept: [what: string, text: string, expected: string[]][] = [
    [
      'unescaped & and HTML entities',
      '<rss><channel><item><title>A & B &nbsp; C</title><link>http://e.com/?a=1&b=2</link></item></channel></rss>',
      ['http://e.com/?a=1&b=2'],
    ],
    [
      'NUL',
      '<rss><channel><item><title>a\0b</title><link>http://e.com/1</link></item></channel></rss>',
      ['http://e.com/1'],
    ],
    ['no channel', '<rss><item><link>http://e.com/1</link></item></rss>', ['http://e.com/1']],
    ['no end', '<rss><channel><item><link>http://e.com/1</link></item><item><link>http://e.com/12', ['http://e.com/1']],
    [
      'stray end tags',
      '<rss><channel></b><item></i><link>http://e.com/1</link></item></channel></rss>',
      ['http://e.com/1'],
    ],
    [
      'text before it',
      'Warning: x in /y.php\n<?xml version="1.0"?><!-- c --><!DOCTYPE rss PUBLIC "x" "y"><rss><channel><item><link>http://e.com/1</link></item></channel></rss>',
      ['http://e.com/1'],
    ],
    [
      'a prefixed root',
      '<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:entry><atom:link href="http://e.com/1"/></atom:entry></atom:feed>',
      ['http://e.com/1'],
    ],
    [
      'a link in an attribute of RSS',
      '<rss><channel><item><atom:link href="http://e.com/1"/></item></channel></rss>',
      ['http://e.com/1'],
    ],
    [
      'a redirecting feed service',
      '<rss><channel><item><link>http://f.e.com/~1</link><feedburner:origLink>http://e.com/1</feedburner:origLink></item></channel></rss>',
      ['http://e.com/1'],
    ],
    ['no items', '<rss version="2.0"><channel><title>x</title></channel></rss>', []],
  ];
  it.each(kept)('makes do with %s', (_, text, expected) => {
    expect(urls(text)).toEqual(expected);
  });

  const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>`;
  const failures: [what: string, text: string, failed: string][] = [
    ['entities of entities', laughs, 'xml_entities'],
    ['100,000 nested elements', `<rss>${'<a>'.repeat(100_000)}`, 'xml_too_deep'],
    ['HTML', '<!doctype html><html><body><rss></rss></body></html>', 'not_a_feed'],
    ['a sitemap', '<urlset></urlset>', 'not_a_feed'],
    ['other JSON', '{"version":"1","items":[]}', 'not_a_feed'],
    ['broken JSON', '{"version":"https://jsonfeed.org/version/1","items":[', 'not_a_feed'],
    ['nothing', '', 'not_a_feed'],
    ['text', 'hello', 'not_a_feed'],
  ];
  it.each(failures)('gives up on %s', (_, text, failed) => {
    expect(parseFeed(text, base)).toEqual({ failed });
  });

  it('is bounded and quick', () => {
    const many = `<rss><channel>${Array.from({ length: 50_000 }, (_, at) => `<item><link>http://e.com/${at}</link></item>`).join('')}`;
    const start = performance.now();
    expect(read(many).items).toHaveLength(ITEMS_MAX);
    const long = `<rss><channel><item><title><![CDATA[${'x'.repeat(10_000_000)}]]></title><link>http://e.com/1</link></item></channel></rss>`;
    expect(read(long).items[0]?.title).toHaveLength(500);
    for (const text of ['<'.repeat(1e6), '<rss '.repeat(2e5), `<!--${' '.repeat(1e6)}`, '<?'.repeat(5e5)])
      sniffFeed(text);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('who wrote an item', () => {
  const rssItem = (inside: string) =>
    `<rss xmlns:dc="x"><channel><item><link>http://e.com/1</link>${inside}</item></channel></rss>`;
  it.each<[string, string, string | undefined]>([
    ['an address and a name', rssItem('<author>jane@e.com (Jane Doe)</author>'), 'Jane Doe'],
    ['an address alone', rssItem('<author>jane@e.com</author>'), undefined],
    [
      'Dublin Core',
      rssItem('<dc:creator><![CDATA[孙亚斐]]></dc:creator><dc:creator>李明</dc:creator>'),
      '孙亚斐; 李明',
    ],
    ['not of a podcast', rssItem('<itunes:author>The Podcast</itunes:author>'), undefined],
    [
      'Atom',
      '<feed><entry><link href="http://e.com/1"/><author><name>Jane Doe</name><uri>http://e.com/jane</uri><email>j@e.com</email></author></entry></feed>',
      'Jane Doe',
    ],
    [
      'JSON Feed 1.1',
      '{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"http://e.com/1","authors":[{"name":"Jane Doe"},{"url":"x"},{"name":"John Roe"}]}]}',
      'Jane Doe; John Roe',
    ],
    [
      'JSON Feed 1.0',
      '{"version":"https://jsonfeed.org/version/1","items":[{"url":"http://e.com/1","author":{"name":"Jane Doe"}}]}',
      'Jane Doe',
    ],
  ])('%s', (_, text, author) => {
    expect(readFeedPage(text, base).links[0]?.author).toBe(author);
  });
});

describe('readFeedPage', () => {
  it('gives items as articles, and the next page', () => {
    expect(readFeedPage(rss, base).links).toEqual([
      {
        url: 'http://news.example.com/2026/11/24/1.shtml',
        kind: 'article',
        text: '兰州&定西新路',
        datePublished: '2026-11-24T00:15:00.000Z',
      },
      { url: 'http://news.example.com/2', kind: 'article', text: 'Second & last', datePublished: '2026-11-24' },
    ]);
    const paged = '<feed><link rel="next" href="?page=2"/><entry><link href="/1"/></entry></feed>';
    expect(readFeedPage(paged, base).links.map(({ url, kind }) => [url, kind])).toEqual([
      ['http://news.example.com/1', 'article'],
      [`${base}?page=2`, 'feed'],
    ]);
    expect(readFeedPage('<html>', base)).toEqual({ links: [] });
    expect(readFeedPage(rss, base).hub).toEqual({ url: 'https://hub.example.com/', topic: base });
    expect(readFeedPage(paged, base).hub).toBeUndefined();
  });
});

describe('sniffFeed', () => {
  it.each([
    [rss, 'rss'],
    ['\uFEFF  <feed>', 'atom'],
    ['<RDF:RDF xmlns="x">', 'rdf'],
    ['{ "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', 'json'],
    ['<html>', undefined],
    ['', undefined],
  ])('%.20s…: %s', (text, format) => {
    expect(sniffFeed(text)).toBe(format);
  });
});

describe('readMachineDate', () => {
  it.each([
    ['Tue, 24 Nov 2026 08:15:00 +0800', '2026-11-24T00:15:00.000Z'],
    ['24 Nov 26 08:15 EST', '2026-11-24T13:15:00.000Z'],
    ['Tuesday, 24-Nov-2026 08:15:00 GMT', '2026-11-24T08:15:00.000Z'],
    ['Tue,  4 November 2026 08:15:00 Z (UTC)', '2026-11-04T08:15:00.000Z'],
    ['2026-11-24T08:15:00+08:00', '2026-11-24T00:15:00.000Z'],
    ['2026-11-24T08:15:00.123456Z', '2026-11-24T08:15:00.000Z'],
    ['2026-11-24T08:15+0800', '2026-11-24T00:15:00.000Z'],
    ['2026-11-24 08:15:00', '2026-11-24'],
    ['Tue, 24 Nov 2026 08:15:00', '2026-11-24'],
    ['Tue, 24 Nov 2026 08:15:00 XYZ', '2026-11-24'],
    ['2026-11', '2026-11-01'],
    ['2026', '2026-01-01'],
    ['9999-99-99', undefined],
    ['0001-01-01T00:00:00Z', undefined],
    ['2026-02-30', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s: %s', (text, expected) => {
    expect(readMachineDate(text)).toBe(expected);
  });
});
