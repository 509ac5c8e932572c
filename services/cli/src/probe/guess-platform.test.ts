import { expect, it } from 'vitest';
import { guessPlatform } from './guess-platform.ts';

const guess = (html: string, urls: string[] = [], headers: [string, string][] = []) =>
  guessPlatform({ html, urls, headers });
const three = (of: (n: number) => string) => [1, 2, 3].map((n) => `http://a.test${of(n)}`);

it.each([
  ['<link href="/wp-content/themes/x.css">', 'WordPress'],
  ['<meta name="generator" content="WordPress 6.4"><link href="/wp-content/x.css">', 'WordPress 6.4'],
  ["<META content='x' name='x'><meta name='generator' content='Hugo 0.1'>", 'Hugo 0.1'],
  ['<meta name="generator" content="Elementor"><script src="/wp-includes/x.js">', 'WordPress (Elementor)'],
  ['<!--enpcontent--><p>x', 'Founder (方正翔宇)'],
  ['<meta name="PubDate" content="2026">', 'TRS WCM (拓尔思)'],
  ['<p>nothing', undefined],
])('%s: %s', (html, wanted) => {
  expect(guess(html)).toBe(wanted);
});

it('goes by the shape of addresses when there are enough of them, then by headers', () => {
  expect(
    guess(
      '',
      three((n) => `/202601/t20260102_10000${n}.html`),
    ),
  ).toBe('TRS WCM (拓尔思)');
  expect(
    guess(
      '',
      three((n) => `/system/2026/01/0${n}/01234.shtml`),
    ),
  ).toBe('Enorth (北方网)');
  expect(guess('', three((n) => `/202601/t20260102_10000${n}.html`).slice(1))).toBeUndefined();
  expect(guess('', [], [['X-Powered-By', 'Express']])).toBe('Express');
});

it('is linear in the length of the page', () => {
  const start = performance.now();
  guess(`${'<meta name="generator" '.repeat(10_000)}${'<script id="'.repeat(10_000)}`);
  expect(performance.now() - start).toBeLessThan(500);
});
