import { patternLesson, targetPolicy } from '@newsmill/core';
import type { UrlRow } from '@newsmill/frontier';
import { describe, expect, it } from 'vitest';
import { explainUrl, type UrlFacts } from './explain-url.ts';
import { readSourcesFile } from './sources-file.ts';

const t0 = Date.parse('2026-01-01T00:00:00Z');
const sources = readSourcesFile(
  'sources:\n  - url: https://a.com/\n    include: [/news/]\n    exclude: [/news/ads/]\n  - url: https://b.com/\n',
  'x',
  t0,
);
const explain = (input: string, over: Partial<UrlFacts> = {}) =>
  explainUrl({
    input,
    policy: targetPolicy(),
    sources,
    row: undefined,
    robots: undefined,
    agent: 'newsmill',
    now: t0,
    ...over,
  });
const row = (over: Partial<UrlRow>): UrlRow => ({
  url: 'https://a.com/news/1',
  kind: 'article',
  sourceId: 'a.com',
  depth: 1,
  standing: true,
  state: 'accepted',
  generation: 0,
  firstSeenAt: t0,
  ...over,
});

describe('explainUrl', () => {
  it('knows that a source was removed or changed since', () => {
    const waits = { dueAt: t0 };
    const of = (over: Partial<UrlRow>) => explain('https://a.com/news/1', { row: row({ ...waits, ...over }) }).because;
    expect(of({ sourceId: 'gone' })).toBe('its source gone was removed');
    expect(explain('https://a.com/sport', { row: row({ url: 'https://a.com/sport', ...waits }) }).because).toContain(
      'any more',
    );
    expect(explain('https://a.com/sport', { row: row({ depth: 0, ...waits }) }).verdict).toBe('fetch');
  });

  it.each([
    ['ftp://a.com/', 'skip', 'the address is refused: scheme'],
    ['http://10.0.0.1/', 'skip', 'the address is refused: private-address'],
    ['https://c.com/', 'skip', 'no source covers it'],
    ['https://a.com/sport/1', 'skip', 'no source covers it (a.com: not_included)'],
    ['https://a.com/news/ads/1', 'skip', 'no source covers it (a.com: excluded)'],
    ['https://b.com/x/x/x/x/x/x', 'skip', 'its shape is that of a crawler trap: path-repeats'],
    ['https://b.com/logo.png', 'skip', 'links to it are not followed: asset'],
    ['https://a.com/news/12345678?utm_source=x', 'fetch', 'it is not known yet'],
  ])('%s: %s, %s', (input, verdict, because) => {
    const explanation = explain(input);
    expect(explanation.verdict).toBe(verdict);
    expect(explanation.because).toContain(because);
  });

  it('knows what the host has taught about its addresses', () => {
    const agenda = 'https://b.com/agenda/2026/06/01/';
    const lore = new Map([...patternLesson(agenda, false).map((field): [string, number] => [field, 50]), ['slash', 3]]);
    expect(explain('https://b.com/agenda/2027/01/01/', { lore }).because).toContain('(trap)');
    expect(explain('https://b.com/news/bridge', { lore }).because).toContain('means https://b.com/news/bridge/');
    expect(explain('https://b.com/news/bridge/', { lore }).verdict).toBe('fetch');
  });

  it('names the line of robots.txt', () => {
    const robots = {
      type: 'rules' as const,
      text: 'user-agent: *\n# x\ndisallow: /news/\ncrawl-delay: 2',
      fetchedAt: t0,
    };
    expect(explain('https://a.com/news/1', { robots })).toMatchObject({
      verdict: 'skip',
      because: 'robots.txt line 3 forbids it: disallow: /news/',
      robots: { state: 'rules', allowed: false, rule: { line: 3 }, crawlDelayMs: 2_000 },
    });
    expect(explain('https://a.com/news/1', { robots: { type: 'disallow', fetchedAt: t0 } })).toMatchObject({
      verdict: 'skip',
      robots: { state: 'unreachable' },
    });
  });

  it.each<[Partial<UrlRow>, string, string]>([
    [{ dueAt: t0 }, 'fetch', "it is due and waits for its host's turn"],
    [{ state: 'captured', generation: 1 }, 'wait', 'it was fetched and waits for the parser'],
    [
      { state: 'final', outcome: { verdict: 'indexed' }, dueAt: t0 + 1_000 },
      'wait',
      'last outcome: indexed; it is looked at again at 2026-01-01T00:00:01.000Z',
    ],
    [
      { state: 'final', outcome: { verdict: 'skipped', reason: 'http_404' } },
      'skip',
      'last outcome: skipped (http_404); it is not looked at again',
    ],
    [
      { failures: 2, dueAt: t0 + 60_000 },
      'wait',
      'failed 2 time(s) in a row; it is looked at again at 2026-01-01T00:01:00.000Z',
    ],
  ])('tells from the row %j: %s', (over, verdict, because) => {
    const explanation = explain('https://a.com/news/1', { row: row(over) });
    expect(explanation).toMatchObject({ verdict, because });
    expect(explanation.known).toMatchObject({ firstSeenAt: '2026-01-01T00:00:00.000Z' });
  });
});
