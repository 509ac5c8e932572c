import { describe, expect, it } from 'vitest';
import type { ExtractedArticle } from '../../packages/contracts/src/index.ts';
import { normalizeText, repairGlosses } from '../../packages/core/src/hanzi/index.ts';
import { parsePage } from '../../packages/core/src/index.ts';
import { pages, type Seed } from './corpus.ts';
import { mutateText } from './mutate.ts';
import { createRandom, seedOf } from './random.ts';

const fetchedAt = '2026-02-03T04:05:06Z';

function articleOf(
  url: string,
  bytes: Uint8Array,
  contentType = 'text/html; charset=utf-8',
): ExtractedArticle | undefined {
  const { verdict } = parsePage({ url, bytes, contentType, fetchedAt });
  return verdict.type === 'article' ? verdict.article : undefined;
}

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A page that shows nothing but an article as we keep it. */
const pageOf = ({ headline, bodyHtml = '', inLanguage = 'en' }: ExtractedArticle): Uint8Array =>
  Buffer.from(
    `<!doctype html><html lang="${inLanguage}"><head><title>${escapeHtml(headline)}</title></head><body><h1>${escapeHtml(headline)}</h1><article>${bodyHtml}</article></body></html>`,
  );

const articles = pages.flatMap(({ url, bytes, contentType }: Seed) => {
  const article = articleOf(url, bytes, contentType);
  return article === undefined ? [] : [{ url, article }];
});

describe('an article made of our own bodyHtml', () => {
  it.each(articles)('$url has the same body', ({ url, article }) => {
    const again = articleOf(url, pageOf(article));
    expect(again?.body).toBe(article.body);
    // A table of an old layout may become paragraphs, and nothing changes after that.
    if (again !== undefined) expect(articleOf(url, pageOf(again))?.bodyHtml).toBe(again.bodyHtml);
    expect(again?.headline).toBe(article.headline);
  });
});

describe('normalization', () => {
  it('changes nothing that it has normalized', () => {
    for (let execution = 0; execution < 300; execution += 1) {
      const random = createRandom(seedOf(1, 'normalize', execution));
      const { text } = random.pick(pages);
      const once = normalizeText(mutateText(text.slice(random.below(text.length)).slice(0, 3_000), [text], random));
      expect(normalizeText(once)).toBe(once);
    }
  });

  it('repairs nothing that it has repaired', () => {
    for (const { article } of articles) {
      const again = repairGlosses(article.body);
      expect(again.repairs).toEqual([]);
      expect(normalizeText(article.body)).toBe(article.body);
    }
  });
});
