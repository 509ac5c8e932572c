import { type JobOf, pipeline } from '@newsmill/contracts';
import { hostKeyOf } from '@newsmill/core/url';
import { recordQuarantined, shortIdOf, visitsOf } from '@newsmill/frontier';
import { type QuarantineEntry, quarantineSubject } from '@newsmill/queue';
import type { AuditRun, Repair, Suspicion } from './audit-run.ts';
import { findEntries } from './by-host.ts';
import type { FindingCode } from './findings.ts';
import { OpenJobs } from './open-jobs.ts';
import { finalRow, noSource, type SourceOf } from './rebuild.ts';
import { Suspicions } from './settle.ts';

interface Subject {
  readonly entry: QuarantineEntry;
  readonly job: JobOf<'parse' | 'index'>;
}

const batchSize = 100;

/** Whatever lies in quarantine is called quarantined by the ledger. */
export async function walkQuarantine(run: AuditRun, sourceOf: SourceOf): Promise<void> {
  const jobs = new OpenJobs(run.jobs, run.clock);
  const suspicions = new Suspicions<Subject>(
    run,
    (subjects) => look(run, jobs, subjects),
    async ({ subject, code }) => {
      const { url } = quarantineSubject(subject.entry.payload);
      const { urlId, hostId } = subject.job;
      const about = url === undefined ? {} : { url, host: hostKeyOf(url) };
      const repair = run.repair ? await mend(run, subject, code, sourceOf) : undefined;
      run.found({ code, hostId, shortId: shortIdOf(urlId), subject: subject.entry.id, ...about }, repair);
    },
  );
  let batch: Subject[] = [];
  for await (const entry of run.quarantine.scan()) {
    run.progress.quarantined += 1;
    const job = jobIn(entry);
    if (job !== undefined) batch.push({ entry, job });
    if (batch.length < batchSize) continue;
    await suspicions.check(batch);
    batch = [];
  }
  await suspicions.check(batch);
  await suspicions.settle();
}

/** Visits and removals are about no URL's fate, and what fits no schema names none. */
function jobIn({ stage, payload }: QuarantineEntry): Subject['job'] | undefined {
  if (stage !== 'parse' && stage !== 'index') return undefined;
  const job = pipeline[stage].schema.safeParse(payload);
  return job.success ? job.data : undefined;
}

async function look(run: AuditRun, jobs: OpenJobs, subjects: readonly Subject[]): Promise<Suspicion<Subject>[]> {
  jobs.forget();
  const entries = await findEntries(
    run,
    subjects.map(({ job }) => ({ id: job.urlId, hostId: job.hostId })),
  );
  const found: Suspicion<Subject>[] = [];
  for (const [at, subject] of subjects.entries()) {
    const { entry, job } = subject;
    const row = entries[at]?.row;
    const code = row === undefined ? 'quarantine_unknown' : await contradiction(row, job, entry, jobs);
    if (code === undefined) continue;
    // Put back or dropped meanwhile?
    const now = await run.quarantine.get(entry.id);
    if (now === undefined || now.retriedAt !== undefined) continue;
    found.push({ subject, code, state: `${row?.state} ${row?.generation} ${now.quarantinedAt}` });
  }
  return found;
}

async function contradiction(
  row: { readonly state: string; readonly generation: number; readonly outcome?: { readonly verdict: string } },
  job: Subject['job'],
  entry: QuarantineEntry,
  jobs: OpenJobs,
): Promise<FindingCode | undefined> {
  // A page that was fetched again since leaves its old entry where it is, for whoever wants to look at it.
  if (row.generation !== job.generation || row.state === 'accepted') return undefined;
  if (row.state === 'final') return row.outcome?.verdict === 'quarantined' ? undefined : 'quarantine_obsolete';
  const live = (await jobs.ids('parse')).has(entry.jobId) || (await jobs.ids('index')).has(entry.jobId);
  return live ? undefined : 'quarantine_unrecorded';
}

async function mend(run: AuditRun, { entry, job }: Subject, code: FindingCode, sourceOf: SourceOf): Promise<Repair> {
  const now = run.clock();
  if (code === 'quarantine_obsolete') {
    await run.quarantine.drop(entry.id);
    return 'done';
  }
  if (code === 'quarantine_unrecorded') {
    await recordQuarantined(run.frontier, job, entry.reason, now);
    return 'done';
  }
  const { url } = quarantineSubject(entry.payload);
  if (url === undefined) return { failed: 'its payload does not tell the address' };
  const of = sourceOf(url, sourceIn(job));
  if (of === undefined) return noSource;
  const outcome = { verdict: 'quarantined', reason: entry.reason } as const;
  const fetchedAt = fetchedAtIn(job) ?? now;
  const row = finalRow(url, of, { outcome, fetchedAt, generation: job.generation }, now);
  const restored = await run.frontier.ledger.restore(row, now);
  if (restored?.turn !== undefined) await run.emit(visitsOf([restored.turn], now));
  return 'done';
}

const articleIn = (job: Subject['job']) =>
  'payload' in job && job.payload.type === 'inline' ? job.payload.article : undefined;
const sourceIn = (job: Subject['job']): string | undefined =>
  'sourceId' in job ? job.sourceId : articleIn(job)?.sourceId;
function fetchedAtIn(job: Subject['job']): number | undefined {
  const text = 'fetchedAt' in job ? job.fetchedAt : articleIn(job)?.fetchedAt;
  return text === undefined ? undefined : Date.parse(text);
}
