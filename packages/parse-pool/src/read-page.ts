import { decodeBody } from '@newsmill/archive';
import { PermanentError } from '@newsmill/contracts';
import { compileSiteRules, learn, parsePage, type SiteMemory } from '@newsmill/core';
import type { PageAnswer, PageReader, PageRequest, ReadingSettings } from './port.ts';

/** Unpacks and parses a page in this very thread. */
export type ReadPage = (request: Omit<PageRequest, 'memory'>, memory: SiteMemory | undefined) => PageAnswer;

const headerOf = (headers: PageRequest['capture']['headers'], name: string): string | undefined =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1];

/** @throws UsageError for rules that cannot be used; the function it gives throws a PermanentError when the parser does */
export function createReadPage({ rules, pageBytesMax }: ReadingSettings): ReadPage {
  const compiled = rules && compileSiteRules(rules);
  return ({ url, capture, fetchedAt, acceptsParts }, memory) => {
    const decoded = decodeBody(capture, pageBytesMax);
    if ('failed' in decoded) return decoded;
    const contentType = headerOf(capture.headers, 'content-type');
    try {
      return parsePage({ url, bytes: decoded.bytes, contentType, fetchedAt, acceptsParts, rules: compiled, memory });
    } catch (error) {
      // The parser is pure: what it throws on once it throws on always.
      throw new PermanentError('parser_failed', `the parser failed on ${url}: ${String(error)}`, { cause: error });
    }
  };
}

/** Reads pages in the caller's own thread: no page is kept from harming the next one. For tests. */
export function createInlineReader(settings: ReadingSettings): PageReader {
  const readPage = createReadPage(settings);
  return {
    async read({ memory, ...request }) {
      return readPage(request, memory && learn(memory.base, ...memory.lessons));
    },
  };
}
