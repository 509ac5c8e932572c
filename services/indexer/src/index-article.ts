import type { Archive } from '@newsmill/archive';
import { type Article, article as articleSchema, type IndexJob, PermanentError } from '@newsmill/contracts';
import { keepFeedItem } from '@newsmill/core/feed-item';
import { type Frontier, visitsOf } from '@newsmill/frontier';
import { type ArticleIndex, formerVersion } from '@newsmill/search-index';
import type { ArticleMetrics, StageHandler } from '@newsmill/service-kit';
import type { BulkWriter } from './bulk-writer.ts';
import type { Copies } from './copies.ts';
import type { SiteCards } from './site-cards.ts';
import { write } from './write.ts';

export interface IndexDeps {
  readonly frontier: Frontier;
  readonly archive: Archive;
  readonly index: Pick<ArticleIndex, 'get'>;
  readonly writer: BulkWriter;
  /** Writes former states. */
  readonly versionWriter: BulkWriter;
  readonly copies: Copies;
  readonly siteCards?: Pick<SiteCards, 'note'>;
  readonly metrics?: ArticleMetrics;
  readonly clock: () => number;
}

/**
 * Facts → Elasticsearch: the article's place among its copies, its former state, then the document. Completes only after
 * Elasticsearch has answered for this very document; what a crash interrupts is done again to the same end.
 */
export function createIndex(deps: IndexDeps): StageHandler<'index'> {
  const { frontier, archive, copies, clock } = deps;
  return async (job, context) => {
    // Its row will be wanted when Elasticsearch has answered.
    const seen = frontier.see(job.hostId, job.urlId).catch(() => undefined);
    const parsed = await articleOf(job, archive);
    const signal = AbortSignal.any([context.signal, context.stopping]);
    // The first fetch of a URL has nothing before it, unless it is worked through again: replayed, or joined with later pages.
    const first = job.generation === 1 && job.replayed !== true && (parsed.version ?? 1) === 1;
    const stored = first ? undefined : (await deps.index.get(parsed.id))?.article;
    const article = keepFeedItem(parsed, stored);
    const { fields, owed } = await copies.claim(article);
    const origin = article.sourceChain?.at(-1);
    const indexedAt = new Date(clock()).toISOString();
    const document: Article = {
      ...article,
      ...fields,
      ...(origin === undefined ? {} : { origin }),
      version: versionOf(article, stored),
      indexedAt,
      firstIndexedAt: stored?.firstIndexedAt ?? stored?.indexedAt ?? article.firstIndexedAt ?? indexedAt,
    };
    // Under an id that follows from the state: a crash between the two writes leaves the former state where it was, and
    // the next delivery does both again. The ledger lets no second state of a URL come before the first is indexed.
    const former = stored && formerVersion(stored, document);
    if (former !== undefined) await write(deps.versionWriter, former, signal);
    const wrote = await write(deps.writer, document, signal).catch(async (error: unknown) => {
      if (error instanceof PermanentError) await copies.withdraw(document, signal);
      throw error;
    });
    await copies.confirm(document, owed, signal);
    deps.siteCards?.note(document);
    deps.metrics?.observe(document, stored === undefined ? 'new' : former === undefined ? 'same' : 'changed', clock());
    context.note({
      url: article.url,
      site: article.site.domain,
      wrote,
      ...(former === undefined ? {} : { keptVersion: former.version }),
      ...(document.clusterId === document.id ? {} : { copyOf: document.clusterId }),
    });
    // The ledger hears of it only now, so it never knows more than the index.
    const outcome = { verdict: 'indexed' } as const;
    const event = { type: 'finalized', outcome, generation: job.generation } as const;
    const now = clock();
    const recorded = await frontier.record(job.hostId, job.urlId, event, now, await seen);
    const turn = recorded?.turn;
    return {
      verdict: 'done',
      emit: visitsOf(turn ? [turn] : [], now),
    };
  };
}

/** The ledger counts the states of an article; where it has forgotten, the index goes on counting. */
function versionOf(article: Article, stored: Article | undefined): number {
  const seen = stored?.version ?? 0;
  const next = stored !== undefined && stored.contentHash !== article.contentHash ? seen + 1 : seen;
  return Math.max(article.version ?? 1, next);
}

async function articleOf(job: IndexJob, archive: Archive): Promise<Article> {
  if (job.payload.type === 'inline') return job.payload.article;
  const { ref } = job.payload;
  const derived = await archive.readDerived(ref);
  const parsed = articleSchema.safeParse(JSON.parse(Buffer.from(derived.body).toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new PermanentError('malformed_job', `the article at ${ref} does not fit its schema: ${parsed.error.message}`);
}
