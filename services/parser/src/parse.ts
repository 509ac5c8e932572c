import { type Archive, ArchiveError, type ArchiveErrorCode, type Capture } from '@newsmill/archive';
import {
  type Article,
  articleInlineBytesMax,
  type Emission,
  type IndexJob,
  type NextOf,
  type ParseJob,
  PermanentError,
  RetryLaterError,
  removalReason,
  type SkipReason,
} from '@newsmill/contracts';
import { headerRobots, type PageResult } from '@newsmill/core';
import { withFeedItem } from '@newsmill/core/feed-item';
import { type Frontier, type SeenRow, type SourceCache, type Turn, visitsOf } from '@newsmill/frontier';
import type { PageAnswer, PageReader, PageRequest } from '@newsmill/parse-pool';
import type { StageContext, StageHandler, StageResult } from '@newsmill/service-kit';
import type { Followed } from './follow.ts';
import { linksToFollow } from './links-to-follow.ts';
import type { Recall } from './recall.ts';
import type { WholeArticle } from './whole-article.ts';

export interface ParseDeps {
  readonly frontier: Frontier;
  readonly sources: SourceCache;
  readonly archive: Archive;
  /** Unpacks and parses, away from here: a page can be of any kind. */
  readonly reader: PageReader;
  /** Makes a page's links of the same source known. */
  readonly follow: (job: ParseJob, page: PageResult) => Promise<Followed>;
  /** What the pages of a site have taught; without it every page is read for itself. */
  readonly recall?: Pick<Recall, 'of' | 'add'> | undefined;
  /** Joins the pages of one article; without it each has the text of its first page. */
  readonly whole?: WholeArticle | undefined;
  /** How often Redis was connected to: one that was started again may have lost its last second. */
  readonly connections?: (() => number) | undefined;
  readonly clock: () => number;
}

/** A job in which Redis was started again and again comes back after so long; it is not to blame. */
const unsettledMs = 2_000;

type Seen = Promise<SeenRow | undefined>;

/** A page that may have been an article before and is not any more: the indexer is told, and knows whether it was. */
function removal(job: ParseJob, reason: SkipReason): Emission<NextOf<'parse'>>[] {
  const gone = removalReason.safeParse(reason);
  if (!gone.success || job.generation === 1) return [];
  const { urlId, hostId, generation, fetchedAt } = job;
  return [{ to: 'remove', job: { v: 1, urlId, hostId, generation, reason: gone.data, removedAt: fetchedAt } }];
}

/** Bytes → facts: reads a capture, extracts its links and its article, hands both on. */
export function createParse(deps: ParseDeps): StageHandler<'parse'> {
  const { frontier, archive, clock } = deps;

  async function skip(
    job: ParseJob,
    reason: SkipReason,
    look: { readonly newLinks: number; readonly links?: number; readonly ttlMs?: number | undefined },
    turns: readonly Turn[],
    seen: Seen,
  ): Promise<StageResult<'parse'>> {
    const event = {
      type: 'finalized',
      outcome: { verdict: 'skipped', reason },
      generation: job.generation,
      newLinks: look.newLinks,
      ...(look.links === undefined ? {} : { links: look.links }),
      ...(look.ttlMs === undefined ? {} : { ttlMs: look.ttlMs }),
    } as const;
    const recorded = await frontier.record(job.hostId, job.urlId, event, clock(), await seen);
    const all = recorded?.turn ? [...turns, recorded.turn] : turns;
    return { verdict: 'skipped', reason, emit: [...removal(job, reason), ...visitsOf(all, clock())] };
  }

  /** What was replayed and makes no article now stays the one that it is, in the ledger as in the index. */
  async function keep(job: ParseJob, why: string, context: StageContext): Promise<StageResult<'parse'>> {
    context.note({ url: job.url, kept: why });
    const { generation } = job;
    const event = { type: 'finalized', outcome: { verdict: 'indexed' }, generation, kept: true } as const;
    const recorded = await frontier.record(job.hostId, job.urlId, event, clock());
    return { verdict: 'done', emit: visitsOf(recorded?.turn ? [recorded.turn] : [], clock()) };
  }

  /** A view or a later page of an article is taken for one of its own when the page proper cannot be reached from here. */
  async function readProper(
    request: PageRequest,
    job: ParseJob,
    nofollow: boolean,
    signal: AbortSignal,
  ): Promise<PageAnswer> {
    if (job.replayed) return deps.reader.read({ ...request, acceptsParts: true }, signal);
    const page = await deps.reader.read(request, signal);
    if ('failed' in page || page.partOf === undefined) return page;
    const owner = nofollow ? undefined : await deps.sources.get(job.sourceId, clock());
    const [first] = owner === undefined ? [] : linksToFollow(page, job, owner, 1);
    return first?.url === page.partOf ? page : deps.reader.read({ ...request, acceptsParts: true }, signal);
  }

  async function parse(job: ParseJob, context: StageContext): Promise<StageResult<'parse'>> {
    // Its row will be wanted when the page has been read.
    const seen: Seen = frontier.see(job.hostId, job.urlId);
    seen.catch(() => undefined);
    const capture = await read(archive, job);
    if (capture === undefined) return keep(job, 'its capture is not in the archive', context);
    const robots = headerRobots(capture.headers);
    const request = { url: job.url, capture, fetchedAt: job.fetchedAt, memory: await deps.recall?.of(job.url) };
    const page = await readProper(request, job, robots.nofollow, context.stopping);
    if (job.replayed) {
      const refused = 'failed' in page ? page.failed : robots.noindex ? 'noindex' : undefined;
      if (refused !== undefined) return keep(job, refused, context);
    }
    if ('failed' in page)
      return skip(job, page.failed === 'too_large' ? 'too_large' : 'bad_encoding', { newLinks: 0 }, [], seen);
    if (page.observation !== undefined && !job.replayed) deps.recall?.add(job.url, page.observation);
    // A job that comes again because Redis forgot comes before we know that it did: we do when it has answered. Only then
    // does it mean anything which links were told before.
    await seen;
    const found = robots.nofollow || job.replayed ? { accepted: 0, turns: [] } : await deps.follow(job, page);
    context.note({ url: job.url, kind: page.kind, links: page.links.length, newLinks: found.accepted });
    if (page.partOf !== undefined) context.note({ partOf: page.partOf });
    const look = { newLinks: found.accepted, links: page.links.length, ttlMs: page.ttlMs };
    if (robots.noindex) return skip(job, 'noindex', look, found.turns, seen);
    if (page.verdict.type === 'not_article') {
      if (job.replayed) return keep(job, page.verdict.reason, context);
      if (page.verdict.reason === 'continuation') await deps.whole?.complete(job, page, capture);
      return skip(job, page.verdict.reason, look, found.turns, seen);
    }

    const joined = await deps.whole?.join(job, page, request, context.stopping);
    if (joined !== undefined) context.note({ pages: page.pageLast });
    const extracted = joined ?? page.verdict.article;
    const parsed = { type: 'parsed', generation: job.generation, contentHash: extracted.contentHash } as const;
    const recorded = await frontier.record(job.hostId, job.urlId, parsed, clock(), await seen);
    const article: Article = {
      ...withFeedItem(extracted, recorded?.row ?? {}, job.fetchedAt),
      id: job.urlId,
      captureRef: job.captureRef,
      fetchedAt: job.fetchedAt,
      sourceId: job.sourceId,
      firstSeenAt: recorded ? new Date(recorded.row.firstSeenAt).toISOString() : job.fetchedAt,
      version: recorded?.row.version ?? 1,
    };
    const index: IndexJob = {
      v: 1,
      urlId: job.urlId,
      hostId: job.hostId,
      generation: job.generation,
      payload: await payloadOf(archive, article),
      ...(job.replayed ? { replayed: true } : {}),
    };
    const turns = recorded?.turn ? [...found.turns, recorded.turn] : found.turns;
    return { verdict: 'done', emit: [{ to: 'index', job: index }, ...visitsOf(turns, clock())] };
  }

  const connections = deps.connections ?? (() => 0);
  return async (job, context) => {
    // A Redis that was started again in the middle may have lost the links and kept the end, which was told after it: nobody
    // would ever tell the links again.
    for (let tries = 0; tries < 2; tries += 1) {
      const before = connections();
      const result = await parse(job, context);
      if (connections() === before) return result;
    }
    throw new RetryLaterError(unsettledMs, 'Redis was started again while the page was parsed');
  };
}

/** What is not in the archive now will not be there later; a storage that does not answer may be. */
const lost: ReadonlySet<ArchiveErrorCode> = new Set(['not_found', 'corrupt', 'bad_ref']);

/** Undefined when the capture of a page that is replayed was removed. @throws PermanentError for another that is lost */
async function read(archive: Archive, job: ParseJob): Promise<Capture | undefined> {
  try {
    return await archive.read(job.captureRef);
  } catch (error) {
    if (!(error instanceof ArchiveError) || !lost.has(error.code)) throw error;
    if (job.replayed) return undefined;
    const reason = error.code === 'corrupt' ? 'capture_corrupt' : 'capture_missing';
    throw new PermanentError(reason, `capture ${job.captureRef} of ${job.url}: ${error.message}`, { cause: error });
  }
}

async function payloadOf(archive: Archive, article: Article): Promise<IndexJob['payload']> {
  const text = JSON.stringify(article);
  if (Buffer.byteLength(text) <= articleInlineBytesMax) return { type: 'inline', article };
  const body = Buffer.from(text);
  const madeAt = article.fetchedAt ?? '';
  const ref = await archive.writeDerived({ url: article.url, madeAt, contentType: 'application/json', body });
  return { type: 'archived', ref };
}
