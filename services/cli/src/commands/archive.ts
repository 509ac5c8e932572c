import { openArchive, placeText, pruneArchive, type RefInUse, type SegmentInfo } from '@newsmill/archive';
import { quarantinedRefs } from '@newsmill/queue';
import { retentionOf } from '@newsmill/service-kit';
import { archivePlace, type CliConfig } from '../config.ts';
import { findServers, openPipeline } from '../connect.ts';
import type { Output } from '../output.ts';

const dayMs = 86_400_000;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const sizeOf = (segments: readonly SegmentInfo[]): number => segments.reduce((sum, { bytes }) => sum + bytes, 0);

/** `newsmill archive status`: what there is, since when, and how fast it grows. */
export async function archiveStatus(config: CliConfig, output: Output, json: boolean): Promise<void> {
  const place = archivePlace(config);
  await using archive = openArchive(place);
  const segments = await Array.fromAsync(archive.segments());
  const now = Date.now();
  const ends = segments.map(({ endedAt }) => endedAt);
  const lastWeek = sizeOf(segments.filter(({ endedAt }) => endedAt > now - 7 * dayMs));
  const status = {
    place: placeText(place),
    segments: segments.length,
    bytes: sizeOf(segments),
    bytesLastWeek: lastWeek,
    ...(ends.length === 0 ? {} : spanOf(ends)),
  };
  if (json) return output.out(JSON.stringify(status, undefined, 2));
  output.out(
    [
      status.place,
      `${status.segments} files, ${megabytes(status.bytes)}${'oldest' in status ? `, last written ${status.oldest} to ${status.newest}` : ''}`,
      `${megabytes(lastWeek)} in the last seven days`,
    ].join('\n'),
  );
}

/** There may be more of them than a call can have arguments. */
const spanOf = (times: readonly number[]) => ({
  oldest: dayOf(times.reduce((low, time) => Math.min(low, time))),
  newest: dayOf(times.reduce((high, time) => Math.max(high, time))),
});

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
  const plan = await pruneArchive(archive, { policy, inUse, now: Date.now, dryRun, signal });
  if (flags.json) return output.out(JSON.stringify({ dryRun, policy, ...plan }, undefined, 2));
  if (policy.ageMaxMs === undefined && policy.bytesMax === undefined) {
    output.out(
      'Nothing is to go: set ARCHIVE_RETENTION_DAYS or ARCHIVE_BYTES_MAX, or say --older-than-days or --bytes-max.',
    );
  }
  for (const { segment, because } of plan.remove) {
    output.out(
      `${dryRun ? 'would remove' : 'removed'} ${segment.name} (${megabytes(segment.bytes)}, for its ${because}, last written ${dayOf(segment.endedAt)})`,
    );
  }
  for (const segment of plan.held) output.out(`kept    ${segment.name}: the pipeline or the quarantine still needs it`);
  const gone = sizeOf(plan.remove.map(({ segment }) => segment));
  output.out(
    `${plan.remove.length} of ${plan.segments} files ${dryRun ? 'would go' : 'are gone'}, ${megabytes(gone)} of ${megabytes(plan.bytes)}` +
      `${dryRun ? '. Nothing was removed (--dry-run).' : ''}`,
  );
}
