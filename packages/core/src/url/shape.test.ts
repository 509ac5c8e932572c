import { describe, expect, it } from 'vitest';
import type { LinkKind } from '../page.ts';
import { hostIdOf, hostKeyOf, siteDomain, urlIdOf } from './ids.ts';
import { guessLinkKind } from './link-kind.ts';
import { looksLikeTrap } from './trap.ts';
import { unwantedReason } from './unwanted.ts';

describe('ids', () => {
  it('names a URL by 22 characters of its hash', () => {
    expect(urlIdOf('http://news.example.com/')).toMatch(/^[\w-]{22}$/);
    expect(urlIdOf('http://news.example.com/')).not.toBe(urlIdOf('http://news.example.com/a'));
  });

  it('names a host safely for job ids, http and https alike', () => {
    expect(hostKeyOf('https://news.example.com/a')).toBe('news.example.com');
    expect(hostKeyOf('http://news.example.com:8080/a')).toBe('news.example.com:8080');
    expect(hostIdOf('http://news.example.com/')).toMatch(/^h[\w-]{16}$/);
    expect(hostIdOf('http://news.example.com/a')).toBe(hostIdOf('https://news.example.com/b'));
    expect(hostIdOf('http://news.example.com/')).not.toBe(hostIdOf('http://news.example.com:8080/'));
  });

  it.each([
    ['http://www.gscn.com.cn/a', 'gscn.com.cn'],
    ['http://gansu.gscn.com.cn/a', 'gscn.com.cn'],
    ['https://www.bbc.co.uk/', 'bbc.co.uk'],
    ['https://a.github.io/', 'a.github.io'],
    ['http://www.gov.cn/', 'www.gov.cn'],
    ['http://gov.cn/', 'gov.cn'],
    ['http://news.portal.test/', 'portal.test'],
    ['http://127.0.0.1:8080/', '127.0.0.1'],
    ['http://[2606:4700::1]/', '2606:4700::1'],
  ])('site of %s is %s', (url, domain) => {
    expect(siteDomain(url)).toBe(domain);
  });
});

describe('looksLikeTrap', () => {
  it.each([
    ['http://e.com/2026/11/11/11/title.html', undefined],
    ['http://e.com/2026/11/24/a-b-c', undefined],
    ['http://e.com/a/a/a/a/x', 'path-repeats'],
    ['http://e.com/news/china/news/china/news/china', 'path-repeats'],
    [`http://e.com/${Array.from({ length: 17 }, (_, at) => `s${at}`).join('/')}`, 'path-too-deep'],
    [`http://e.com/?${Array.from({ length: 13 }, (_, at) => `p${at}=1`).join('&')}`, 'too-many-params'],
    ['http://e.com/?f=1&f=2&f=3&f=4', 'params-repeat'],
    ['http://e.com/cal?d=2026-11-24', 'calendar'],
    ['http://e.com/calendar/2026-11', 'calendar'],
    ['http://e.com/events?year=2031&month=4', 'calendar'],
    ['http://e.com/2026-11/24/content_1.htm', undefined],
    ['http://e.com/news?date=20261124&id=4', undefined],
  ])('%s: %s', (url, reason) => {
    expect(looksLikeTrap(url)).toBe(reason);
  });
});

describe('guessLinkKind', () => {
  const cases: [url: string, kind: LinkKind, text?: string][] = [
    ['http://e.com/', 'section'],
    ['http://e.com/system/2026/11/24/013012345.shtml', 'article'],
    ['http://e.com/n1/2026/1124/c1001-40123456.html', 'article'],
    ['http://e.com/20261124/t20261124_812.htm', 'article'],
    ['http://e.com/2026-11/24/c_112.htm', 'article'],
    ['http://e.com/2026/11/24/', 'section'],
    ['http://e.com/2026/11/24/some-story/', 'article'],
    ['http://e.com/node_7188.htm', 'section'],
    ['http://e.com/col/col12345/index.html', 'section'],
    ['http://e.com/gansu/index_2.shtml', 'section'],
    ['http://e.com/list-3.html', 'section'],
    ['http://e.com/a/123456789_1', 'article'],
    ['http://e.com/doc-ihtpwqkp1234567.shtml', 'article'],
    ['http://e.com/news/article/KH2A9B1C0001899N.html', 'article'],
    ['http://e.com/world/story-about-the-new-bridge', 'article'],
    ['http://e.com/world', 'section'],
    ['http://e.com/tag/education-and-more-words-here', 'section'],
    ['http://e.com/show.php?id=123', 'article'],
    ['http://e.com/?p=123', 'article'],
    ['http://e.com/news?page=2', 'section'],
    ['http://e.com/2019/11/18/politics/health-report/index.html', 'article'],
    ['http://e.com/world/', 'section'],
    ['http://e.com/world/africa/bill-could-derail-support-2024-03-04/', 'article'],
    ['http://e.com/2024-03-04/', 'section'],
    ['http://e.com/2023/12/plastics/', 'article'],
    ['http://e.com/2023/12/', 'section'],
    ['http://e.com/shx/240423/e7opdxr.html', 'article'],
    ['http://e.com/post/2740.html', 'article'],
    ['http://e.com/archives/63076', 'article'],
    ['http://e.com/archives/2026', 'article'],
    ['http://e.com/en-us/health/the-man-whose-duvet-nearly/ar-BBWXwNX', 'article'],
    ['http://e.com/opinion/article/3046526/short', 'article'],
    ['http://e.com/c/7kQcQG2peWU', 'article'],
    ['http://e.com/kraehenjagd-6871/', 'article'],
    ['http://e.com/news/%E5%85%B0%E5%B7%9E%E5%B8%82%E6%8E%A8%E8%BF%9B%E5%93%81%E8%B4%A8%E5%AD%A6%E6%A0%A1', 'article'],
    ['http://e.com/%E8%A6%81%E9%97%BB/', 'section'],
    ['http://e.com/news_info.php?SerialNo=83141', 'article'],
    ['http://e.com/a/politics', 'section'],
    ['http://e.com/rensai/list.html?id=2040', 'section'],
    ['http://e.com/index.php?id=2040', 'article'],
    ['http://e.com/category/film/dancing-with-the-stars', 'section'],
    ['http://e.com/sitemap', 'section'],
    ['http://e.com/feed/', 'feed'],
    ['http://e.com/rss.xml', 'feed'],
    ['http://e.com/?feed=rss2', 'feed'],
    ['http://e.com/sitemap_index.xml', 'sitemap'],
    ['http://e.com/sitemap-news-1.xml.gz', 'sitemap'],
    ['http://e.com/news-sitemap.xml', 'sitemap'],
    ['http://e.com/x/y', 'article', '兰州市推进品质学校建设三年行动启动'],
    ['http://e.com/x/y', 'section', '更多'],
  ];
  it.each(cases)('%s is %s', (url, kind, text) => {
    expect(guessLinkKind(url, text)).toBe(kind);
  });
});

describe('unwantedReason', () => {
  it.each([
    ['http://e.com/a.jpg', 'asset'],
    ['http://e.com/a.PDF', 'asset'],
    ['http://e.com/login', 'service-page'],
    ['http://e.com/wp-login.php', 'service-page'],
    ['http://e.com/comment/opinion/some-text', undefined],
    ['http://e.com/some-text/print', 'service-page'],
    ['http://e.com/a?replytocom=4', 'service-page'],
    ['http://e.com/sitemap.xml.gz', undefined],
    ['http://e.com/2026/11/24/login-failures-explained', undefined],
    ['http://e.com/a.html', undefined],
  ])('%s: %s', (url, reason) => {
    expect(unwantedReason(url)).toBe(reason);
  });
});
