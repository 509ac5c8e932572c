import { hostIdOf, hostKeyOf, urlIdOf } from '@newsmill/core/url';
import { type LedgerEntry, parseJobOf, shortIdOf, type Turn, visitsOf } from '@newsmill/frontier';
import type { AuditRun, Repair, Suspicion } from './audit-run.ts';
import { findEntries } from './by-host.ts';
import { listHosts } from './list-hosts.ts';
import type { Wanted } from './progress.ts';
import { capturedRow, noSource, type SourceOf } from './rebuild.ts';
import { Suspicions } from './settle.ts';

interface Subject {
  readonly ref: string;
  readonly url: string;
  /** Epoch milliseconds of the request. */
  readonly sentAt: number;
  readonly hostId: string;
  readonly id: string;
}

const batchSize = 500;
/** A ledger that learnt of a URL so long after the URL was fetched has forgotten it in between. */
const forgottenMs = 60_000;
/** Lists that this audit has restored: their later captures are parsed too, for the links in them. */
const listsMax = 100_000;

/** Every capture is one that the ledger has heard of; and the captures that the other walks asked for are found. */
export async function walkArchive(run: AuditRun, sourceOf: SourceOf): Promise<void> {
  const lists = new Map<string, number>();
  const suspicions = new Suspicions<Subject>(
    run,
    (subjects) => look(run, subjects, lists),
    async ({ subject, code }) => {
      const repair = run.repair ? await mend(run, subject, code, { sourceOf, lists }) : undefined;
      const { url, hostId, id, ref } = subject;
      run.found({ code, url, hostId, host: hostKeyOf(url), shortId: shortIdOf(id), subject: ref }, repair);
    },
    ({ id }) => id,
  );
  let batch: Subject[] = [];
  const check = async () => {
    await listHosts(
      run,
      batch.map(({ url }) => url),
    );
    await suspicions.check(batch);
    batch = [];
  };
  const settle = async () => {
    await check();
    await suspicions.settle();
  };
  const after = run.progress.position;
  for await (const { ref, capture } of run.archive.scan()) {
    if (after !== undefined && compareRefs(ref, after) <= 0) continue;
    run.progress.captures += 1;
    const subject = subjectOf(ref, capture);
    if (subject !== undefined) {
      note(run, subject);
      batch.push(subject);
    }
    if (batch.length >= batchSize) await check();
    await run.step(ref, settle);
  }
  await settle();
  for (const wanted of run.wanted.values()) await fulfil(run, wanted);
}

/** Segments are walked in the order of their names, and each from its beginning. */
function compareRefs(a: string, b: string): number {
  const [one = '', other = ''] = [a.split('#')[0], b.split('#')[0]];
  if (one !== other) return one < other ? -1 : 1;
  const offset = (ref: string): number => Number(/#(\d+)/.exec(ref)?.[1] ?? 0);
  return offset(a) - offset(b);
}

function subjectOf(ref: string, { url, fetchedAt }: { readonly url: string; readonly fetchedAt: string }) {
  const sentAt = Date.parse(fetchedAt);
  if (!URL.canParse(url) || Number.isNaN(sentAt)) return undefined;
  return { ref, url, sentAt, hostId: hostIdOf(url), id: urlIdOf(url) };
}

const nameOf = ({ hostId, shortId }: { readonly hostId: string; readonly shortId: string }) => `${hostId}/${shortId}`;

function note({ wanted }: AuditRun, { hostId, id, ref, url, sentAt }: Subject): void {
  const known = wanted.get(nameOf({ hostId, shortId: shortIdOf(id) }));
  if (known === undefined || (known.capture?.sentAt ?? 0) > sentAt) return;
  (known as { capture?: Wanted['capture'] }).capture = { ref, url, sentAt };
}

async function look(
  run: AuditRun,
  subjects: readonly Subject[],
  lists: ReadonlyMap<string, number>,
): Promise<Suspicion<Subject>[]> {
  const entries = await findEntries(run, subjects);
  const found: Suspicion<Subject>[] = [];
  for (const [at, subject] of subjects.entries()) {
    const entry = entries[at];
    if (entry === undefined) found.push({ subject, code: 'capture_unknown', state: '' });
    else if (isUnrecorded(entry, subject, lists)) {
      found.push({ subject, code: 'capture_unrecorded', state: `${entry.row.state} ${entry.row.generation}` });
    }
  }
  return found;
}

function isUnrecorded({ row }: LedgerEntry, { sentAt, id }: Subject, lists: ReadonlyMap<string, number>): boolean {
  if (row.generation === 0) return row.state === 'accepted' && row.firstSeenAt - sentAt > forgottenMs;
  if (row.fetchedAt === undefined || sentAt <= row.fetchedAt) return false;
  // One that falls due again is fetched again: nothing of it is lost, unless its links are.
  const restored = lists.get(id);
  return row.dueAt === undefined || (restored !== undefined && sentAt > restored);
}

async function mend(
  run: AuditRun,
  { ref, url, sentAt, hostId, id }: Subject,
  code: string,
  { sourceOf, lists }: { readonly sourceOf: SourceOf; readonly lists: Map<string, number> },
): Promise<Repair> {
  const { ledger } = run.frontier;
  const now = run.clock();
  let turn: Turn | undefined;
  if (code === 'capture_unknown') {
    const of = sourceOf(url);
    if (of === undefined) return noSource;
    const restored = await ledger.restore(capturedRow(url, of, { ref, fetchedAt: sentAt }, now), now);
    if (restored === undefined) return recapture();
    ({ turn } = restored);
    remember(of.kind);
    return requeue();
  }
  return recapture();

  async function recapture(): Promise<Repair> {
    const event = { type: 'captured', captureRef: ref, fetchedAt: sentAt } as const;
    const before = (await ledger.find(hostId, [id]))[0];
    // Captures of one URL are confirmed in their order; an older one that comes late has nothing to say.
    if (before === undefined || (before.row.generation > 0 && (before.row.fetchedAt ?? 0) >= sentAt)) return 'done';
    const recorded = await run.frontier.record(hostId, id, { ...event, url }, now);
    if (recorded === undefined) return { failed: 'the ledger does not know it any more' };
    ({ turn } = recorded);
    remember(recorded.row.kind);
    return requeue();
  }

  function remember(kind: string): void {
    if (kind !== 'article' && (lists.has(id) || lists.size < listsMax)) lists.set(id, sentAt);
  }

  async function requeue(): Promise<Repair> {
    const entry = (await ledger.find(hostId, [id]))[0];
    const job = entry && parseJobOf(hostId, id, entry.row);
    if (job !== undefined) await run.emit([{ to: 'parse', job }]);
    if (turn !== undefined) await run.emit(visitsOf([turn], now));
    return 'done';
  }
}

/** What another walk wanted: worked through again from its last capture. */
async function fulfil(run: AuditRun, { capture, ...wanted }: Wanted): Promise<void> {
  const { code, hostId, host, shortId, generation } = wanted;
  const about = { code, hostId, host, shortId };
  if (!run.repair) {
    run.found({ ...about, ...(capture && { url: capture.url, subject: capture.ref }) });
    return;
  }
  if (capture === undefined) {
    run.found(about, { failed: 'the archive has no capture of it' });
    return;
  }
  const { url, ref } = capture;
  const urlId = urlIdOf(url);
  const event = { type: 'reopened', url, generation, state: 'captured', captureRef: ref, lost: true } as const;
  const recorded = await run.frontier.record(hostId, urlId, event, run.clock());
  const job = recorded && parseJobOf(hostId, urlId, recorded.row);
  if (job !== undefined) await run.emit([{ to: 'parse', job }]);
  const repair = job === undefined ? { failed: 'it changed meanwhile: audit again' } : ('done' as const);
  run.found({ ...about, url, subject: ref }, repair);
}
