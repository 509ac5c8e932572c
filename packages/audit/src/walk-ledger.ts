import { balanceLabel, type UrlRow } from '@newsmill/core/schedule';
import { urlIdOf } from '@newsmill/core/url';
import { idBeginning, type LedgerEntry, parseJobOf, shortIdOf } from '@newsmill/frontier';
import type { IndexedDocument } from '@newsmill/search-index';
import type { AuditRun, Suspicion } from './audit-run.ts';
import { findEntries } from './by-host.ts';
import type { Finding, FindingCode } from './findings.ts';
import { OpenJobs } from './open-jobs.ts';
import type { AuditProgress } from './progress.ts';
import type { SourceOf } from './rebuild.ts';
import { Suspicions } from './settle.ts';
import { HostChecks } from './walk-hosts.ts';

interface Subject {
  readonly hostId: string;
  readonly host: string;
  readonly id: string;
}

/** What rows are compared with. */
interface Evidence {
  readonly jobs: OpenJobs;
  /** `<short id>-<generation>` of everything in quarantine. */
  quarantined: ReadonlySet<string>;
}

/** Every URL that the ledger knows is where the ledger says. */
export async function walkLedger(run: AuditRun, sourceOf: SourceOf): Promise<void> {
  const evidence: Evidence = { jobs: new OpenJobs(run.jobs, run.clock), quarantined: await quarantined(run) };
  const suspicions = new Suspicions<Subject>(
    run,
    async (subjects) => {
      evidence.jobs.forget();
      evidence.quarantined = await quarantined(run);
      await run.index.refresh();
      const entries = await findEntries(run, subjects);
      const known = subjects.flatMap((subject, at) => {
        const entry = entries[at];
        return entry === undefined ? [] : [{ subject, entry }];
      });
      return look(run, evidence, known);
    },
    (suspicion) => confirm(run, suspicion),
  );
  const hosts = new HostChecks(run, evidence.jobs, sourceOf);
  const settle = async () => {
    await suspicions.settle();
    await hosts.settle();
  };
  for await (const { entries, ended, position } of run.frontier.ledger.walk(run.clock(), run.progress.position)) {
    const host = ended[0]?.host ?? '';
    for (const { row } of entries) count(run.progress, row);
    const known = entries.map((entry) => {
      return { subject: { hostId: entry.hostId, host: hostIn(entry.row) ?? host, id: entry.shortId }, entry };
    });
    await suspicions.gather(await look(run, evidence, known));
    await hosts.page(entries, ended);
    run.progress.hosts += ended.length;
    await run.step(position, settle);
  }
  await settle();
}

const hostIn = (row: UrlRow): string | undefined => (row.url === '' ? undefined : new URL(row.url).host);

async function quarantined({ quarantine }: AuditRun): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const id of await quarantine.ids()) {
    const [, urlId, generation] = /^(?:parse|index)\/([\w-]{22})-(\d+)$/.exec(id) ?? [];
    if (urlId !== undefined) names.add(`${shortIdOf(urlId)}-${generation}`);
  }
  return names;
}

function count({ urls }: AuditProgress, row: UrlRow): void {
  const { outcome } = row;
  if (row.state !== 'final' || outcome === undefined) {
    if (row.state !== 'final') urls[row.state] += 1;
    return;
  }
  if (outcome.verdict === 'indexed') urls.indexed += 1;
  else urls[outcome.verdict][outcome.reason] = (urls[outcome.verdict][outcome.reason] ?? 0) + 1;
}

async function look(
  run: AuditRun,
  evidence: Evidence,
  known: readonly { readonly subject: Subject; readonly entry: LedgerEntry }[],
): Promise<Suspicion<Subject>[]> {
  const indexed = known.filter(({ entry }) => balanceLabel(entry.row) === 'indexed');
  const documents =
    indexed.length === 0
      ? new Map<string, IndexedDocument>()
      : await run.index.find(indexed.map(({ entry }) => idBeginning(entry.shortId)));
  const found: Suspicion<Subject>[] = [];
  for (const { subject, entry } of known) {
    const code = await contradiction(entry, evidence, documents);
    if (code === undefined) continue;
    const { state, generation, fetchedAt, openSince, dueAt } = entry.row;
    found.push({ subject, code, state: [state, generation, fetchedAt, openSince, dueAt].join(' ') });
  }
  return found;
}

/** What is wrong with one row. */
async function contradiction(
  { row, shortId, scheduled }: LedgerEntry,
  { jobs, quarantined: names }: Evidence,
  documents: ReadonlyMap<string, IndexedDocument>,
): Promise<FindingCode | undefined> {
  if (row.state === 'captured' || row.state === 'parsed') {
    const id = `${urlIdOf(row.url)}-${row.generation}`;
    const live = (await jobs.ids('parse')).has(id) || (await jobs.ids('index')).has(id);
    // The walk over the quarantine has its own word for one that lies there.
    return live || names.has(`${shortId}-${row.generation}`) ? undefined : 'job_missing';
  }
  if ((row.state === 'accepted' || row.dueAt !== undefined) && !scheduled) return 'not_scheduled';
  if (row.state !== 'final' || row.outcome === undefined) return undefined;
  if (row.outcome.verdict === 'quarantined') {
    return names.has(`${shortId}-${row.generation}`) ? undefined : 'quarantine_missing';
  }
  if (row.outcome.verdict !== 'indexed') return undefined;
  const document = documents.get(idBeginning(shortId));
  if (document === undefined) return 'document_missing';
  return (document.fetchedAt ?? 0) < (row.fetchedAt ?? 0) ? 'document_stale' : undefined;
}

async function confirm(run: AuditRun, { subject, code }: Suspicion<Subject>): Promise<void> {
  const { hostId, host, id } = subject;
  const entry = (await run.frontier.ledger.find(hostId, [id]))[0];
  if (entry === undefined) return;
  const { row } = entry;
  const about = { code, hostId, host, shortId: id, ...(row.url === '' ? {} : { url: row.url }) };
  if (code === 'job_missing') {
    run.found({ ...about, ...subjectOf(row) }, run.repair ? await requeue(run, entry) : undefined);
    return;
  }
  if (code === 'not_scheduled') {
    run.found(about, run.repair ? await reschedule(run, entry) : undefined);
    return;
  }
  // Its capture tells its address, and is what it can be made from again: the walk over the archive looks for it.
  if (run.want({ code, hostId, host, shortId: id, generation: row.generation })) return;
  run.found(about, run.repair ? { failed: 'too many at once: audit --repair again, or newsmill replay' } : undefined);
}

const subjectOf = ({ captureRef }: UrlRow): Pick<Finding, 'subject'> =>
  captureRef === undefined ? {} : { subject: captureRef };

async function requeue(run: AuditRun, { hostId, row }: LedgerEntry) {
  const job = parseJobOf(hostId, urlIdOf(row.url), row);
  if (job === undefined) return { failed: 'the ledger does not tell where its capture lies' };
  await run.emit([{ to: 'parse', job }]);
  return 'done' as const;
}

/** A row that lost its place among the due is asked for again; one whose address is lost too is not found by this. */
async function reschedule(run: AuditRun, { hostId, row }: LedgerEntry) {
  if (row.url === '') return { failed: 'its address is lost' };
  const { sourceId, depth, standing, kind } = row;
  const now = run.clock();
  const event = { type: 'wanted', sourceId, depth, standing, kind } as const;
  const recorded = await run.frontier.record(hostId, urlIdOf(row.url), event, now);
  if (recorded === undefined) return { failed: 'the ledger does not know it any more' };
  const turn = recorded.turn ?? (await run.frontier.ledger.giveTurn(hostId, now));
  if (turn !== undefined) await run.emit([{ to: 'visit', job: turn.job, delayMs: Math.max(0, turn.dueAt - now) }]);
  return 'done' as const;
}
