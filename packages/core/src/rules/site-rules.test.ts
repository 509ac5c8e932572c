import { siteRules } from '@newsmill/contracts';
import { load } from 'cheerio';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { applySiteRule, compileSiteRules } from './site-rules.ts';

const textContent = (node: unknown): string => load(node as Parameters<typeof load>[0]).text();

const read = (...rules: unknown[]) => siteRules.parse({ rules }).rules;

describe('compileSiteRules', () => {
  const rules = compileSiteRules(
    read(
      { site: 'www.example.com', paths: ['/news/*.html', '/a/*/b*c'], body: '.story' },
      { site: 'example.com', type: 'skip' },
      { site: 'sub.example.com', headline: ['h2', 'h1'] },
    ),
  );
  it.each([
    ['http://example.com/news/1.html', { body: ['.story'] }],
    ['http://example.com/a/x/bxc', { body: ['.story'] }],
    ['http://example.com/a/bc', { type: 'skip' }],
    ['http://example.com/news/1.htm', { type: 'skip' }],
    ['http://sub.example.com/news/1.html', { headline: ['h2', 'h1'] }],
    ['http://other.example.com/x', { type: 'skip' }],
  ])('%s', (url, rule) => {
    expect(rules.for(url)).toMatchObject(rule);
  });
  it.each(['http://example.org/', 'http://notexample.com/', 'http://127.0.0.1/'])('covers nothing of %s', (url) => {
    expect(rules.for(url)).toBeUndefined();
  });
  it('names the selector that cannot be read', () => {
    expect(() => compileSiteRules(read({ site: 'a.test' }, { site: 'b.test', body: 'div[' }))).toThrow(
      /rules\[1\]\.body: "div\["/,
    );
  });
});

describe('applySiteRule', () => {
  const page = `<div class="top"><h2> A  headline </h2><time datetime="2026-01-02">yesterday</time></div>
    <div class="story"><p>One.</p><p class="ad">Buy!</p></div><div class="story"><p>Two.</p></div>`;
  const [rule] = read({
    site: 'a.test',
    body: ['.missing', '.story'],
    headline: 'h2',
    date: 'time',
    remove: ['.ad', '.gone'],
  });
  if (rule === undefined) throw new Error('no rule');

  it('finds what the rule names, after taking away what it removes', () => {
    const document = parseDocument(page);
    const { body, headline, date } = applySiteRule(document, rule);
    expect([...(body ?? [])].map((element) => textContent(element))).toEqual(['One.', 'Two.']);
    expect([headline, date]).toEqual(['A headline', '2026-01-02']);
    expect(textContent(document)).not.toContain('Buy!');
  });

  it('says nothing of what the page does not have', () => {
    expect(applySiteRule(parseDocument('<p>x</p>'), rule)).toEqual({});
  });
});
