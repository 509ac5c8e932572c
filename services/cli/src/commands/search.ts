import type { SearchHit, SearchParams, SearchResult } from '@newsmill/search-index';
import type { CliConfig } from '../config.ts';
import { findServers, openIndex } from '../connect.ts';
import { type Output, styled } from '../output.ts';

export interface SearchOptions {
  readonly site?: string[];
  readonly from?: string;
  readonly to?: string;
  readonly language?: string[];
  readonly sort?: 'relevance' | 'newest';
  readonly size?: number;
  readonly json?: boolean;
}

/** Marks that no article's text holds (Unicode private use), so that styling cannot be forged by a page. */
const pre = '\uE000';
const post = '\uE001';

export const searchParams = (query: string, options: Omit<SearchOptions, 'json'>): SearchParams => ({
  q: query,
  ...options,
  didYouMean: true,
  highlight: { pre, post, encode: 'none' },
});

/** `newsmill search <query>`: highlighted hits, as the API would give them. */
export async function search(config: CliConfig, output: Output, query: string, options: SearchOptions): Promise<void> {
  const { elasticsearchUrl } = await findServers(config);
  await using opened = openIndex(elasticsearchUrl, config);
  const { json, ...rest } = options;
  const params = searchParams(query, rest);
  if (json) {
    const result = await opened.index.search({ ...params, highlight: { encode: 'none' } });
    output.out(JSON.stringify(result, undefined, 2));
    return;
  }
  showResult(output, await opened.index.search(params));
}

/** Hits for people: headline, where and when, the best fragment. */
export function showResult(output: Output, result: SearchResult): void {
  const many = result.totalIsExact ? String(result.total) : `more than ${result.total}`;
  output.out(`${many} article${result.total === 1 ? '' : 's'} · ${result.tookMs} ms`);
  if (result.didYouMean !== undefined) output.out(`Did you mean: ${printable(result.didYouMean)}`);
  for (const hit of result.hits) output.out(`\n${hitText(output, hit)}`);
}

export function hitText(output: Output, { article, highlights, copies }: SearchHit): string {
  const mark = (text: string) =>
    printable(text)
      .replaceAll(pre, output.color ? '\x1b[1;33m' : '[')
      .replaceAll(post, output.color ? '\x1b[0m' : ']');
  const where = [
    article.site.name ?? article.site.domain,
    article.sourceChain?.join(' ← '),
    article.datePublished?.slice(0, article.datePublishedPrecision === 'day' ? 10 : 16).replace('T', ' '),
    article.inLanguage,
    article.repairs.length > 0 ? `repaired: ${article.repairs.join(', ')}` : undefined,
    copies !== undefined && copies > 1 ? `${copies} copies` : undefined,
  ];
  const fragment = highlights.body?.[0]?.replaceAll(/\s+/g, ' ').trim();
  return [
    styled(output, 'bold', mark(highlights.headline ?? article.headline)),
    ...(fragment ? [`  ${mark(fragment)}`] : []),
    styled(output, 'dim', `  ${printable(where.filter((part) => part !== undefined).join(' · '))}`),
    styled(output, 'dim', `  ${printable(article.url)}`),
  ].join('\n');
}

/** Without control characters: a page must not be able to steer the reader's terminal. */
const printable = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
