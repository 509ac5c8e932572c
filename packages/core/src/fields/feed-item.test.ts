import type { ExtractedArticle } from '@newsmill/contracts';
import { describe, expect, it } from 'vitest';
import { keepFeedItem, withFeedItem } from './feed-item.ts';

const now = '2026-01-03T00:00:00.000Z';
const page = (fields: Partial<ExtractedArticle> = {}): ExtractedArticle => ({
  url: 'http://a.test/1',
  type: 'article',
  repairs: [],
  site: { domain: 'a.test' },
  headline: 'New bridge opens in spring - Town - The Gazette',
  body: 'The bridge opens.',
  contentHash: 'x',
  fingerprint: '0',
  parserVersion: '1',
  provenance: { headline: 'title' },
  ...fields,
});
const facts = ({ headline, contributors, datePublished, provenance }: ExtractedArticle) => [
  headline,
  contributors?.map(({ name, role }) => `${name} ${role}`).join() ?? '',
  datePublished,
  provenance,
];

describe('what a feed tells of a story', () => {
  it.each<[string, Partial<ExtractedArticle>, string, string]>([
    ['stands in for a title that nothing confirms', {}, 'New bridge opens in spring', 'New bridge opens in spring'],
    [
      'not for a heading',
      { headline: 'Bridge opens at last', provenance: { headline: 'h1' } },
      'Bridge opens in spring',
      'Bridge opens at last',
    ],
    [
      'not when it is of another story',
      { headline: 'Ferry closes after a century' },
      'New bridge opens',
      'Ferry closes after a century',
    ],
    ['not when it is cut off', {}, 'New bridge opens in…', 'New bridge opens in spring - Town - The Gazette'],
    ['in Chinese', { headline: '兰州新路开通 甘肃要闻' }, '兰州新路开通', '兰州新路开通'],
  ])('headline: %s', (_, fields, told, expected) => {
    const article = withFeedItem(page(fields), { headline: told }, now);
    expect(article.headline).toBe(expected);
    expect(article.provenance.headline === 'feed-item').toBe(expected === told);
  });

  it.each<[string, string]>([
    ['Jane Doe', 'Jane Doe author'],
    ['Jane Doe; John Roe', 'Jane Doe author,John Roe author'],
    ['By Jane Doe and John Roe', 'Jane Doe author,John Roe author'],
    ['孙亚斐', '孙亚斐 author'],
    ['admin', ''],
    ['jdoe', ''],
    ['兰州日报', ''],
    ['Reuters', ''],
  ])('author: %s', (author, expected) => {
    expect(facts(withFeedItem(page(), { author }, now))[1]).toBe(expected);
  });

  it('leaves the authors and the date that the page gives', () => {
    const own = page({
      contributors: [{ name: 'Ann Own', role: 'author' }],
      datePublished: '2026-01-01T00:00:00Z',
      datePublishedPrecision: 'day',
    });
    expect(withFeedItem(own, { author: 'Jane Doe', datePublished: '2026-01-02T10:00:00.000Z' }, now)).toEqual(own);
  });

  it('stays with the document when the page is looked at again and no feed is asked', () => {
    const told = { headline: 'New bridge opens in spring', author: 'Jane Doe; John Roe', datePublished: '2026-01-02' };
    const first = withFeedItem(page(), told, now);
    expect(facts(first)).toEqual([
      'New bridge opens in spring',
      'Jane Doe author,John Roe author',
      '2026-01-02T00:00:00.000Z',
      { headline: 'feed-item', contributors: 'feed-item', datePublished: 'feed-item' },
    ]);
    expect(keepFeedItem(page(), first)).toEqual(first);
    expect(keepFeedItem(page(), undefined)).toEqual(page());
    // The page has been corrected meanwhile.
    const corrected = page({ headline: 'Bridge opens in May', provenance: { headline: 'h1' } });
    expect(keepFeedItem(corrected, first).headline).toBe('Bridge opens in May');
  });
});
