import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

/** The analysis that newsmill's index needs, asked of the real server: tokens must be those of the official module. */
const index = `newsmill-analysis-${randomUUID()}`;
const settings = {
  analysis: {
    char_filter: {
      simplify: { type: 'mapping', mappings: ['網=>网', '蘭=>兰', '\\u5b78=>学'] },
      dots: { type: 'pattern_replace', pattern: '·', replacement: '' },
    },
    filter: {
      words: { type: 'word_delimiter_graph', split_on_numerics: true, split_on_case_change: false },
      english: { type: 'stemmer', language: 'english' },
      unigrams: { type: 'cjk_bigram', output_unigrams: true },
      prefixes: { type: 'edge_ngram', min_gram: 1, max_gram: 3 },
      same: { type: 'synonym_graph', synonyms: ['usa, united states'] },
      kept: { type: 'keyword_marker', keywords: ['running'] },
    },
    analyzer: {
      indexed: chain(['simplify'], 'standard', [
        'cjk_width',
        'words',
        'lowercase',
        'asciifolding',
        'english',
        'unigrams',
      ]),
      searched: chain(['simplify'], 'standard', [
        'cjk_width',
        'words',
        'lowercase',
        'asciifolding',
        'english',
        'cjk_bigram',
      ]),
      prefixed: chain([], 'keyword', ['lowercase', 'prefixes']),
      related: chain([], 'whitespace', ['lowercase', 'same', 'flatten_graph']),
      stripped: chain(['html_strip'], 'letter', ['kept', 'porter_stem', 'unique', 'reverse']),
      mixed: chain([], 'pattern', [
        'trim',
        'length',
        'truncate',
        'keyword_repeat',
        'kstem',
        'remove_duplicates',
        'limit',
      ]),
      french: chain([], 'standard', ['elision', 'decimal_digit', 'stop', 'shingle']),
    },
    normalizer: {
      folded: {
        type: 'custom',
        char_filter: ['simplify', 'dots'],
        filter: ['cjk_width', 'lowercase', 'asciifolding', 'trim'],
      },
    },
  },
};

function chain(charFilter: string[], tokenizer: string, filter: string[]) {
  return { type: 'custom', char_filter: charFilter, tokenizer, filter };
}

async function request(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${inject('elasticsearchUrl')}/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

type Token = { token: string; start_offset: number; end_offset: number; position: number };

async function tokens(by: Record<string, unknown>, text: string): Promise<Token[]> {
  return ((await request('POST', `${index}/_analyze`, { ...by, text })) as { tokens: Token[] }).tokens;
}

async function words(by: Record<string, unknown>, text: string): Promise<string[]> {
  return (await tokens(by, text)).map(({ token }) => token);
}

beforeAll(async () => {
  const mappings = { properties: { name: { type: 'keyword', normalizer: 'folded' } } };
  await request('PUT', index, { settings: { number_of_replicas: 0, ...settings }, mappings });
});
afterAll(() => request('DELETE', index));

test('Chinese becomes bigrams with unigrams when indexed and bigrams when searched, in either script', async () => {
  expect(await tokens({ analyzer: 'indexed' }, '網路')).toMatchObject([
    { token: '网', start_offset: 0, end_offset: 1, position: 0 },
    { token: '网路', start_offset: 0, end_offset: 2, position: 0 },
    { token: '路', start_offset: 1, end_offset: 2, position: 1 },
  ]);
  expect(await words({ analyzer: 'searched' }, '網路 网路')).toEqual(['网路', '网路']);
  expect(await words({ analyzer: 'searched' }, '兰州大學')).toEqual(['兰州', '州大', '大学']);
  expect(await words({ analyzer: 'searched' }, '新')).toEqual(['新']);
});

test('Latin words are folded, split at digits and stemmed', async () => {
  const expected = ['ai', '4', 'iphon', '15', 'run', 'naiv'];
  expect(await words({ analyzer: 'indexed' }, 'ＡＩ4 iPhone15 Running naïve')).toEqual(expected);
});

test('a normalizer folds script, width, case and accents of a keyword', async () => {
  expect(await words({ normalizer: 'folded' }, ' ＧＳ蘭·Ｗ é ')).toEqual(['gs兰w e']);
  expect(await words({ field: 'name' }, 'ＡＩ網')).toEqual(['ai网']);
});

test('the other components do what their official namesakes do', async () => {
  expect(await words({ analyzer: 'prefixed' }, 'Gansu')).toEqual(['g', 'ga', 'gan']);
  expect(await words({ analyzer: 'related' }, 'the USA')).toEqual(
    expect.arrayContaining(['the', 'usa', 'united', 'states']),
  );
  expect(await words({ analyzer: 'stripped' }, '<p>running &amp; walking walking</p>')).toEqual(['gninnur', 'klaw']);
  expect(await words({ analyzer: 'mixed' }, 'walked,there')).toEqual(['walked']);
  expect(await words({ analyzer: 'french' }, "l'avion ٣")).toEqual(['avion', 'avion 3', '3']);
  expect(await words({ analyzer: 'cjk' }, '中国甘肃网')).toEqual(['中国', '国甘', '甘肃', '肃网']);
  expect(await words({ analyzer: 'english' }, 'The dogs running')).toEqual(['dog', 'run']);
  expect(await words({ tokenizer: 'ngram' }, 'abc')).toEqual(['a', 'ab', 'b', 'bc', 'c']);
  expect(await words({ tokenizer: { type: 'edge_ngram', max_gram: 3, token_chars: ['letter'] } }, 'abcd-ef')).toEqual([
    ...['a', 'ab', 'abc'],
    ...['e', 'ef'],
  ]);
  const capture = { type: 'pattern_capture', patterns: ['([^@]+)'] };
  expect(await words({ tokenizer: 'keyword', filter: [capture] }, 'me@home')).toEqual(['me@home', 'me', 'home']);
  expect(await words({ tokenizer: 'path_hierarchy' }, '/a/b')).toEqual(['/a', '/a/b']);
});

test('a setting that is not carried over is refused, not ignored', async () => {
  const filter = { type: 'word_delimiter_graph', type_table: ['% => DIGIT'] };
  await expect(words({ tokenizer: 'standard', filter: [filter] }, 'x')).rejects.toThrow();
  await expect(
    words({ tokenizer: 'standard', filter: [{ type: 'stemmer', language: 'klingon' }] }, 'x'),
  ).rejects.toThrow(/Klingon/);
});
