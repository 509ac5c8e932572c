import type { Archive } from '@newsmill/archive';
import { pipeline, type SkipReason } from '@newsmill/contracts';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import type { Frontier } from '@newsmill/frontier';
import type { JobQueue, Quarantine } from '@newsmill/queue';
import { emit } from '@newsmill/service-kit';
import { waitForRoom, waitingMax } from '../wait-for-room.ts';
import { type CaptureChoice, newestCaptures } from './newest-captures.ts';
import { type ReplayDeps, type ReplayVerdict, replayPage } from './replay-page.ts';

export interface ReplayRun extends Omit<ReplayDeps, 'archive' | 'frontier'>, Omit<CaptureChoice, 'onProgress'> {
  readonly archive: Pick<Archive, 'scan' | 'read'>;
  readonly frontier: Pick<Frontier, 'getUrl' | 'record'>;
  readonly queue: Pick<JobQueue, 'add' | 'depth'>;
  readonly quarantine: Pick<Quarantine, 'drop'>;
  readonly limit?: number | undefined;
  /** Pages that `reader` reads at once. */
  readonly readers: number;
  readonly dryRun: boolean;
  readonly onProgress: (report: ReplayReport) => void;
  readonly clock: () => number;
}

/** What a replay found and did. */
export interface ReplayReport {
  /** Captures in the archive that were looked at. */
  captures: number;
  /** URLs of which the last capture is to be replayed. */
  pages: number;
  /** Of those, what has been decided. */
  done: number;
  /** Articles that the index did not have. */
  added: number;
  /** Articles of which the index said something else. */
  changed: number;
  unchanged: number;
  filtered: number;
  inFlight: number;
  gone: number;
  failed: number;
  /** Pages that are no articles, by reason. */
  notArticles: Partial<Record<SkipReason, number>>;
  /** Of those, the ones that the index has an article of; it keeps them. The first 20. */
  noLongerArticles: number;
  noLongerArticleUrls: string[];
  failures: string[];
  /** Jobs that wait for the indexer. */
  waiting: number;
  interrupted: boolean;
}

/** Pages at once, for each process that reads them: the archive, the ledger and the index are asked meanwhile. */
const pagesPerReader = 4;
const depthEvery = 50;
const examplesMax = 20;

/**
 * Parses the last capture of every page again and has what differs written. Parsing is done here, so that no link is
 * followed and nothing is fetched; writing is the indexer's, under the time of the old fetch, so that an older capture
 * never takes the place of a newer one, and copies and former states stay right. Doing it again does nothing.
 */
export async function replayArchive(run: ReplayRun): Promise<ReplayReport> {
  const report: ReplayReport = {
    ...{ captures: 0, pages: 0, done: 0, added: 0, changed: 0, unchanged: 0, filtered: 0, inFlight: 0, gone: 0 },
    ...{ failed: 0, notArticles: {}, noLongerArticles: 0, noLongerArticleUrls: [], failures: [], waiting: 0 },
    interrupted: false,
  };
  const { captures, newest } = await newestCaptures(run.archive, {
    ...run,
    onProgress(count) {
      report.captures = count;
      run.onProgress(report);
    },
  });
  report.captures = captures;
  report.pages = newest.size;
  const pages = newest.entries();
  let looked = 0;
  const work = async (): Promise<void> => {
    for (const [id, capture] of pages) {
      if (run.signal?.aborted || looked >= (run.limit ?? Number.POSITIVE_INFINITY)) return;
      looked += 1;
      const verdict = await replayPage(id, capture, run);
      // The limit is for pages that were read again.
      if (verdict.type === 'filtered') looked -= 1;
      count(report, verdict);
      if (!run.dryRun) await act(verdict, run, report);
      run.onProgress(report);
    }
  };
  // One iterator for all: a page is taken by one of them.
  await Promise.all(Array.from({ length: pagesPerReader * run.readers }, work));
  report.interrupted = run.signal?.aborted ?? false;
  if (!run.dryRun) report.waiting = (await run.queue.depth(pipeline.index.queue)).waiting;
  return report;
}

function count(report: ReplayReport, verdict: ReplayVerdict): void {
  report.done += 1;
  switch (verdict.type) {
    case 'write':
      report[verdict.how] += 1;
      return;
    case 'unchanged':
    case 'filtered':
    case 'gone':
      report[verdict.type] += 1;
      return;
    case 'in_flight':
      report.inFlight += 1;
      return;
    case 'failed':
      report.failed += 1;
      if (report.failures.length < examplesMax) report.failures.push(verdict.message);
      return;
    case 'not_article':
      report.notArticles[verdict.reason] = (report.notArticles[verdict.reason] ?? 0) + 1;
      if (!verdict.indexed) return;
      report.noLongerArticles += 1;
      if (report.noLongerArticleUrls.length < examplesMax) report.noLongerArticleUrls.push(verdict.url);
  }
}

/** Ledger first, then the job, then the entry in quarantine that has become void: what dies between is done again. */
async function act(verdict: ReplayVerdict, run: ReplayRun, report: ReplayReport): Promise<void> {
  if (verdict.type !== 'write' && verdict.type !== 'not_article') return;
  const { url, reopened } = verdict;
  const [hostId, urlId] = [hostIdOf(url), urlIdOf(url)];
  if (reopened !== undefined) await run.frontier.record(hostId, urlId, reopened, run.clock());
  if (verdict.type === 'write') {
    await emit(run.queue as JobQueue, [{ to: 'index', job: verdict.job }]);
    await room(run, report);
  } else if (reopened !== undefined) {
    const outcome = { verdict: 'skipped', reason: verdict.reason } as const;
    const { generation } = verdict;
    await run.frontier.record(hostId, urlId, { type: 'finalized', outcome, generation }, run.clock());
  }
  if (reopened === undefined) return;
  const jobId = `${urlId}-${reopened.generation}`;
  await Promise.all([run.quarantine.drop(`parse/${jobId}`), run.quarantine.drop(`index/${jobId}`)]);
}

/** Looks at the queue now and then, and waits while it is long. */
async function room(run: ReplayRun, report: ReplayReport): Promise<void> {
  if ((report.added + report.changed) % depthEvery !== 0 && report.waiting < waitingMax) return;
  await waitForRoom('index', run, report);
}
