import { type Archive, ArchiveError } from '@newsmill/archive';
import type { ExtractedArticle } from '@newsmill/contracts';
import { headerRobots, joinPages, type PageResult } from '@newsmill/core';
import type { PageReader, PageRequest } from './port.ts';

/** A page of an article that has several, in the archive. */
export interface ArchivedPart {
  /** 1 for the first page. */
  readonly number: number;
  /** The highest page number that this page knows of. */
  readonly last: number;
  readonly url: string;
  readonly captureRef: string;
  /** ISO 8601. */
  readonly fetchedAt: string;
}

/** Page 1 and all others that any of them knows of, in order, and more than one. */
export function isComplete(parts: readonly ArchivedPart[]): boolean {
  const last = Math.max(0, ...parts.map((part) => part.last));
  return last > 1 && parts.length >= last && parts.slice(0, last).every(({ number }, at) => number === at + 1);
}

/**
 * The article of all its pages: `page` is what the first one was read as by `request`, the others are read from the archive.
 * Undefined when they are not all there, when one is no article, or is not to be indexed.
 */
export async function readWhole(
  parts: readonly ArchivedPart[],
  page: PageResult,
  request: PageRequest,
  { archive, reader }: { readonly archive: Pick<Archive, 'read'>; readonly reader: PageReader },
  signal?: AbortSignal,
): Promise<ExtractedArticle | undefined> {
  if (page.pageNumber !== 1 || !isComplete(parts)) return undefined;
  const pages = [page];
  for (const { url, captureRef, fetchedAt } of parts.slice(1)) {
    const capture = await archive.read(captureRef).catch(absentWhenLost);
    if (capture === undefined || headerRobots(capture.headers).noindex) return undefined;
    const later = await reader.read({ ...request, url, capture, fetchedAt, acceptsParts: true }, signal);
    if ('failed' in later || later.verdict.type !== 'article') return undefined;
    pages.push(later);
  }
  return joinPages(pages);
}

function absentWhenLost(error: unknown): undefined {
  if (error instanceof ArchiveError && ['not_found', 'corrupt', 'bad_ref'].includes(error.code)) return undefined;
  throw error;
}
