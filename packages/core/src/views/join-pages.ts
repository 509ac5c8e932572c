import type { ExtractedArticle } from '@newsmill/contracts';
import { contentHash, fingerprint } from '../fingerprint/index.ts';
import type { PageResult } from '../page.ts';

/** Shorter paragraphs may recur within an article. */
const repeatLengthMin = 20;
/** Paragraphs at the top of a following page that may repeat the article's head. */
const headParagraphs = 4;

/**
 * One article from all its pages, in the order given; pages that are no articles are passed over. The first page tells the
 * fields, later ones fill what it lacks (editors stand on the last page). Paragraphs that a page repeats from the one
 * before (headline, lead, editor's note) stand once. Undefined when no page is an article.
 */
export function joinPages(pages: readonly PageResult[]): ExtractedArticle | undefined {
  const articles = pages.flatMap(({ verdict }) => (verdict.type === 'article' ? [verdict.article] : []));
  const [first, ...rest] = articles;
  if (first === undefined || rest.length === 0) return first;
  const seen = new Set<string>();
  const bodies: string[] = [];
  for (const [at, { body }] of articles.entries()) {
    const paragraphs = body.split('\n\n');
    const fresh = paragraphs.filter((text, place) => {
      if (at === 0 || !seen.has(text)) return true;
      return text.length < repeatLengthMin && place >= headParagraphs;
    });
    for (const text of paragraphs) seen.add(text);
    if (fresh.length > 0) bodies.push(fresh.join('\n\n'));
  }
  const body = bodies.join('\n\n');
  const print = fingerprint(body);
  const images = uniqueImages(articles);
  const html = joinHtml(articles);
  // Later pages first, so that the first page has the last word.
  const merged: ExtractedArticle = Object.assign({}, ...articles.toReversed().map(definedFields));
  return {
    ...merged,
    url: first.url,
    headline: first.headline,
    body,
    ...(html === '' ? {} : { bodyHtml: html }),
    ...(images.length === 0 ? {} : { images }),
    repairs: [
      ...new Map(articles.flatMap(({ repairs }) => repairs ?? []).map((one) => [JSON.stringify(one), one])).values(),
    ],
    provenance: {
      ...merged.provenance,
      ...first.provenance,
      body: `${first.provenance?.body ?? 'block-model'}, ${articles.length} pages`,
    },
    contentHash: contentHash(first.headline, body),
    ...(print === undefined ? {} : { fingerprint: print }),
  };
}

/** Addresses of the page itself are not the article's. */
function definedFields({ canonicalUrl: _, ...fields }: ExtractedArticle): Partial<ExtractedArticle> {
  return fields;
}

function uniqueImages(articles: readonly ExtractedArticle[]): NonNullable<ExtractedArticle['images']> {
  const byUrl = new Map(
    articles
      .flatMap(({ images }) => images ?? [])
      .toReversed()
      .map((image) => [image.url, image]),
  );
  return [...byUrl.values()].toReversed();
}

/** Nothing is cut out of a list or a quote. */
const wholeElement = /^<(p|h[2-6]|figure)\b[\s\S]*<\/\1>$/;

/** Top-level elements of each page's structure that no page before has. */
function joinHtml(articles: readonly ExtractedArticle[]): string {
  const seen = new Set<string>();
  let out = '';
  for (const { bodyHtml } of articles) {
    const pieces = (bodyHtml ?? '').split(/(?<=<\/(?:p|h[1-6]|ul|ol|blockquote|table|figure|pre)>)/);
    for (const piece of pieces) {
      if (piece.length >= repeatLengthMin && seen.has(piece) && wholeElement.test(piece)) continue;
      out += piece;
    }
    for (const piece of pieces) seen.add(piece);
  }
  return out;
}
