import { isDeepStrictEqual } from 'node:util';
import { type Archive, ArchiveError, type Capture } from '@newsmill/archive';
import {
  type Article,
  compareVersions,
  type ExtractedArticle,
  extractedArticle,
  type IndexJob,
  PermanentError,
  type SkipReason,
} from '@newsmill/contracts';
import { headerRobots } from '@newsmill/core';
import { keepFeedItem } from '@newsmill/core/feed-item';
import { hostIdOf } from '@newsmill/core/url';
import type { Frontier, UrlEvent, UrlRow } from '@newsmill/frontier';
import {
  type ArchivedPart,
  type PageReader,
  type PageRequest,
  type RememberedSite,
  readWhole,
} from '@newsmill/parse-pool';
import type { ArticleIndex } from '@newsmill/search-index';
import type { NewestCapture } from './newest-captures.ts';

export interface ReplayDeps {
  readonly archive: Pick<Archive, 'read'>;
  readonly frontier: Pick<Frontier, 'getUrl'>;
  readonly index: Pick<ArticleIndex, 'get'>;
  /** The parser's own. */
  readonly reader: PageReader;
  /** What the pages of a URL's site have taught; a replay teaches nothing itself. Without it every page is read for itself. */
  readonly memoryOf?: ((url: string) => Promise<RememberedSite>) | undefined;
  /** The pages of an article that lie in the archive, by the address of its first page. */
  readonly partsOf?: ((url: string) => Promise<readonly ArchivedPart[]>) | undefined;
  readonly sourceId?: string | undefined;
  readonly parserOlderThan?: string | undefined;
  /** Only pages that the index has no article of. */
  readonly missing?: boolean | undefined;
}

/** What is to be done about one page. */
export type ReplayVerdict =
  /** The index is to have this; `reopened` is told to the ledger first. */
  | {
      readonly type: 'write';
      readonly how: 'added' | 'changed';
      readonly url: string;
      readonly job: IndexJob;
      readonly reopened: ReopenedEvent | undefined;
    }
  /** The index says already what the parser says. */
  | { readonly type: 'unchanged' }
  /** `indexed`: the index has an article of it all the same, and keeps it. `reopened`: it lay in quarantine, and does not any more. */
  | {
      readonly type: 'not_article';
      readonly url: string;
      readonly reason: SkipReason;
      readonly indexed: boolean;
      readonly generation: number;
      readonly reopened: ReopenedEvent | undefined;
    }
  /** Not asked for: another source, a parser that is not older, in the index already. */
  | { readonly type: 'filtered' }
  /** The pipeline has the page in its hands, or newer bytes of it. */
  | { readonly type: 'in_flight' }
  /** It was not found, or not allowed, when it was fetched last. */
  | { readonly type: 'gone' }
  | { readonly type: 'failed'; readonly url: string | undefined; readonly message: string };

type ReopenedEvent = Extract<UrlEvent, { type: 'reopened' }>;

/** Reasons that the fetch gave, what came before it, or the operator. All others are what the parser made of the bytes: another may see it differently. */
export const reasonsOfFetch: ReadonlySet<SkipReason> = new Set<SkipReason>([
  ...(['redirected', 'too_many_redirects', 'redirected_out_of_scope'] as const),
  ...(['http_404', 'http_410', 'http_4xx', 'http_5xx', 'http_other'] as const),
  ...(['robots_disallowed', 'robots_unreachable', 'private_address', 'url_refused', 'port_refused'] as const),
  ...(['dns_failure', 'connection_failed', 'tls_error', 'timeout', 'protocol_error'] as const),
  ...(['out_of_scope', 'page_limit', 'source_removed', 'dropped'] as const),
]);

/**
 * Reads one capture again and compares with what is known. Changes nothing.
 * @throws SearchUnavailableError, or what the frontier throws, when there is no answer
 */
export async function replayPage(id: string, { ref, sentAt }: NewestCapture, deps: ReplayDeps): Promise<ReplayVerdict> {
  let capture: Capture;
  try {
    capture = await deps.archive.read(ref);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { type: 'failed', url: undefined, message: `capture ${ref}: ${error.message}` };
  }
  const { url } = capture;
  const [row, stored] = await Promise.all([
    deps.frontier.getUrl(url),
    deps.index.get(id).then((found) => found?.article),
  ]);
  const sourceId = row?.sourceId ?? stored?.sourceId;
  if (deps.sourceId !== undefined && sourceId !== deps.sourceId) return { type: 'filtered' };
  if (deps.missing && stored !== undefined) return { type: 'filtered' };
  if (deps.parserOlderThan !== undefined) {
    if (stored === undefined || compareVersions(stored.parserVersion, deps.parserOlderThan) >= 0) {
      return { type: 'filtered' };
    }
  }
  const same = stored?.captureRef === ref;
  const before = place(row, stored, { same, sentAt });
  if (typeof before === 'string') return { type: before };
  // The ledger's time of this very fetch, which is that of the document, is a little later than that of the request.
  const fetchedAt = (same ? stored?.fetchedAt : undefined) ?? iso(row?.fetchedAt ?? sentAt);
  const memory = await deps.memoryOf?.(url);
  // No link is followed here: a view or a later page that counts as an article must not give way to one that may never come.
  const acceptsParts = stored !== undefined || row?.outcome?.verdict === 'indexed';
  const outcome = await parseCapture(capture, { fetchedAt, memory, acceptsParts }, deps);
  if ('failed' in outcome) return { type: 'failed', url, message: outcome.failed };
  const { generation } = before;
  const reopened = reopening(row, { url, ref, generation });
  if ('reason' in outcome) {
    const indexed = stored !== undefined && stored.removedAt === undefined;
    const freed = row?.outcome?.verdict === 'quarantined' ? reopened : undefined;
    return { type: 'not_article', url, reason: outcome.reason, indexed, generation, reopened: freed };
  }
  const extracted = keepFeedItem(outcome.article, stored);
  if (stored !== undefined && same && reopened === undefined && sameArticle(extracted, stored)) {
    return { type: 'unchanged' };
  }
  const removedAt = stored?.removedAt;
  const firstIndexedAt = stored?.firstIndexedAt ?? stored?.indexedAt;
  const article: Article = {
    ...extracted,
    id,
    captureRef: ref,
    fetchedAt,
    firstSeenAt: stored?.firstSeenAt ?? (row === undefined ? fetchedAt : iso(row.firstSeenAt)),
    version: stored?.version ?? row?.version ?? 1,
    // To a searcher it is not new again.
    ...(firstIndexedAt === undefined ? {} : { firstIndexedAt }),
    ...(sourceId === undefined ? {} : { sourceId }),
    // What was gone after this fetch stays gone.
    ...(removedAt !== undefined && Date.parse(removedAt) >= Date.parse(fetchedAt) ? { removedAt } : {}),
  };
  const payload = { type: 'inline', article } as const;
  // The indexer looks at what is there also of a first fetch: to its figures it is no new article.
  const replayed = stored === undefined ? {} : ({ replayed: true } as const);
  const job: IndexJob = { v: 1, urlId: id, hostId: hostIdOf(url), generation, payload, ...replayed };
  return { type: 'write', how: stored === undefined ? 'added' : 'changed', url, job, reopened };
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** The generation that the ledger gives this capture, or why the page is to be left alone. */
function place(
  row: UrlRow | undefined,
  stored: Article | undefined,
  { same, sentAt }: { readonly same: boolean; readonly sentAt: number },
): { readonly generation: number } | 'in_flight' | 'gone' {
  if (stored !== undefined && !same && Date.parse(stored.fetchedAt ?? '') > sentAt) {
    // Made of a capture that was not there when the archive was walked, or is not any more.
    return 'in_flight';
  }
  if (row === undefined) return { generation: 1 };
  if (row.state !== 'final' || (row.fetchedAt !== undefined && row.fetchedAt < sentAt)) return 'in_flight';
  const failed = row.outcome?.verdict === 'skipped' && reasonsOfFetch.has(row.outcome.reason);
  if (stored === undefined && (failed || row.fetchedAt === undefined)) return 'gone';
  return { generation: Math.max(1, row.generation) };
}

/** A page that is no article by the ledger's word must be opened again before it can become one. */
function reopening(
  row: UrlRow | undefined,
  of: { readonly url: string; readonly ref: string; readonly generation: number },
): ReopenedEvent | undefined {
  if (row?.state !== 'final' || row.outcome === undefined || row.outcome.verdict === 'indexed') return undefined;
  if (row.outcome.verdict === 'skipped' && reasonsOfFetch.has(row.outcome.reason)) return undefined;
  return { type: 'reopened', url: of.url, generation: of.generation, state: 'parsed', captureRef: of.ref };
}

type Outcome = { readonly article: ExtractedArticle } | { readonly reason: SkipReason } | { readonly failed: string };

/** As the parser service does it, by the same reader; without the links. */
export async function parseCapture(
  capture: Capture,
  how: Pick<PageRequest, 'fetchedAt' | 'memory' | 'acceptsParts'>,
  { archive, reader, partsOf }: Pick<ReplayDeps, 'archive' | 'reader' | 'partsOf'>,
): Promise<Outcome> {
  try {
    const request = { url: capture.url, capture, ...how };
    const page = await reader.read(request);
    if ('failed' in page) return { reason: page.failed === 'too_large' ? 'too_large' : 'bad_encoding' };
    if (headerRobots(capture.headers).noindex) return { reason: 'noindex' };
    const { verdict } = page;
    if (verdict.type !== 'article') return { reason: verdict.reason };
    const parts = page.pageNumber === 1 ? await partsOf?.(capture.url) : undefined;
    const whole = parts && (await readWhole(parts, page, request, { archive, reader }));
    return { article: whole ?? verdict.article };
  } catch (error) {
    if (error instanceof PermanentError) return { failed: error.message };
    throw error;
  }
}

/** Whether a document says of its page what the parser says now. */
export function sameArticle(extracted: ExtractedArticle, stored: Article): boolean {
  // Through JSON, as it would travel.
  const now: Partial<Record<string, unknown>> = JSON.parse(JSON.stringify(extracted));
  const then: Partial<Record<string, unknown>> = stored;
  return Object.keys(extractedArticle.shape).every((field) => isDeepStrictEqual(now[field], then[field]));
}
