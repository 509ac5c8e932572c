import { parsePage } from '../../../packages/core/src/index.ts';
import { articlePage } from './pages.ts';

const known = new Map<string, string>();

/** The content hash that an article has when nothing ever goes wrong: its page, parsed once, here. */
export function undisturbedHash(url: string): string {
  const before = known.get(url);
  if (before !== undefined) return before;
  const { host, pathname } = new URL(url);
  const number = Number(/-(\d+)\.html$/.exec(pathname)?.[1]);
  const bytes = Buffer.from(articlePage(host, number));
  const page = parsePage({ url, bytes, contentType: 'text/html; charset=utf-8', fetchedAt: new Date().toISOString() });
  if (page.verdict.type !== 'article') throw new Error(`${url} is no article: ${page.verdict.reason}`);
  known.set(url, page.verdict.article.contentHash);
  return page.verdict.article.contentHash;
}
