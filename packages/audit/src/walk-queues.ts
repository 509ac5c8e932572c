import { type JobOf, pipeline } from '@newsmill/contracts';
import { hostKeyOf } from '@newsmill/core/url';
import { shortIdOf, visitsOf } from '@newsmill/frontier';
import { quarantineSubject } from '@newsmill/queue';
import type { AuditRun, Repair, Suspicion } from './audit-run.ts';
import { findEntries } from './by-host.ts';
import { capturedRow, noSource, type SourceOf } from './rebuild.ts';
import { Suspicions } from './settle.ts';

interface Subject {
  readonly stage: 'parse' | 'index';
  readonly id: string;
  readonly job: JobOf<'parse' | 'index'>;
}

/** An index job carries up to 32 KB. */
const batchSize = 200;

/** Every job that is about a URL is about one that the ledger knows. */
export async function walkQueues(run: AuditRun, sourceOf: SourceOf): Promise<void> {
  const suspicions = new Suspicions<Subject>(
    run,
    (subjects) => look(run, subjects),
    async ({ subject, code }) => {
      const { url } = quarantineSubject(subject.job);
      const { urlId, hostId } = subject.job;
      const about = url === undefined ? {} : { url, host: hostKeyOf(url) };
      const repair = run.repair ? await restore(run, subject, sourceOf) : undefined;
      run.found(
        { code, hostId, shortId: shortIdOf(urlId), subject: `${subject.stage}/${subject.id}`, ...about },
        repair,
      );
    },
  );
  for (const stage of ['parse', 'index'] as const) {
    const { queue, schema } = pipeline[stage];
    const ids = [...(await run.jobs.ids(queue))];
    for (let at = 0; at < ids.length; at += batchSize) {
      const batch: Subject[] = [];
      for (const [id, payload] of await run.jobs.payloads(queue, ids.slice(at, at + batchSize))) {
        run.progress.jobs += 1;
        const job = schema.safeParse(payload);
        if (job.success) batch.push({ stage, id, job: job.data });
      }
      await suspicions.check(batch);
      run.signal?.throwIfAborted();
    }
  }
  await suspicions.settle();
}

async function look(run: AuditRun, subjects: readonly Subject[]): Promise<Suspicion<Subject>[]> {
  const entries = await findEntries(
    run,
    subjects.map(({ job }) => ({ id: job.urlId, hostId: job.hostId })),
  );
  const unknown = subjects.filter((_, at) => entries[at] === undefined);
  if (unknown.length === 0) return [];
  const live = { parse: await run.jobs.ids(pipeline.parse.queue), index: await run.jobs.ids(pipeline.index.queue) };
  return unknown
    .filter(({ stage, id }) => live[stage].has(id))
    .map((subject) => ({ subject, code: 'job_unknown', state: '' }));
}

/** The row waits for the job as it had before. */
async function restore(run: AuditRun, { job }: Subject, sourceOf: SourceOf): Promise<Repair> {
  const article = 'payload' in job && job.payload.type === 'inline' ? job.payload.article : undefined;
  const known = 'captureRef' in job ? job : article;
  const { url, captureRef, fetchedAt, sourceId } = known ?? {};
  if (url === undefined || captureRef === undefined || fetchedAt === undefined) {
    return { failed: 'the job does not tell the address' };
  }
  const of = sourceOf(url, sourceId);
  if (of === undefined) return noSource;
  const now = run.clock();
  const capture = { ref: captureRef, fetchedAt: Date.parse(fetchedAt), generation: job.generation };
  const restored = await run.frontier.ledger.restore(capturedRow(url, of, capture, now), now);
  if (restored?.turn !== undefined) await run.emit(visitsOf([restored.turn], now));
  return 'done';
}
