import { describe, expect, it } from 'vitest';
import { buildSearch } from './build-search.ts';
import { SearchInputError } from './errors.ts';
import { planSearch, type SearchParams } from './search-params.ts';

/** The request as far as a test looks at it. */
const request = (params: SearchParams) => JSON.parse(JSON.stringify(buildSearch(params)));

describe('planSearch', () => {
  it.each<[SearchParams, string]>([
    [{ size: 0 }, 'size: "0" is out of range. Use 1 to 100; page on with cursor.'],
    [{ size: 101 }, 'size: "101" is out of range'],
    [{ size: 1.5 }, 'size: "1.5" is out of range'],
    [{ sort: 'best' as never }, 'sort: "best" is not an order. Use relevance or newest.'],
    [{ from: 'soon' }, 'from: "soon" is not a date.'],
    [
      { from: '2022-02-01', to: '2022-01-01' },
      'from: "2022-02-01 … 2022-01-01" ends before it begins. Swap the two dates',
    ],
    [{ q: 'after:2022 before:2021' }, 'ends before it begins'],
    [{ timeZone: 'CST' }, 'timeZone: "CST" is not an offset. Write Z or +08:00.'],
    [{ site: ['  '] }, 'site: "  " is empty. Use 1 to 200 characters.'],
    [{ source: ['x'.repeat(201)] }, 'is too long'],
    [
      { section: Array.from({ length: 51 }, (_, n) => `s${n}`) },
      'section: "s50" is one too many. Use at most 50 values.',
    ],
    [{ cursor: 'AAAA' }, 'cursor: "AAAA" is damaged. Leave it out to begin at the first page.'],
    [{ cursor: 'x'.repeat(5_000) }, 'is damaged'],
  ])('refuses %j', (params, message) => {
    expect(() => planSearch(params)).toThrow(SearchInputError);
    expect(() => planSearch(params)).toThrow(message);
  });

  it('joins the filters of the query with the others', () => {
    const plan = planSearch({ q: '学校 site:a.example -site:b.example', site: ['https://www.c.example/path?x'] });
    expect(plan.filters).toEqual([{ field: 'site', values: ['c.example', 'a.example'] }]);
    expect(plan.excludedFilters).toEqual([{ field: 'site', values: ['b.example'] }]);
  });

  it('narrows the dates to what all of them allow', () => {
    const { published } = planSearch({
      q: 'after:2022 before:2023 -before:2022-06',
      from: '2021',
      to: '2022-07',
      timeZone: 'Z',
    });
    expect(published).toEqual({ startMs: Date.UTC(2022, 5), endMs: Date.UTC(2022, 7) });
  });
});

describe('buildSearch', () => {
  it('asks for words best, in order better, and for new articles a little', () => {
    const { must, should } = request({ q: '兰州 品质学校' }).query.bool;
    const [words, sound] = must[0].dis_max.queries;
    expect(sound.match['headline.sound'].boost).toBeLessThan(1);
    expect([words]).toMatchObject([
      {
        multi_match: {
          query: '兰州 品质学校',
          type: 'best_fields',
          tie_breaker: 0.3,
          minimum_should_match: '1<50% 5<20%',
        },
      },
    ]);
    expect(words.multi_match.fields).toEqual(['headline^2', 'alternativeHeadline^1.5', 'description', 'body']);
    expect(should).toMatchObject([
      { combined_fields: { query: '兰州 品质学校', minimum_should_match: '100%' } },
      { multi_match: { type: 'phrase', query: '兰州 品质学校' } },
      { multi_match: { type: 'phrase', query: '品质学校' } },
      { distance_feature: { field: 'datePublished' } },
    ]);
  });

  it('forgives typing errors in words and by sound, but not in numbers, short words or pasted paragraphs', () => {
    const ways = (q: string) => request({ q }).query.bool.must[0].dis_max?.queries ?? [];
    expect(ways('libary 2024')[1].bool.must[0].multi_match).toMatchObject({ query: 'libary', fuzziness: 'AUTO:4,8' });
    expect(ways('libary 2024')[1].bool.should[0].multi_match).toMatchObject({ query: '2024' });
    expect(ways('李小明').map((way: object) => Object.keys(way)[0])).toEqual(['multi_match', 'match']);
    for (const q of ['2024 C919 the', '贷款', 'word '.repeat(20)]) expect(ways(q)).toEqual([]);
    expect(request({ q: 'libary', sort: 'newest' }).query.bool.must[0].multi_match.query).toBe('libary');
  });

  it('leaves age out of it when somebody quotes, and demands the quote', () => {
    const { must, should } = request({ q: '"兰州AI" 学校' }).query.bool;
    expect(must).toMatchObject([
      { multi_match: { type: 'best_fields', query: '学校' } },
      { multi_match: { query: '兰州AI', type: 'phrase' } },
    ]);
    expect(JSON.stringify(should)).not.toContain('distance_feature');
  });

  it('sorts by date when there is nothing to rank', () => {
    expect(request({ site: ['a.example'] }).sort).toEqual([
      { datePublished: { order: 'desc', missing: -62135596800000 } },
      { id: 'asc' },
    ]);
    expect(request({ q: 'x' }).sort[0]).toEqual({ _score: 'desc' });
  });

  it('demands more of a match when the date orders the hits', () => {
    expect(request({ q: '兰州', sort: 'newest' }).query.bool.must[0].multi_match.minimum_should_match).toBe('3<75%');
  });

  it('never takes syntax of Elasticsearch from a searcher', () => {
    const hostile = '* OR _exists_:x {"match_all":{}} */../_all?q=1 \\"';
    const body = JSON.stringify(buildSearch({ q: hostile, site: ['*'], language: ['*'] }));
    for (const dangerous of ['query_string', '"wildcard"', '"regexp"', '"script"', '{"match_all"'])
      expect(body).not.toContain(dangerous);
  });

  it('cuts sentences as the language of the query does', () => {
    expect(request({ q: '兰州' }).highlight.boundary_scanner_locale).toBe('zh-CN');
    expect(request({ q: 'schools' }).highlight.boundary_scanner_locale).toBe('en-US');
    expect(request({ q: 'schools', highlight: false }).highlight).toBeUndefined();
  });
});
