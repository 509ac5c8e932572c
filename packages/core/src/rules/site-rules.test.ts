import { siteRules } from '@newsmill/contracts';
import { load } from 'cheerio';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../extract/extract-page.ts';
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

describe('parsePage with rules', () => {
  const text = 'The council voted on Tuesday to keep the library open on Sundays, after a long debate about its costs.';
  const page = `<html lang="en"><title>Old</title><body><div class="odd"><p>${text}</p><p class="ad">Buy ${text}</p><p>${text.replace('Tuesday', 'Monday')}</p></div>
    <div class="main"><p>${text.replace('council', 'board')}</p><p>${text.replace('council', 'court')}</p></div>
    <h3 class="t">Library stays open</h3><i class="d">26 January 2022, 10:15</i></body></html>`;
  const parse = (...rules: unknown[]) =>
    parsePage({
      url: 'http://news.a.test/x/1.html',
      bytes: Buffer.from(page),
      fetchedAt: '2026-01-01T00:00:00Z',
      rules: compileSiteRules(read(...rules)),
    }).verdict;

  it('takes body, headline and date from where the rule says, and notes it', () => {
    const verdict = parse({ site: 'a.test', body: '.odd', remove: '.ad', headline: '.t', date: '.d', type: 'article' });
    if (verdict.type !== 'article') throw new Error(verdict.reason);
    expect(verdict.article).toMatchObject({
      body: `${text}\n\n${text.replace('Tuesday', 'Monday')}`,
      headline: 'Library stays open',
      datePublished: '2022-01-26T10:15:00+00:00',
      datePublishedPrecision: 'minute',
      provenance: { body: 'rule', headline: 'rule', datePublished: 'rule (zone: utc)' },
    });
  });

  it('refuses pages that the rule excludes, and leaves other sites alone', () => {
    expect(parse({ site: 'a.test', paths: ['/x/*'], type: 'skip' })).toEqual({
      type: 'not_article',
      reason: 'excluded_by_rule',
    });
    expect(parse({ site: 'b.test', type: 'skip' })).not.toMatchObject({ reason: 'excluded_by_rule' });
  });
});
