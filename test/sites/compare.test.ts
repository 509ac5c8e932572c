import { expect, test } from 'vitest';
import { acceptsReason, characterError, compareArticle } from './compare.ts';
import { expectedArticle } from './expected.ts';

const url = 'http://www.longyuan.test/system/2026/03/18/013502117.shtml';
const wanted = expectedArticle(url);
const { bodyParagraphs, ...fields } = wanted;
const right = { ...fields, body: bodyParagraphs.join('\n\n') };

test('an article as expected has no differences, in whatever order its people come', () => {
  expect(compareArticle(wanted, { ...right, contributors: right.contributors?.toReversed() ?? [] })).toEqual([]);
});

test('each field that differs is named', () => {
  const wrong = { ...right, headline: '别的', body: `${right.body}\n\n相关新闻`, inLanguage: 'zh-Hant' };
  expect(compareArticle(wanted, wrong).map((line) => line.split(':')[0])).toEqual([
    'bodyParagraphs',
    'headline',
    'inLanguage',
  ]);
  const { datePublished: _, ...undated } = right;
  expect(compareArticle(wanted, undated)).toHaveLength(1);
});

test('a damaged body is right within its share of wrong characters', () => {
  const damaged = { ...right, body: right.body.replace('临河', '淋河') };
  expect(compareArticle(wanted, damaged, { characterErrorMax: 0.02 })).toEqual([]);
  expect(compareArticle(wanted, { ...right, body: '' }, { characterErrorMax: 0.02 })).toEqual([
    'body: character error 1.000',
  ]);
  expect(characterError('兰州日报', '兰州报')).toBe(0.25);
});

test('a skip is right for its reason or for one that is as right', () => {
  const entry = { url, outcome: 'skipped', reason: 'section_page', also: ['too_short'] } as const;
  expect(['section_page', 'too_short', 'gallery'].map((reason) => acceptsReason(entry, reason))).toEqual([
    true,
    true,
    false,
  ]);
});
