import { type JobOf, pipeline, type VisitJob } from '@newsmill/contracts';
import type { JobQueue } from './port.ts';
import { type Quarantine, type QuarantineEntry, quarantineSubject } from './quarantine.ts';

/** What a retry asks of the ledger; the frontier has it. */
export interface RetryLedger {
  record(
    hostId: string,
    urlId: string,
    event: {
      readonly type: 'reopened';
      readonly url: string;
      readonly generation: number;
      readonly state: 'captured' | 'parsed';
      readonly captureRef?: string;
    },
    now: number,
  ): Promise<
    | {
        readonly row: { readonly state: string; readonly generation: number };
        readonly turn?: { readonly job: VisitJob; readonly dueAt: number };
      }
    | undefined
  >;
}

export interface RetryDeps {
  readonly quarantine: Quarantine;
  readonly queue: JobQueue;
  readonly ledger: RetryLedger;
  /** The article that lies in the archive because it was too large for its job. */
  readonly readArticle: (ref: string) => Promise<{ readonly url: string; readonly captureRef?: string | undefined }>;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type RetryResult =
  | { readonly status: 'retried' }
  /** The page was fetched again since, or the job ended otherwise: nothing is left to do, and the entry was dropped. */
  | { readonly status: 'obsolete' }
  /** It stays in quarantine. */
  | { readonly status: 'failed'; readonly why: string };

/**
 * Puts a job back on its queue, under its own id and with its first attempt before it. The ledger is told first: from then
 * on the URL is open again, and whatever dies on the way, the reconciler finds it. The entry goes last.
 */
export async function retryQuarantined(entry: QuarantineEntry, deps: RetryDeps): Promise<RetryResult> {
  const { quarantine, queue, now } = deps;
  if (entry.payload === undefined) return { status: 'failed', why: 'its payload was too large to be kept' };
  const definition = pipeline[entry.stage];
  let turn: { readonly job: VisitJob; readonly dueAt: number } | undefined;
  if (entry.stage === 'parse' || entry.stage === 'index') {
    const job = definition.schema.safeParse(entry.payload);
    // What fits no schema names no URL. It goes back all the same: a newer worker may be able to read it.
    if (job.success) {
      const { urlId, hostId, generation } = job.data as JobOf<'parse' | 'index'>;
      const subject = quarantineSubject(entry.payload);
      const { articleRef } = subject;
      const { url, captureRef } = articleRef === undefined ? subject : await deps.readArticle(articleRef);
      if (url === undefined) return { status: 'failed', why: 'its payload does not tell the address' };
      const event = {
        type: 'reopened',
        url,
        generation,
        state: entry.stage === 'parse' ? 'captured' : 'parsed',
        ...(captureRef === undefined ? {} : { captureRef }),
      } as const;
      const recorded = await deps.ledger.record(hostId, urlId, event, now);
      // A ledger that does not know the URL has nothing against it.
      const open = recorded?.row.state === 'captured' || recorded?.row.state === 'parsed';
      if (recorded !== undefined && (recorded.row.generation !== generation || !open)) {
        await quarantine.drop(entry.id);
        return { status: 'obsolete' };
      }
      turn = recorded?.turn;
    }
  }
  const at = new Date(now).toISOString();
  if ((await quarantine.beginRetry(entry.id, at)) === undefined) {
    return { status: 'failed', why: 'somebody else has dropped or retried it' };
  }
  await queue.add(definition.queue, [{ id: entry.jobId, payload: entry.payload }]);
  if (turn !== undefined) {
    const { visit } = pipeline;
    const delayMs = Math.max(0, turn.dueAt - now);
    await queue.add(visit.queue, [{ id: visit.jobId(turn.job), payload: turn.job, delayMs }]);
  }
  await quarantine.endRetry(entry.id, at);
  return { status: 'retried' };
}
