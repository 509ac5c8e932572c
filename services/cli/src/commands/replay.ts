import { isVersion, UsageError } from '@newsmill/contracts';
import { parserVersion } from '@newsmill/core';
import { hostKeyOf } from '@newsmill/core/url';
import { withoutControls } from '@newsmill/search-index';
import type { CliConfig, ReadingConfig } from '../config.ts';
import { findServers, openIndex, openPipeline } from '../connect.ts';
import { typedAddress } from '../make-source.ts';
import type { Output } from '../output.ts';
import { span } from '../progress.ts';
import { openReading } from '../replay/open-reading.ts';
import { type ReplayReport, replayArchive } from '../replay/replay-archive.ts';

export interface ReplayOptions {
  readonly source?: string;
  readonly from?: string;
  readonly to?: string;
  readonly host?: string;
  readonly parserOlderThan?: string;
  readonly limit?: number;
  readonly rules?: string;
  /** Only pages that the index has no article of. */
  readonly missing?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * `newsmill replay`: what the archive holds, read by the parser of today.
 * @throws UsageError for a period, version or host that is none, SearchUnavailableError when Elasticsearch is away
 */
export async function replay(
  config: CliConfig,
  output: Output,
  options: ReplayOptions,
  signal: AbortSignal,
  reading?: ReadingConfig,
): Promise<void> {
  const { limit, dryRun = false, missing = false } = options;
  const choice = replayChoice(options);
  const { redisUrl, elasticsearchUrl } = await findServers(config);
  await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  await using opened = openIndex(elasticsearchUrl, config);
  await using again = await openReading(config, pipeline, { rules: options.rules, settings: reading });
  const { frontier, queue, quarantine } = pipeline;
  const { archive, reader, readers, memoryOf, partsOf } = again;
  const began = performance.now();
  const report = await replayArchive({
    ...{ archive, frontier, queue, quarantine, index: opened.index, reader, readers, memoryOf, partsOf },
    ...{ ...choice, missing, limit, dryRun, signal, clock: Date.now },
    onProgress(now) {
      if (!options.json) output.live(replayLine(now, performance.now() - began));
    },
  });
  if (options.json) output.out(JSON.stringify({ dryRun, ...report }, undefined, 2));
  else output.out(replayText(report, { folder: again.place, dryRun, elapsedMs: performance.now() - began }));
}

/** Which pages are replayed. @throws UsageError for a period, version or host that is none */
export function replayChoice(options: ReplayOptions) {
  const parserOlderThan = options.parserOlderThan === 'now' ? parserVersion : options.parserOlderThan;
  if (parserOlderThan !== undefined && !isVersion(parserOlderThan)) {
    throw new UsageError(
      `--parser-older-than: "${parserOlderThan}" is no version. Write 2, 2.1, or now for this parser's, which is ${parserVersion}`,
    );
  }
  return {
    sourceId: options.source,
    from: timeOption('from', options.from),
    to: timeOption('to', options.to),
    host: options.host === undefined ? undefined : hostOption(options.host),
    parserOlderThan,
  };
}

/** @throws UsageError */
export function timeOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(`--${name}: "${text}" is no time. Write 2026-05-01 or 2026-05-01T12:00:00Z`);
  return time;
}

/** @throws UsageError */
export function hostOption(text: string): string {
  const address = typedAddress(text);
  if (!URL.canParse(address))
    throw new UsageError(`--host: "${text}" is no host. Write www.example.com or example.com:8080`);
  return hostKeyOf(address);
}

/** One line for people, while it goes on. */
function replayLine(report: ReplayReport, elapsedMs: number): string {
  const { captures, pages, done, added, changed, unchanged, waiting } = report;
  if (pages === 0) return `reading the archive: ${captures} captures`;
  const perSecond = elapsedMs > 0 ? (done * 1_000) / elapsedMs : 0;
  const left = perSecond > 0 ? ` · ETA ${span(((pages - done) / perSecond) * 1_000)}` : '';
  return (
    `${done} of ${pages} pages · ${changed} changed · ${added} new · ${unchanged} unchanged · ${perSecond.toFixed(0)}/s` +
    `${done < pages ? left : ''}${waiting > 0 ? ` · ${waiting} wait for the indexer` : ''}`
  );
}

/** What became of it. */
function replayText(
  report: ReplayReport,
  { folder, dryRun, elapsedMs }: { readonly folder: string; readonly dryRun: boolean; readonly elapsedMs: number },
): string {
  if (report.captures === 0) return `There are no captures in ${folder}.`;
  const reasons = Object.entries(report.notArticles).toSorted((a, b) => b[1] - a[1]);
  const sum = reasons.reduce((total, [, count]) => total + count, 0);
  const some = (count: number, what: string): string[] =>
    count === 0 ? [] : [`${String(count).padStart(8)}  ${what}`];
  return [
    `${report.captures} captures, ${report.done} of ${report.pages} pages looked at in ${span(elapsedMs)}${report.interrupted ? ', then interrupted' : ''}`,
    ...some(report.changed, `articles changed${dryRun ? '' : ', given to the indexer'}`),
    ...some(report.added, `articles that the index has not${dryRun ? '' : ', given to the indexer'}`),
    ...some(report.unchanged, 'unchanged'),
    ...some(sum, `no articles: ${reasons.map(([reason, count]) => `${reason} ${count}`).join(', ')}`),
    ...some(report.noLongerArticles, 'of those are in the index, which keeps them:'),
    ...report.noLongerArticleUrls.map((url) => `          ${withoutControls(url)}`),
    ...some(report.inFlight, 'left to the pipeline, which has them or newer bytes of them'),
    ...some(report.gone, 'left alone: not found or not allowed since'),
    ...some(report.filtered, 'not asked for'),
    ...some(report.failed, 'could not be read:'),
    ...report.failures.map((message) => `          ${withoutControls(message)}`),
    ...(dryRun ? ['Nothing was written (--dry-run).'] : []),
    ...some(report.waiting, 'jobs wait for the indexer'),
  ].join('\n');
}
