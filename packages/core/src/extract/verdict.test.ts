import { describe, expect, it } from 'vitest';
import type { NotArticleReason } from '../page.ts';
import { parsePage } from './extract-page.ts';
import { openHtml } from './open-html.ts';
import { type MadePage, otherPages, storyPages } from './page-kinds.ts';
import { notArticle } from './verdict.ts';

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

describe('lines that are links and next to nothing else', () => {
  const words = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen';
  const links = Array.from({ length: 24 }, (_, n) => `<p><a href="/p/${n}">${n} ${words}</a></p>`).join('');
  const url = 'https://a.example/article/90140/offers-of-the-valley-shops';
  const judge = (main: string) => {
    const html = `<title>Offers of the valley shops</title><h1>Offers of the valley shops</h1>${main}`;
    const { model, hints, head } = openHtml(new TextEncoder().encode(html), 'text/html', url);
    return notArticle({
      ...{
        url: 'https://a.example/x',
        head,
        model,
        hints,
        obeysRobots: true,
        toldWords: 0,
        title: '',
        ldTypes: new Set(),
      },
      keep: new Uint8Array(model.stats.length).fill(1),
      fields: () => ({ headline: '', isAccessibleForFree: undefined, hasDate: true }),
    });
  };

  it('are a list', () => expect(judge(links)).toBe('section_page'));
  it('are a story behind an introduction of some length', () =>
    expect(
      judge(`<p>${`We looked at what the shops of the valley offer, and chose. ${words}.`.repeat(2)}</p>${links}`),
    ).toBe(undefined));
});
