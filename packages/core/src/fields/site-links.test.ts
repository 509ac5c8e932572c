import { expect, it } from 'vitest';
import { parsePage } from '../index.ts';

const page = (head: string) => `<html><head><title>Town saved by its bakers</title>${head}</head><body><article>
<h1>Town saved by its bakers</h1><time datetime="2024-05-02T09:00:00Z">2 May 2024</time>${'<p>The bakers of the town carried flour through the flood for two days, and then they baked bread for everybody who came.</p>'.repeat(8)}
</article></body></html>`;
const siteOf = (head: string) => {
  const { verdict } = parsePage({
    bytes: Buffer.from(page(head)),
    contentType: 'text/html; charset=utf-8',
    url: 'https://www.town.example.com/news/1',
    fetchedAt: '2024-05-03T00:00:00Z',
  });
  if (verdict.type !== 'article') throw new Error(verdict.reason);
  return verdict.article.site;
};

it('tells the feeds that a page names to machines, and nothing else', () => {
  const { feeds } = siteOf(`
    <link rel="alternate" type="application/rss+xml" href="/rss.xml">
    <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="https://feeds.example.com/town">
    <link rel="alternate" type="application/rss+xml" href="/rss.xml">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
    <link rel="alternate" hreflang="de" href="/de/1"><link rel="stylesheet" type="text/css" href="/a.css">`);
  expect(feeds).toEqual(['https://www.town.example.com/rss.xml', 'https://feeds.example.com/town']);
  expect(
    siteOf(Array.from({ length: 30 }, (_, n) => `<link rel=alternate type=application/rss+xml href=/${n}>`).join(''))
      .feeds,
  ).toHaveLength(10);
});

it.each([
  ['an image', '{"publisher":{"@type":"Organization","name":"Town","logo":{"@type":"ImageObject","url":"/logo.png"}}}'],
  ['an address', '{"publisher":[{"@type":"Organization","name":"Town","logo":"/logo.png"}]}'],
  [
    'a reference',
    '{"publisher":{"@id":"#o"},"x":{"@type":"Organization","@id":"#o","name":"Town","logo":{"@id":"#l"}},"y":{"@type":"ImageObject","@id":"#l","contentUrl":"/logo.png"}}',
  ],
])('tells the logo of the publisher: %s', (_, publisher) => {
  const story = { '@type': 'NewsArticle', headline: 'Town saved by its bakers', ...JSON.parse(publisher) };
  const site = siteOf(`<script type="application/ld+json">${JSON.stringify(story)}</script>`);
  expect(site.logo).toBe('https://www.town.example.com/logo.png');
});

it('says nothing where a page says nothing', () => {
  const site = siteOf('<link rel="icon" href="/logo.ico"><meta property="og:image" content="/logo.png">');
  expect(site).not.toHaveProperty('logo');
  expect(site).not.toHaveProperty('feeds');
});
