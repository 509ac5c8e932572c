import { compareVersions, pipeline } from '@newsmill/contracts';
import { hostIdOf, hostKeyOf, urlIdOf } from '@newsmill/core/url';
import { type Frontier, parseJobOf, visitsOf } from '@newsmill/frontier';
import type { JobQueue } from '@newsmill/queue';
import type { IndexedDocument, IndexInventory } from '@newsmill/search-index';
import { emit } from '@newsmill/service-kit';
import type { Replay, ReplayChoice, ReplayStore } from './store.ts';

export interface ReplayRunDeps {
  readonly store: ReplayStore;
  readonly inventory: Pick<IndexInventory, 'walk'>;
  readonly ledger: Pick<Frontier, 'getUrl' | 'record'>;
  readonly queue: JobQueue;
  /** Of this process, among all of the API. */
  readonly token: string;
  readonly clock: () => number;
  /** The process stops. */
  readonly signal?: AbortSignal;
}

/** So many pages may wait for a parser: news of today must not stand in a long line behind old pages. */
const waitingMax = 500;
/** Looked at before the place is noted. */
const batchSize = 250;
const atOnce = 32;
/** A process that has died gives way after so long. A batch takes a second or two. */
const leaseMs = 30_000;

/**
 * Gives the parsers what a replay was asked for, as fast as they take it: a round ends when enough waits for them. Where it
 * is, lies in the store, so that any process goes on with it, also after a kill; what is handed over twice is one job.
 */
export function createReplayRun(deps: ReplayRunDeps): () => Promise<void> {
  const { store, inventory, ledger, queue, token, clock, signal } = deps;
  /** What was read of the index and not looked at yet. */
  let ahead: {
    readonly id: string;
    readonly after: string | undefined;
    readonly documents: readonly IndexedDocument[];
  };

  async function nextDocuments({ id, after }: Replay): Promise<readonly IndexedDocument[]> {
    if (ahead?.id === id && ahead.after === after && ahead.documents.length > 0) return ahead.documents;
    const { value } = await inventory.walk(after).next();
    return value ?? [];
  }

  async function again(document: IndexedDocument, choice: ReplayChoice): Promise<'queued' | 'filtered' | 'leftAlone'> {
    if (!isChosen(document, choice)) return 'filtered';
    const { url, captureRef, fetchedAt = 0, removedAt } = document;
    if (url === undefined || captureRef === undefined || removedAt !== undefined) return 'leftAlone';
    const row = await ledger.getUrl(url);
    if (row?.state !== 'final' || row.outcome?.verdict !== 'indexed') return 'leftAlone';
    // The index has not got the last one yet, or the ledger could name no job.
    if (row.fetchedAt === undefined || row.fetchedAt > fetchedAt) return 'leftAlone';
    const [hostId, urlId, now] = [hostIdOf(url), urlIdOf(url), clock()];
    const { generation } = row;
    // The ledger first: whatever dies on the way, the reconciler finds it.
    const event = { type: 'reopened', url, generation, state: 'captured', captureRef, lost: true } as const;
    const recorded = await ledger.record(hostId, urlId, event, now);
    const job = recorded && parseJobOf(hostId, urlId, recorded.row);
    if (job?.generation !== generation) return 'leftAlone';
    const turns = recorded?.turn ? [recorded.turn] : [];
    await emit(queue, [{ to: 'parse', job: { ...job, replayed: true } }, ...visitsOf(turns, now)]);
    return 'queued';
  }

  return async () => {
    let replay = await store.lease(token, leaseMs);
    while (replay !== undefined && signal?.aborted !== true) {
      const room = waitingMax - (await queue.depth(pipeline.parse.queue)).waiting;
      if (room <= 0) return;
      const documents = await nextDocuments(replay);
      const batch = documents.slice(0, Math.min(room, batchSize));
      const counts = { queued: 0, filtered: 0, leftAlone: 0 };
      const { choice } = replay;
      const waiting = batch.values();
      const work = async (): Promise<void> => {
        for (const document of waiting) counts[await again(document, choice)] += 1;
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      const after = batch.at(-1)?.id;
      const next: Replay = {
        ...replay,
        ...(after === undefined ? { state: 'done', endedAt: clock() } : { after }),
        looked: replay.looked + batch.length,
        queued: replay.queued + counts.queued,
        filtered: replay.filtered + counts.filtered,
        leftAlone: replay.leftAlone + counts.leftAlone,
      };
      if (!(await store.save(next, token, leaseMs)) || next.state === 'done') return;
      ahead = { id: next.id, after, documents: documents.slice(batch.length) };
      replay = next;
    }
  };
}

function isChosen(document: IndexedDocument, { sourceId, host, from, to, parserOlderThan }: ReplayChoice): boolean {
  const { url, fetchedAt = 0, parserVersion = '0' } = document;
  return (
    (sourceId === undefined || document.sourceId === sourceId) &&
    (host === undefined || (url !== undefined && URL.canParse(url) && hostKeyOf(url) === host)) &&
    (from === undefined || fetchedAt >= from) &&
    (to === undefined || fetchedAt < to) &&
    (parserOlderThan === undefined || compareVersions(parserVersion, parserOlderThan) < 0)
  );
}
