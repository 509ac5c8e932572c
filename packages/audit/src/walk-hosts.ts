import { pipeline } from '@newsmill/contracts';
import { balanceLabel } from '@newsmill/core/schedule';
import type { LedgerEntry, LedgerHost } from '@newsmill/frontier';
import type { AuditRun, Suspicion } from './audit-run.ts';
import type { OpenJobs } from './open-jobs.ts';
import { Suspicions } from './settle.ts';

interface Subject {
  readonly hostId: string;
  readonly host: string;
}

type Tally = Record<string, number>;

/** What is right of a host as a whole: it has a visit when something of it is due, and its counts are those of its rows. */
export class HostChecks {
  readonly #run: AuditRun;
  readonly #jobs: OpenJobs;
  readonly #suspicions: Suspicions<Subject>;
  /** Of the host that the walk is in; undefined when the walk was resumed in the middle of it. */
  #tally: Tally | undefined;
  #hostId: string | undefined;

  constructor(run: AuditRun, jobs: OpenJobs) {
    this.#run = run;
    this.#jobs = jobs;
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
      this.#tally = {};
    }
    if (this.#tally !== undefined) tally(this.#tally, entries);
    const wrong: Suspicion<Subject>[] = [];
    for (const host of ended) {
      const subject = { hostId: host.hostId, host: host.host };
      const turn = await this.#turn(subject, host);
      if (turn !== undefined) wrong.push(turn);
      else if (this.#tally !== undefined) wrong.push(...counts(subject, host, this.#tally));
    }
    await this.#suspicions.gather(wrong);
  }

  async #turn(subject: Subject, { turn }: LedgerHost): Promise<Suspicion<Subject> | undefined> {
    // A visit that is only missing and not late is put back by the reconciler in time.
    if (turn === undefined || turn.dueAt > this.#run.clock()) return undefined;
    const { job } = turn;
    if (job.turn > 0 && (await this.#jobs.ids('visit')).has(pipeline.visit.jobId(job))) return undefined;
    return { subject, code: 'turn_missing', state: String(job.turn) };
  }

  async #look(subjects: readonly Subject[]): Promise<Suspicion<Subject>[]> {
    const found: Suspicion<Subject>[] = [];
    this.#jobs.forget();
    for (const subject of subjects) {
      const counted: Tally = {};
      let host: LedgerHost | undefined;
      for await (const { entries, ended } of this.#run.frontier.ledger.walkHost(subject.hostId, this.#run.clock())) {
        tally(counted, entries);
        host = ended[0];
      }
      if (host === undefined) continue;
      const turn = await this.#turn(subject, host);
      if (turn !== undefined) found.push(turn);
      else found.push(...counts(subject, host, counted));
    }
    return found;
  }

  async #confirm({ subject, code, state }: Suspicion<Subject>): Promise<void> {
    const { repair, frontier, clock } = this.#run;
    if (code === 'counts_wrong') {
      const { counts: from, tally: to } = JSON.parse(state) as { counts: Tally; tally: Tally };
      const fetches = Object.entries(from).filter(([field]) => field.endsWith('|fetches'));
      const done =
        repair && (await frontier.ledger.recount(subject.hostId, from, { ...Object.fromEntries(fetches), ...to }));
      this.#run.found({ code, ...subject, subject: difference(from, to) }, done ? 'done' : undefined);
      return;
    }
    if (repair) {
      const now = clock();
      const turn = await frontier.ledger.giveTurn(subject.hostId, now);
      if (turn !== undefined) {
        await this.#run.emit([{ to: 'visit', job: turn.job, delayMs: Math.max(0, turn.dueAt - now) }]);
      }
    }
    this.#run.found({ code, ...subject }, repair ? 'done' : undefined);
  }
}

function tally(counted: Tally, entries: readonly LedgerEntry[]): void {
  for (const { row } of entries) {
    const field = `${row.sourceId}|${balanceLabel(row)}`;
    counted[field] = (counted[field] ?? 0) + 1;
  }
}

function counts(subject: Subject, host: LedgerHost, counted: Tally): Suspicion<Subject>[] {
  // They changed while the rows were read: that is said of a host on which others work.
  if (host.counts === undefined || difference(host.counts, counted) === '') return [];
  return [{ subject, code: 'counts_wrong', state: JSON.stringify({ counts: host.counts, tally: counted }) }];
}

/** `indexed: 3 counted, 2 there`; empty when there is none. How often was fetched is nobody's to count again. */
function difference(kept: Readonly<Tally>, counted: Readonly<Tally>): string {
  const fields = [...new Set([...Object.keys(kept), ...Object.keys(counted)])].sort();
  return fields
    .filter((field) => !field.endsWith('|fetches') && (kept[field] ?? 0) !== (counted[field] ?? 0))
    .map((field) => `${field}: ${kept[field] ?? 0} counted, ${counted[field] ?? 0} there`)
    .join('; ');
}
