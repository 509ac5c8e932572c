import { pipeline } from '@newsmill/contracts';
import { balanceLabel } from '@newsmill/core/schedule';
import { type LedgerEntry, type LedgerHost, visitsOf } from '@newsmill/frontier';
import type { AuditRun, Suspicion } from './audit-run.ts';
import type { OpenJobs } from './open-jobs.ts';
import type { SourceOf } from './rebuild.ts';
import { mendRests } from './rests.ts';
import { Suspicions } from './settle.ts';

interface Subject {
  readonly hostId: string;
  readonly host: string;
  /** Each is looked at for itself. */
  readonly what: 'visit' | 'rows';
}

type Tally = Record<string, number>;

interface Counted {
  readonly counts: Tally;
  /** URLs that wait in lines. */
  waiting: number;
}

/** What is right of a host as a whole: it has a visit when something of it is due, and its counts are those of its rows. */
export class HostChecks {
  readonly #run: AuditRun;
  readonly #jobs: OpenJobs;
  readonly #sourceOf: SourceOf;
  readonly #suspicions: Suspicions<Subject>;
  /** Of the host that the walk is in; undefined when the walk was resumed in the middle of it. */
  #tally: Counted | undefined;
  #hostId: string | undefined;

  constructor(run: AuditRun, jobs: OpenJobs, sourceOf: SourceOf) {
    this.#run = run;
    this.#jobs = jobs;
    this.#sourceOf = sourceOf;
    this.#suspicions = new Suspicions<Subject>(
      run,
      (subjects) => this.#look(subjects),
      (suspicion) => this.#confirm(suspicion),
    );
    // `<host>/<bucket>`: the beginning of this host was counted by another run.
    const [inside, ...rest] = run.progress.position?.split('/') ?? [];
    if (rest.length > 0) this.#hostId = inside;
  }

  settle(): Promise<void> {
    return this.#suspicions.settle();
  }

  /** A page of the ledger; all of one host, and hosts do not come mixed. */
  async page(entries: readonly LedgerEntry[], ended: readonly LedgerHost[]): Promise<void> {
    const hostId = ended[0]?.hostId ?? entries[0]?.hostId;
    if (hostId !== undefined && hostId !== this.#hostId) {
      this.#hostId = hostId;
      this.#tally = { counts: {}, waiting: 0 };
    }
    if (this.#tally !== undefined) tally(this.#tally, entries);
    const wrong: Suspicion<Subject>[] = [];
    for (const host of ended) {
      const { hostId: id, host: name } = host;
      wrong.push(...(await this.#visit({ hostId: id, host: name, what: 'visit' }, host)));
      if (this.#tally !== undefined) wrong.push(...rows({ hostId: id, host: name, what: 'rows' }, host, this.#tally));
    }
    await this.#suspicions.gather(wrong);
  }

  async #visit(subject: Subject, { turn }: LedgerHost): Promise<Suspicion<Subject>[]> {
    // A visit that is only missing and not late is put back by the reconciler in time.
    if (turn === undefined || turn.dueAt > this.#run.clock()) return [];
    const { job } = turn;
    if (job.turn > 0 && (await this.#jobs.ids('visit')).has(pipeline.visit.jobId(job))) return [];
    return [{ subject, code: 'turn_missing', state: String(job.turn) }];
  }

  async #look(subjects: readonly Subject[]): Promise<Suspicion<Subject>[]> {
    const found: Suspicion<Subject>[] = [];
    const { frontier, clock } = this.#run;
    this.#jobs.forget();
    for (const subject of subjects) {
      if (subject.what === 'visit') {
        const host = await frontier.ledger.host(subject.hostId, clock());
        if (host !== undefined) found.push(...(await this.#visit(subject, host)));
        continue;
      }
      const { host, counted } = await this.#count(subject.hostId);
      if (host !== undefined) found.push(...rows(subject, host, counted));
    }
    return found;
  }

  async #count(hostId: string): Promise<{ readonly host: LedgerHost | undefined; readonly counted: Counted }> {
    const counted: Counted = { counts: {}, waiting: 0 };
    let host: LedgerHost | undefined;
    for await (const { entries, ended } of this.#run.frontier.ledger.walkHost(hostId, this.#run.clock())) {
      tally(counted, entries);
      host = ended[0];
    }
    return { host, counted };
  }

  async #confirm({ subject, code, state }: Suspicion<Subject>): Promise<void> {
    const { repair, frontier, clock } = this.#run;
    const { hostId, host } = subject;
    if (subject.what === 'visit') {
      const now = clock();
      const turn = repair ? await frontier.ledger.giveTurn(hostId, now) : undefined;
      if (turn !== undefined) await this.#run.emit(visitsOf([turn], now));
      this.#run.found({ code, hostId, host }, repair ? 'done' : undefined);
      return;
    }
    // First what they are wrong about: the numbers are all that tells of it.
    await mendRests(this.#run, hostId, host, this.#sourceOf);
    if (code !== 'counts_wrong') return;
    const done = repair && (await this.#recount(hostId));
    this.#run.found({ code, hostId, host, subject: state }, done ? 'done' : undefined);
  }

  async #recount(hostId: string): Promise<boolean> {
    const { host, counted } = await this.#count(hostId);
    if (host?.counts === undefined) return false;
    const fetches = Object.entries(host.counts).filter(([field]) => field.endsWith('|fetches'));
    const { ledger } = this.#run.frontier;
    return ledger.recount(hostId, host.counts, { ...Object.fromEntries(fetches), ...counted.counts });
  }
}

function tally(counted: Counted, entries: readonly LedgerEntry[]): void {
  for (const { row, waits } of entries) {
    const field = `${row.sourceId}|${balanceLabel(row)}`;
    counted.counts[field] = (counted.counts[field] ?? 0) + 1;
    if (waits) counted.waiting += 1;
  }
}

function rows(subject: Subject, host: LedgerHost, counted: Counted): Suspicion<Subject>[] {
  // They changed while the rows were read: that is said of a host on which others work.
  if (host.counts === undefined) return [];
  const wrong = difference(host.counts, counted.counts);
  if (wrong !== '') return [{ subject, code: 'counts_wrong', state: wrong }];
  const missing = counted.waiting - host.lined;
  return missing > 0 ? [{ subject, code: 'not_scheduled', state: String(missing) }] : [];
}

/** `indexed: 3 counted, 2 there`; empty when there is none. How often was fetched is nobody's to count again. */
function difference(kept: Readonly<Tally>, counted: Readonly<Tally>): string {
  const fields = [...new Set([...Object.keys(kept), ...Object.keys(counted)])].sort();
  return fields
    .filter((field) => !field.endsWith('|fetches') && (kept[field] ?? 0) !== (counted[field] ?? 0))
    .map((field) => `${field}: ${kept[field] ?? 0} counted, ${counted[field] ?? 0} there`)
    .join('; ');
}
