import { type Emission, pipeline } from '@newsmill/contracts';
import type { AuditOptions, AuditParts, AuditRun } from './audit-run.ts';
import type { Finding } from './findings.ts';
import { listHosts } from './list-hosts.ts';
import { type AuditPhase, type AuditProgress, auditPhases, newProgress, type Wanted } from './progress.ts';
import { sourceFinder } from './rebuild.ts';
import { walkArchive } from './walk-archive.ts';
import { walkIndex } from './walk-index.ts';
import { walkLedger } from './walk-ledger.ts';
import { walkQuarantine } from './walk-quarantine.ts';
import { walkQueues } from './walk-queues.ts';

/** URLs that the walk over the archive looks for, at about 200 bytes each. */
const wantedMax = 50_000;
/** Jobs that wait; what is restored beyond is put on its queue by the reconciler, bit by bit. */
const waitingMax = 10_000;

/**
 * Compares ledger, archive, queues, quarantine and index with each other while everything runs, and tells every URL and
 * every capture that is nowhere, or in two places that exclude each other. With `repair` it puts them back to where the
 * pipeline goes on with them. Doing it again, or two at once, does no harm. Memory: a page of each, the ids of the hosts and
 * of the jobs in the queues.
 * @throws the signal's reason when interrupted; what was saved last is where to go on. SearchUnavailableError, ArchiveError or
 * what the frontier throws when a part does not answer
 */
export async function audit(parts: AuditParts, options: AuditOptions = {}): Promise<AuditProgress> {
  const { onFinding, onProgress, save, saveEveryMs = 5_000, signal, clock = Date.now } = options;
  const progress: AuditProgress = options.resume ?? newProgress(clock());
  const wanted = new Map<string, Wanted>(progress.wanted.map((one) => [`${one.hostId}/${one.shortId}`, one]));
  let savedAt = clock();

  async function emit(emissions: readonly Emission[]): Promise<void> {
    for (const [to, group] of Map.groupBy(emissions, (emission) => emission.to)) {
      const { queue, jobId } = pipeline[to];
      if (to !== 'visit' && (await parts.queue.depth(queue)).waiting > waitingMax) continue;
      const jobs = group.map(({ job, delayMs }) => ({
        id: (jobId as (job: unknown) => string)(job),
        payload: job,
        ...(delayMs === undefined ? {} : { delayMs }),
      }));
      await parts.jobs.discard(
        queue,
        jobs.map(({ id }) => id),
      );
      await parts.queue.add(queue, jobs);
    }
  }

  const run: AuditRun = {
    ...parts,
    ...{ progress, signal, clock, emit, wanted, listed: new Set<string>() },
    repair: options.repair ?? false,
    settleMs: options.settleMs ?? 3_000,
    found(about, repaired) {
      const { code } = about;
      progress.found[code] = (progress.found[code] ?? 0) + 1;
      if (repaired === 'done') progress.repaired[code] = (progress.repaired[code] ?? 0) + 1;
      const how: Pick<Finding, 'repair' | 'why'> =
        repaired === undefined
          ? { repair: 'left' }
          : repaired === 'done'
            ? { repair: 'done' }
            : { repair: 'failed', why: repaired.failed };
      onFinding?.({ ...about, ...how });
    },
    want(one) {
      if (wanted.size >= wantedMax) return false;
      wanted.set(`${one.hostId}/${one.shortId}`, one);
      return true;
    },
    async step(position, settle) {
      signal?.throwIfAborted();
      if (clock() - savedAt >= saveEveryMs) {
        await settle();
        progress.position = position;
        progress.wanted = [...wanted.values()];
        await save?.(progress);
        savedAt = clock();
      }
      onProgress?.(progress);
    },
  };

  const sources = await parts.frontier.listSources();
  const sourceOf = sourceFinder(sources);
  const walks: Record<AuditPhase, () => Promise<void>> = {
    index: () => walkIndex(run, sourceOf),
    quarantine: () => walkQuarantine(run, sourceOf),
    queues: () => walkQueues(run, sourceOf),
    ledger: () => walkLedger(run, sourceOf),
    archive: () => walkArchive(run, sourceOf),
    done: async () => undefined,
  };
  await save?.(progress);
  const starts = sources.flatMap(({ url, urls = [] }) => [url, ...urls]);
  if (options.resume === undefined) await listHosts(run, starts);
  for (const phase of auditPhases.slice(auditPhases.indexOf(progress.phase))) {
    progress.phase = phase;
    onProgress?.(progress);
    await walks[phase]();
    if (phase === 'archive') wanted.clear();
    progress.position = undefined;
    progress.wanted = [...wanted.values()];
    const next = auditPhases[auditPhases.indexOf(phase) + 1];
    if (next !== undefined) await save?.({ ...progress, phase: next });
  }
  return progress;
}
