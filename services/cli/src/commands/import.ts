import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ArchiveError, fileSource, openArchive } from '@newsmill/archive';
import { type Source, UsageError } from '@newsmill/contracts';
import { compileScope } from '@newsmill/core';
import type { Frontier } from '@newsmill/frontier';
import { archivePlace, type CliConfig } from '../config.ts';
import { findServers, openPipeline } from '../connect.ts';
import { type ImportReport, importWarc } from '../import/import-warc.ts';
import type { LeftReason } from '../import/place-capture.ts';
import type { Output } from '../output.ts';
import { span } from '../progress.ts';
import { waitUntilDrained } from './crawl.ts';

export interface ImportOptions {
  readonly source?: string;
  readonly fromOffset?: number;
  readonly limit?: number;
  readonly recordBytesMax: number;
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/**
 * `newsmill import <file…>`: captures that somebody else made go the way of our own.
 * @returns exit code: 1 if a file is damaged, 130 if it was interrupted
 * @throws UsageError for a file or source that is not there
 */
export async function importFiles(
  config: CliConfig,
  output: Output,
  files: readonly string[],
  options: ImportOptions,
  signal: AbortSignal,
): Promise<number> {
  if (options.fromOffset !== undefined && files.length > 1) {
    throw new UsageError('--from-offset: an offset belongs to one file; give one');
  }
  const { redisUrl } = await findServers(config);
  await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  const { frontier, queue } = pipeline;
  const dryRun = options.dryRun ?? false;
  const source = await sourceFor(frontier, options.source, dryRun);
  const scope = options.source === undefined ? undefined : compileScope(source);
  await using archive = openArchive(archivePlace(config));
  const reports: Record<string, ImportReport> = {};
  for (const file of files) {
    if (signal.aborted) break;
    await using bytes = await open(file);
    const { size } = await stat(file);
    const began = performance.now();
    const line = (now: ImportReport): string => progressText(file, now, size, performance.now() - began);
    reports[file] = await importWarc(bytes, {
      ...{ archive, frontier, queue, source, dryRun, signal, clock: Date.now },
      ...{ scope, from: options.fromOffset, limit: options.limit },
      recordBytesMax: options.recordBytesMax,
      onProgress(now) {
        if (!options.json) output.live(line(now));
      },
    });
    if (!options.json) output.out(reportText(file, reports[file], { dryRun, elapsedMs: performance.now() - began }));
  }
  const all = Object.values(reports);
  if (options.wait && !dryRun && all.some(({ taken }) => taken > 0)) {
    await waitUntilDrained(pipeline, output, [source.id], signal);
  }
  if (options.json) output.out(JSON.stringify({ source: source.id, dryRun, files: reports }, undefined, 2));
  if (signal.aborted) return 130;
  return all.some(({ damaged }) => damaged > 0) ? 1 : 0;
}

async function open(file: string) {
  try {
    return await fileSource(file);
  } catch (cause) {
    if (!(cause instanceof ArchiveError)) throw cause;
    throw new UsageError(`${file} cannot be read; give a .warc or .warc.gz file`, { cause });
  }
}

/** Pages of a file that no source was named for: nothing lies in its scope, so nothing is ever fetched for it. */
export const importSource = (now: number): Source => ({
  ...{ id: 'import', name: 'Imported', url: 'http://import.invalid/', domain: 'import.invalid' },
  ...{ addedAt: new Date(now).toISOString(), mode: 'once', depthMax: 0 },
});

async function sourceFor(frontier: Frontier, id: string | undefined, dryRun: boolean): Promise<Source> {
  if (id !== undefined) {
    const source = await frontier.getSource(id);
    if (source !== undefined) return source;
    throw new UsageError(`--source: there is no source ${id}; newsmill sources lists them, newsmill add makes one`);
  }
  const source = importSource(Date.now());
  const known = await frontier.getSource(source.id);
  if (known === undefined && !dryRun) await frontier.putSource(source);
  return known ?? source;
}

const perSecond = (report: ImportReport, elapsedMs: number): string =>
  elapsedMs > 0 ? ((report.captures * 1_000) / elapsedMs).toFixed(0) : '0';

function progressText(file: string, report: ImportReport, size: number, elapsedMs: number): string {
  const { captures, taken, known, resumeAt, waiting } = report;
  const share = size > 0 ? Math.floor((resumeAt * 100) / size) : 100;
  return (
    `${basename(file)} ${share} % · ${captures} captures · ${taken} taken · ${known} known · ` +
    `${perSecond(report, elapsedMs)}/s${waiting > 0 ? ` · ${waiting} wait for the parser` : ''}`
  );
}

const reasons: Record<LeftReason, string> = {
  status: 'redirects and errors',
  media: 'no pages (pictures, scripts, PDF, …)',
  address: 'with an address that is never fetched',
  date: 'without a credible date',
  scope: "outside of the source's scope",
  gone: 'not found, or not allowed, when newsmill asked itself',
};

function reportText(
  file: string,
  report: ImportReport,
  { dryRun, elapsedMs }: { readonly dryRun: boolean; readonly elapsedMs: number },
): string {
  const some = (count: number, what: string): string[] =>
    count === 0 ? [] : [`${String(count).padStart(8)}  ${what}`];
  return [
    `${file}: ${report.records} records, ${report.captures} captures in ${span(elapsedMs)} (${perSecond(report, elapsedMs)}/s)`,
    ...some(report.taken, dryRun ? 'would be taken' : 'taken, given to the parser'),
    ...some(report.known, 'known already'),
    ...Object.entries(reasons).flatMap(([why, text]) => some(report.left[why as LeftReason] ?? 0, `left: ${text}`)),
    ...some(report.damaged, 'places that cannot be read:'),
    ...report.damage.map(({ offset, what }) => `          at offset ${offset}: ${what}`),
    ...(report.interrupted
      ? [`Interrupted. Go on with: newsmill import ${file} --from-offset ${report.resumeAt}`]
      : []),
    ...(dryRun ? ['Nothing was written (--dry-run).'] : []),
  ].join('\n');
}
