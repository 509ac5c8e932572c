import type { Archive } from '@newsmill/archive';
import { type Article, article as articleSchema, type IndexJob, PermanentError } from '@newsmill/contracts';
import type { Frontier } from '@newsmill/frontier';
import type { StageHandler } from '@newsmill/service-kit';
import type { BulkWriter } from './bulk-writer.ts';

export interface IndexDeps {
  readonly frontier: Frontier;
  readonly archive: Archive;
  readonly writer: BulkWriter;
  readonly clock: () => number;
}

/** Facts → Elasticsearch: completes only after Elasticsearch has answered for this very document. */
export function createIndex({ frontier, archive, writer, clock }: IndexDeps): StageHandler<'index'> {
  return async (job, context) => {
    const article = await articleOf(job, archive);
    const document: Article = { ...article, indexedAt: new Date(clock()).toISOString() };
    const signal = AbortSignal.any([context.signal, context.stopping]);
    const verdict = await writer.write(document, { signal });
    context.note({ url: article.url, site: article.site.domain, wrote: verdict.type });
    if (verdict.type === 'rejected') {
      throw new PermanentError('document_rejected', `Elasticsearch answered ${verdict.status}: ${verdict.reason}`);
    }
    // The ledger hears of it only now, so it never knows more than the index.
    const outcome = { verdict: 'indexed' } as const;
    const event = { type: 'finalized', outcome, generation: job.generation } as const;
    const now = clock();
    const recorded = await frontier.record(job.hostId, job.urlId, event, now);
    const turn = recorded?.turn;
    return {
      verdict: 'done',
      emit: turn ? [{ to: 'visit', job: turn.job, delayMs: Math.max(0, turn.dueAt - now) }] : [],
    };
  };
}

async function articleOf(job: IndexJob, archive: Archive): Promise<Article> {
  if (job.payload.type === 'inline') return job.payload.article;
  const { ref } = job.payload;
  const derived = await archive.readDerived(ref);
  const parsed = articleSchema.safeParse(JSON.parse(Buffer.from(derived.body).toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new PermanentError('malformed_job', `the article at ${ref} does not fit its schema: ${parsed.error.message}`);
}
