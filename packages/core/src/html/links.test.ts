import { expect, it } from 'vitest';
import { segment } from '../extract/segment.ts';
import { parseDom } from './dom.ts';
import { collectLinks, LINKS_MAX } from './links.ts';
import { readHead } from './page-head.ts';

const pageUrl = 'https://news.example.com/politics/index.html';
const read = (html: string, url = pageUrl) => {
  const segments = segment(parseDom(html).document);
  const head = readHead(segments.head, url);
  return { head, links: collectLinks(segments, head) };
};

it('resolves against the base, drops fragments, scripts, assets and the page itself, once each', () => {
  const { links } = read(`<base href="/news/"><a href="2026/11/24/a-long-story-about-water.html#top"><img src=x></a>
    <a href="2026/11/24/a-long-story-about-water.html">Water runs uphill</a><a href="#x">x</a><a href="javascript:void(0)">x</a>
    <a href="/photo.jpg">x</a><a href="${pageUrl}">self</a><a href="mailto:a@b.example">m</a><a href="//[bad">b</a>`);
  expect(links).toEqual([
    {
      url: 'https://news.example.com/news/2026/11/24/a-long-story-about-water.html',
      kind: 'article',
      text: 'Water runs uphill',
    },
  ]);
});

it('puts the feeds of the head first', () => {
  const { links } = read(`<head><link rel="alternate" type="application/rss+xml" title="All" href="/rss.xml">
    <link rel="alternate" hreflang="de" href="/de/"></head><a href="/local/">Local</a>`);
  expect(links).toEqual([
    { url: 'https://news.example.com/rss.xml', kind: 'feed', text: 'All' },
    { url: 'https://news.example.com/local/', kind: 'section', text: 'Local' },
  ]);
});

it('follows nothing that says nofollow', () => {
  expect(read('<meta name="robots" content="noindex, nofollow"><a href="/a/">a</a>').links).toEqual([]);
  expect(read('<a rel="nofollow noopener" href="/a/">a</a><a rel="sponsored" href="/b/">b</a>').links).toEqual([]);
});

it('keeps a bounded number', () => {
  const html = Array.from({ length: LINKS_MAX + 500 }, (_, index) => `<a href="/s/${index}/">x</a>`).join('');
  expect(read(html).links).toHaveLength(LINKS_MAX);
});

it('reads what the head says', () => {
  const { head } = read(`<meta http-equiv="refresh" content="0; URL='/next'"><meta name=robots content="none">
    <link rel="canonical" href="/story"><meta property="og:title" content="T">`);
  expect(head).toMatchObject({
    noindex: true,
    nofollow: true,
    refresh: { url: 'https://news.example.com/next', delaySeconds: 0 },
    canonical: 'https://news.example.com/story',
  });
  expect(read('<meta name="robots" content="max-image-preview:none">').head.noindex).toBe(false);
  expect(read('<meta http-equiv="refresh" content="300">').head.refresh).toBeUndefined();
});
