import { describe, expect, it } from 'vitest';
import { canonicalizeUrl } from './canonicalize.ts';
import { linkResolver } from './resolve-link.ts';
import { splitCanonical } from './split.ts';

const bases = [
  'https://news.example/2026/11/story.html',
  'http://news.example',
  'http://news.example/a/b/?q=1#top',
  'https://NEWS.example:8080/a/./b',
  'http://127.0.0.1/a/b',
  'https://u:p@news.example/a/',
  'https://news.example/%7Ea/(S(abcdefghijklmnopqrstuvwx))/b',
];
const starts = [
  '',
  '/',
  '//',
  './',
  '../',
  'https://',
  'http:/',
  'http:',
  '?',
  '#',
  '//cdn.example',
  'https://a.example',
];
const pieces = [
  ...['a', 'B', '/', '.', '..', ':', '?', '#', '&', '=', '%', '%41', '%e4%b8', ';jsessionid=1', '(S(', '1', '新', ' '],
  ...[
    'utm_source=x',
    'xn--',
    '-',
    '_',
    '~',
    '@',
    '\\',
    '|',
    "'",
    '"',
    '<',
    '{',
    '^',
    '`',
    '[',
    '*',
    '+',
    ',',
    '!',
    '$',
  ],
  ...['\t', '\n', '0x1f', 'example.com', 'index.html', 'from=rss', '／', 'é'],
];

/** A fixed sequence of numbers below `max`: the same links on every run. */
function* numbers(): Generator<number> {
  for (let state = 12_345; ; state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) yield state / 2_147_483_648;
}

describe('linkResolver', () => {
  it('says what canonicalizeUrl says, for any link on any page', () => {
    const random = numbers();
    const pick = (list: readonly string[]) => list[Math.floor((random.next().value ?? 0) * list.length)] ?? '';
    for (const base of bases) {
      const resolve = linkResolver(base);
      for (let round = 0; round < 5_000; round += 1) {
        let href = pick(starts);
        for (let length = 1 + (round % 6); length > 0; length -= 1) href += pick(pieces);
        const result = canonicalizeUrl(href.trim(), base);
        const expected = 'url' in result ? result.url : undefined;
        expect({ href, base, url: resolve(href) }).toEqual({ href, base, url: expected });
        if (expected === undefined) continue;
        const { pathname, search } = new URL(expected);
        expect(splitCanonical(expected)).toEqual({ pathname, search });
      }
    }
  });

  it('refuses what is too long', () => {
    const resolve = linkResolver('https://news.example/');
    expect(resolve(`/${'a'.repeat(1_900)}`)).toBe(`https://news.example/${'a'.repeat(1_900)}`);
    expect(resolve(`/${'a'.repeat(1_990)}`)).toBeUndefined();
  });
});
