import { openArchive, placeText, pruneArchive, type RefInUse, type RetentionReport } from '@newsmill/archive';
import { quarantinedRefs } from '@newsmill/queue';
import { retentionOf } from '@newsmill/service-kit';
import { archivePlace, type CliConfig } from '../config.ts';
import { findServers, openPipeline } from '../connect.ts';
import { cdxjLine } from '../import/cdxj-line.ts';
import type { Output } from '../output.ts';

const dayMs = 86_400_000;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** `newsmill archive status`: what there is, since when, and how fast it grows. */
export async function archiveStatus(config: CliConfig, output: Output, json: boolean): Promise<void> {
  const place = archivePlace(config);
  await using archive = openArchive(place);
  const now = Date.now();
  const status = { place: placeText(place), segments: 0, bytes: 0, bytesLastWeek: 0 };
  let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for await (const { bytes, endedAt } of archive.segments()) {
    status.segments += 1;
    status.bytes += bytes;
    if (endedAt > now - 7 * dayMs) status.bytesLastWeek += bytes;
    [oldest, newest] = [Math.min(oldest, endedAt), Math.max(newest, endedAt)];
  }
  const span = status.segments === 0 ? {} : { oldest: dayOf(oldest), newest: dayOf(newest) };
  if (json) return output.out(JSON.stringify({ ...status, ...span }, undefined, 2));
  output.out(
    [
      status.place,
      `${status.segments} files, ${megabytes(status.bytes)}${status.segments === 0 ? '' : `, last written ${span.oldest} to ${span.newest}`}`,
      `${megabytes(status.bytesLastWeek)} in the last seven days`,
    ].join('\n'),
  );
}

/**
 * `newsmill archive cdxj > x.cdxj`: where in the archive each page is, for pywb and other players of WARC files.
 * @returns exit code 130 if it was interrupted
 */
export async function archiveIndex(config: CliConfig, output: Output, signal: AbortSignal): Promise<number> {
  await using archive = openArchive(archivePlace(config));
  for await (const { ref, record } of archive.records()) {
    if (signal.aborted) return 130;
    const line = cdxjLine(record, ref);
    if (line !== undefined) output.out(line);
  }
  return 0;
}

export interface PruneFlags {
  readonly olderThanDays?: number;
  readonly bytesMax?: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * `newsmill archive prune`: what crawlers do by themselves every hour, by their settings or others.
 * @throws UsageError when Redis, which knows what is still needed, is neither configured nor running
 */
export async function archivePrune(
  config: CliConfig,
  output: Output,
  flags: PruneFlags,
  signal: AbortSignal,
): Promise<void> {
  const { redisUrl } = await findServers(config);
  await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  await using archive = openArchive(archivePlace(config));
  const policy = retentionOf({
    ARCHIVE_RETENTION_DAYS: flags.olderThanDays ?? config.ARCHIVE_RETENTION_DAYS ?? 0,
    ARCHIVE_BYTES_MAX: flags.bytesMax ?? config.ARCHIVE_BYTES_MAX ?? 0,
  });
  const inUse = async function* (): AsyncGenerator<RefInUse> {
    for await (const { captureRef: ref, since } of pipeline.frontier.openCaptures()) yield { ref, since };
    for await (const ref of quarantinedRefs(pipeline.quarantine)) yield { ref };
  };
  const dryRun = flags.dryRun ?? false;
  const report = await pruneArchive(archive, { policy, inUse, now: Date.now, dryRun, signal });
  if (flags.json) return output.out(JSON.stringify({ dryRun, policy, ...report }, undefined, 2));
  output.out(pruneText(report, dryRun));
  if (policy.ageMaxMs !== undefined || policy.bytesMax !== undefined) return;
  output.out(
    'Nothing is to go: set ARCHIVE_RETENTION_DAYS or ARCHIVE_BYTES_MAX, or say --older-than-days or --bytes-max.',
  );
}

function pruneText({ segments, bytes, removed, held, examples }: RetentionReport, dryRun: boolean): string {
  const more = removed.segments + held - examples.length;
  return [
    ...examples.map(({ segment, fate }) => {
      const what = `${segment.name} (${megabytes(segment.bytes)}, last written ${dayOf(segment.endedAt)})`;
      if (fate === 'held') return `kept: ${what}: the pipeline or the quarantine still needs it`;
      return `${dryRun ? 'would remove' : 'removed'} for its ${fate}: ${what}`;
    }),
    ...(more > 0 ? [`and ${more} more`] : []),
    `${removed.segments} of ${segments} files ${dryRun ? 'would go' : 'are gone'}, ${megabytes(removed.bytes)} of ${megabytes(bytes)}` +
      `${dryRun ? '. Nothing was removed (--dry-run).' : ''}`,
  ].join('\n');
}
