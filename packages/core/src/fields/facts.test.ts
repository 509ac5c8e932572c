import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { collectEvidence, extractFields, type FieldsResult } from './index.ts';

const TEXT =
  'The river rose by two metres during the night, and the people of the town filled sandbags until the morning came. '.repeat(
    2,
  );

function fieldsOf(data: unknown, body = '', lead = ''): FieldsResult {
  const doc = parseDocument(
    `<html lang="en"><head><title>Town saved from flood</title>${data === undefined ? '' : `<script type="application/ld+json">${JSON.stringify(data)}</script>`}</head><body><h1>Town saved from flood</h1><p>${lead}${TEXT}</p><p>${TEXT}</p>${body}</body></html>`,
  );
  const origin = { url: 'https://news.example.co.uk/story', fetchedAt: '2026-02-01T00:00:00Z' };
  return extractFields(doc, collectEvidence(doc, origin), origin);
}
const article = { '@type': 'NewsArticle', headline: 'Town saved from flood' };

describe('the publisher and its domain', () => {
  it.each<[string, unknown, FieldsResult['publisher']]>([
    [
      'of the data',
      {
        ...article,
        publisher: { '@type': 'Organization', name: 'Gazette Group', url: 'https://www.gazette.example.org/' },
      },
      { name: 'Gazette Group', domain: 'example.org' },
    ],
    [
      'by reference',
      {
        '@graph': [
          { ...article, publisher: { '@id': 'https://gazette.example.org/#org' } },
          { '@id': 'https://gazette.example.org/#org', '@type': 'Organization', name: 'Gazette' },
        ],
      },
      { name: 'Gazette', domain: 'example.org' },
    ],
    ['of the page', { ...article, publisher: { name: 'Gazette' } }, { name: 'Gazette', domain: 'example.co.uk' }],
  ])('%s', (_, data, expected) => {
    expect(fieldsOf(data).publisher).toEqual(expected);
  });
});

describe('whether it costs something', () => {
  it.each<[string, unknown, boolean | undefined]>([
    ['said of the story', { ...article, isAccessibleForFree: false }, false],
    ['as a word', { ...article, isAccessibleForFree: 'True' }, true],
    [
      'said of the part behind the wall',
      { ...article, hasPart: { '@type': 'WebPageElement', isAccessibleForFree: 'False', cssSelector: '.wall' } },
      false,
    ],
    ['said of nothing', article, undefined],
  ])('%s', (_, data, expected) => {
    expect(fieldsOf(data).isAccessibleForFree).toBe(expected);
  });
});

describe('small facts', () => {
  it('reads the dateline, who is credited and the notice', () => {
    const fields = fieldsOf(
      { ...article, datePublished: '2026-01-26T10:00:00Z' },
      '<footer><p>© 2012-2026 Example Media. All rights reserved.</p></footer>',
      'LANZHOU, Jan 26 (Xinhua) -- ',
    );
    expect(fields.dateline).toEqual({ agency: 'Xinhua', place: 'LANZHOU', date: '2026-01-26' });
    expect(fields.sourceChain).toEqual(['Xinhua']);
    expect(fields.copyrightNotice).toBe('© 2012-2026 Example Media. All rights reserved.');
  });

  it('tells a date from "now" by the time of the fetch', () => {
    expect(fieldsOf(undefined, '', '').datePublished).toBeUndefined();
    const doc = parseDocument(
      `<html><head><title>Town saved</title></head><body><h1>Town saved</h1><p>3 hours ago</p><p>${TEXT}</p><p>${TEXT}</p></body></html>`,
    );
    const origin = { url: 'https://news.example.com/story', fetchedAt: '2026-02-01T05:00:00Z' };
    expect(extractFields(doc, collectEvidence(doc, origin), origin).datePublished).toBe('2026-02-01T02:00:00+00:00');
  });
});
