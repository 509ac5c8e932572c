import { urlIdOf } from '@newsmill/core/url';
import { idBeginning, type LedgerEntry, shortIdOf, type Turn, type UrlRow, visitsOf } from '@newsmill/frontier';
import type { AuditRun, Repair } from './audit-run.ts';
import { noSource, type SourceOf } from './rebuild.ts';

/** What is left of a host's URLs where somebody tore out parts of the ledger: names them, and makes them whole again. */
export async function mendRests(run: AuditRun, hostId: string, host: string, sourceOf: SourceOf): Promise<void> {
  const { ledger } = run.frontier;
  const { rows, urls, stranded, hollow } = await ledger.rests(hostId, run.clock());
  const found = (url: string, repair: Repair | undefined) =>
    run.found({ code: 'url_unlisted', hostId, host, url, shortId: shortIdOf(urlIdOf(url)) }, repair);
  for (const row of rows)
    found(row.url, run.repair ? await restored(run, ledger.restore(row, run.clock())) : undefined);
  for (const url of urls) found(url, run.repair ? await accept(run, url, sourceOf) : undefined);
  for (const entry of stranded) await mendStranded(run, host, entry);
  for (const shortId of hollow) {
    if (run.repair) await ledger.forget({ hostId, shortId });
    run.found({ code: 'row_missing', hostId, host, shortId }, run.repair ? 'done' : undefined);
  }
}

async function restored(run: AuditRun, work: Promise<{ readonly turn?: Turn } | undefined>): Promise<Repair> {
  const turn = (await work)?.turn;
  if (turn !== undefined) await run.emit(visitsOf([turn], run.clock()));
  return 'done';
}

/** An address is all that is left of it: it is fetched as if it had just been found. */
async function accept(run: AuditRun, url: string, sourceOf: SourceOf): Promise<Repair> {
  const of = sourceOf(url);
  if (of === undefined) return noSource;
  const { source, kind, depth } = of;
  const now = run.clock();
  const row: UrlRow = {
    ...{ url, kind, depth, sourceId: source.id, standing: source.mode === 'standing' },
    ...{ state: 'accepted', generation: 0, firstSeenAt: now, dueAt: now },
  };
  return restored(run, run.frontier.ledger.restore(row, now));
}

/** Its fate is known and its address is not: its document may tell it. */
async function mendStranded(run: AuditRun, host: string, entry: LedgerEntry): Promise<void> {
  const { hostId, shortId, row } = entry;
  const { ledger } = run.frontier;
  const beginning = idBeginning(shortId);
  const url = (await run.index.find([beginning])).get(beginning)?.url;
  const about = { code: 'not_scheduled', hostId, host, shortId, ...(url === undefined ? {} : { url }) } as const;
  if (!run.repair) {
    run.found(about);
    return;
  }
  await ledger.forget(entry);
  run.found(
    about,
    url === undefined
      ? { failed: 'its address is lost; it was made unknown, and is new when a page links to it' }
      : await restored(run, ledger.restore({ ...row, url }, run.clock())),
  );
}
