import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SearchInputError } from './errors.ts';
import { type ParsedQuery, parseQuery, type QueryFilterField } from './query-parser.ts';

const empty: ParsedQuery = { text: '', phrases: [], excluded: [], filters: [] };
const filter = (field: QueryFilterField, value: string, negated = false) => ({ field, value, negated });

describe('parseQuery', () => {
  it.each<[string, Partial<ParsedQuery>]>([
    ['', {}],
    ['  兰州   品质学校 ', { text: '兰州 品质学校' }],
    ['"品质学校"', { phrases: ['品质学校'] }],
    ['兰州"品质学校"2022', { text: '兰州 2022', phrases: ['品质学校'] }],
    ['“品质学校” 「品質 學校」', { phrases: ['品质学校', '品質 學校'] }],
    ['麦田飞来“新农具” 临河镇', { text: '麦田飞来 新农具 临河镇' }],
    ['“饕餮”怎么读？', { text: '饕餮 怎么读？' }],
    ['「包裹」，-「未能派送」', { text: '包裹 ，- 未能派送' }],
    ['兰州 -“招生 考试”', { text: '兰州', excluded: ['招生 考试'] }],
    ['兰州 -学校 -"招生 考试"', { text: '兰州', excluded: ['学校', '招生 考试'] }],
    ['－学校', { excluded: ['学校'] }],
    ['F-16 a - b --c', { text: 'F-16 a - b', excluded: ['-c'] }],
    ['site:gscn.com.cn', { filters: [filter('site', 'gscn.com.cn')] }],
    ['-site:gscn.com.cn', { filters: [filter('site', 'gscn.com.cn', true)] }],
    ['来源：兰州日报', { filters: [filter('source', '兰州日报')] }],
    ['來源:"The Times"', { filters: [filter('source', 'The Times')] }],
    ['SITE:a.example Author:王芳', { filters: [filter('site', 'a.example'), filter('author', '王芳')] }],
    ['before:2022-02-01 after:2022', { filters: [filter('before', '2022-02-01'), filter('after', '2022')] }],
    ['比分3:2 https://a.example/x :x', { text: '比分3:2 https://a.example/x :x' }],
    ['"unbalanced quote', { text: 'unbalanced quote' }],
    ['unbalanced"', { text: 'unbalanced' }],
    ['""', {}],
    ['"""', {}],
    ['5" screen', { text: '5 screen' }],
    ['a\u0000b\u202ec\u200bd', { text: 'a b c d' }],
    ['***  ?', { text: '*** ?' }],
    ['a OR (b AND c)~ ^4', { text: 'a OR (b AND c)~ ^4' }],
  ])('reads %j', (input, expected) => {
    expect(parseQuery(input)).toEqual({ ...empty, ...expected });
  });

  it('says what is wrong', () => {
    expect(() => parseQuery('兰'.repeat(513))).toThrow('is 513 characters long. Use at most 512.');
    expect(() => parseQuery('x'.repeat(10_000_000))).toThrow(/^q: "x{80}…" is 10000000 characters long/);
    expect(parseQuery('𠮷'.repeat(512)).text.length).toBe(1024);
    expect(() => parseQuery('a '.repeat(65))).toThrow('has 65 parts. Use at most 64 words, phrases and filters.');
    expect(() => parseQuery('site: gscn.com.cn')).toThrow(
      'q: "site:" has no value. Write it without a blank, e.g. site:gscn.com.cn.',
    );
    expect(() => parseQuery('来源：""')).toThrow(SearchInputError);
  });

  it('takes anything else without failing, and loses no word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (input) => {
        const parsed = parseQuery(input.replaceAll(':', ''));
        expect([parsed.text, ...parsed.phrases, ...parsed.excluded].join('').isWellFormed()).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z兰州]{1,5}$/), { maxLength: 20 }), (words) => {
        expect(parseQuery(words.join(' ')).text).toBe(words.join(' '));
      }),
    );
  });
});
