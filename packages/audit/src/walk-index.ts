import { hostIdOf, hostKeyOf, urlIdOf } from '@newsmill/core/url';
import { shortIdOf, visitsOf } from '@newsmill/frontier';
import type { IndexedDocument } from '@newsmill/search-index';
import type { AuditRun, Repair, Suspicion } from './audit-run.ts';
import { findEntries } from './by-host.ts';
import { listHosts } from './list-hosts.ts';
import { finalRow, noSource, type SourceOf } from './rebuild.ts';
import { Suspicions } from './settle.ts';

/** Every document of the index has its URL in the ledger. */
export async function walkIndex(run: AuditRun, sourceOf: SourceOf): Promise<void> {
  const suspicions = new Suspicions<IndexedDocument>(
    run,
    (documents) => look(run, documents),
    async ({ subject, code }) => {
      const { id, url } = subject;
      const repair = run.repair ? await restore(run, subject, sourceOf) : undefined;
      const host = url === undefined ? {} : { url, hostId: hostIdOf(url), host: hostKeyOf(url) };
      run.found({ code, shortId: shortIdOf(id), subject: id, ...host }, repair);
    },
  );
  for await (const page of run.index.walk(run.progress.position)) {
    run.progress.documents += page.length;
    await listHosts(
      run,
      page.flatMap(({ url }) => url ?? []),
    );
    await suspicions.check(page);
    await run.step(page.at(-1)?.id ?? '', () => suspicions.settle());
  }
  await suspicions.settle();
}

async function look(run: AuditRun, documents: readonly IndexedDocument[]): Promise<Suspicion<IndexedDocument>[]> {
  const subjects = documents.map(({ id, url }) => ({ id, hostId: url === undefined ? '' : hostIdOf(url) }));
  const entries = await findEntries(run, subjects);
  const unknown = documents.filter((_, at) => entries[at] === undefined);
  if (unknown.length === 0) return [];
  // Deleted meanwhile?
  const still = await run.index.find(unknown.map(({ id }) => id));
  return unknown
    .filter(({ id }) => still.has(id))
    .map((subject) => ({ subject, code: 'document_unknown', state: String(still.get(subject.id)?.fetchedAt) }));
}

/** What the document tells is what the ledger had known. */
async function restore(run: AuditRun, document: IndexedDocument, sourceOf: SourceOf): Promise<Repair> {
  const { id, url, sourceId, fetchedAt, firstSeenAt, version, contentHash } = document;
  if (url === undefined || urlIdOf(url) !== id)
    return { failed: 'its id is not that of its address: newsmill did not write it' };
  const of = sourceOf(url, sourceId);
  if (of === undefined) return noSource;
  const now = run.clock();
  const outcome = { verdict: 'indexed' } as const;
  const known = { outcome, fetchedAt: fetchedAt ?? now, firstSeenAt, version, contentHash };
  const restored = await run.frontier.ledger.restore(finalRow(url, of, known, now), now);
  if (restored?.turn !== undefined) await run.emit(visitsOf([restored.turn], now));
  return 'done';
}
