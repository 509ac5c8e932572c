import { describe, expect, it } from 'vitest';
import { readSpelling, soundingAlike, spellingRequest } from './spelling.ts';

const headlines = ['兰州将打造一批品质学校', '蘭州擬打造一批品質學校', '游泳教练李晓明救人'];

describe('soundingAlike', () => {
  it.each([
    ['品质学效', '品质学校'],
    ['李小明', '李晓明'],
    ['兰州品制学校', '兰州品质学校'],
    ['兰周', '兰州'],
  ])('%s → %s', (run, expected) => {
    expect(soundingAlike(run, headlines)).toBe(expected);
  });

  it.each(['品质学校', '天气预报', '打早', '明教'])('leaves %s', (run) => {
    expect(soundingAlike(run, headlines.slice(1, 3).concat('学校'))).toBe(run === '打早' ? '打造' : undefined);
  });
});

describe('readSpelling', () => {
  const hits = { hits: headlines.map((headline) => ({ _source: { headline } })) };
  const known = (counts: Record<string, number>) => ({
    hits,
    aggregations: {
      all: { runs: { buckets: Object.fromEntries(Object.entries(counts).map(([run, n]) => [run, { doc_count: n }])) } },
    },
  });

  it('changes only what the index does not know', () => {
    expect(readSpelling('李小明 site:a.example', known({ 李小明: 0 }))).toBe('李晓明 site:a.example');
    expect(readSpelling('李小明', known({ 李小明: 1 }))).toBeUndefined();
    expect(readSpelling('李小明', { hits })).toBeUndefined();
  });

  it('takes the nearest known Latin word', () => {
    const suggest = {
      words: [
        { text: 'libary', options: [{ text: 'library' }] },
        { text: 'tools', options: [] },
      ],
    };
    expect(readSpelling('Libary tools', { hits: { hits: [] }, suggest })).toBe('library tools');
  });

  it('asks nothing for a query that cannot be misspelt', () => {
    expect(spellingRequest('2024 茶 AI')).toBeUndefined();
    expect(spellingRequest('文'.repeat(30))).toBeUndefined();
    expect(JSON.stringify(spellingRequest('a '.repeat(100) + '文字 '.repeat(50))).length).toBeLessThan(2_000);
  });
});
