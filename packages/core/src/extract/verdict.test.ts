import { describe, expect, it } from 'vitest';
import type { NotArticleReason } from '../page.ts';
import { parsePage } from './extract-page.ts';
import { type MadePage, otherPages, storyPages } from './page-kinds.ts';

function verdictOf({ url, html }: MadePage): NotArticleReason | 'article' {
  const { verdict } = parsePage({
    url,
    bytes: new TextEncoder().encode(html),
    contentType: 'text/html; charset=utf-8',
    fetchedAt: '2024-06-01T00:00:00Z',
  });
  return verdict.type === 'article' ? 'article' : verdict.reason;
}

describe('a story is taken for one', () => {
  it.each(storyPages().map((page) => [page.name, page] as const))('%s', (_, page) => {
    expect(verdictOf(page)).toBe('article');
  });
});

describe('a page of another kind is not', () => {
  it.each(otherPages().map((page) => [page.name, page] as const))('%s', (_, page) => {
    expect(verdictOf(page)).not.toBe('article');
  });
});
