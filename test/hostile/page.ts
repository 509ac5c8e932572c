import type { ExtractedArticle } from '../../packages/contracts/src/index.ts';
import { type PageInput, type PageResult, parsePage } from '../../packages/core/src/index.ts';

const url = 'http://www.example.com/news/2026/02/03/story.html';
const fetchedAt = '2026-02-03T04:05:06Z';
export const sentence = 'A sentence of a story that goes on for a while, with a comma, so that it is taken for one.';
export const paragraphs = Array.from(
  { length: 4 },
  (_, n) => `<p>${`${sentence} `.repeat(2)}It is number ${n}.</p>`,
).join('');
export const hanzi = '市教育局昨日表示，今年将新建十所学校，并为农村学校配备更多的教师，工程将在秋季开学前完成。';
export const hanziParagraphs = `<p>${hanzi}</p>`.repeat(5);

export const html = (head: string, body: string): string =>
  `<!doctype html><html><head><title>A story of the town</title>${head}</head><body><h1>A story of the town</h1>${body}</body></html>`;

/** Reads a page as the parser does. */
export function read(content: string | Uint8Array, how: Partial<PageInput> = {}): PageResult {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return parsePage({ url, bytes, contentType: 'text/html', fetchedAt, ...how });
}

/** `article`, or why it is none. */
export function verdictOf({ verdict }: PageResult): string {
  return verdict.type === 'article' ? 'article' : verdict.reason;
}

/** The article of a page that must be one. */
export function articleOf(content: string | Uint8Array, how: Partial<PageInput> = {}): ExtractedArticle {
  const { verdict } = read(content, how);
  if (verdict.type !== 'article') throw new Error(`no article: ${verdict.reason}`);
  return verdict.article;
}
