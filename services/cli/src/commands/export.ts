import { Readable, type Writable } from 'node:stream';
import { pipeline as pipe } from 'node:stream/promises';
import { openArchive } from '@newsmill/archive';
import { UsageError } from '@newsmill/contracts';
import { archivePlace, type CliConfig } from '../config.ts';
import { findServers, openPipeline, type Pipeline } from '../connect.ts';
import { type ExportReport, exportWarc } from '../import/export-warc.ts';
import type { Output } from '../output.ts';
import { hostOption, timeOption } from './replay.ts';

export interface ExportOptions {
  readonly warc?: boolean;
  readonly source?: string;
  readonly host?: string;
  readonly from?: string;
  readonly to?: string;
}

/**
 * `newsmill export --warc > x.warc.gz`: captures of the archive as one file, which `import` and all WARC tools take.
 * @returns exit code: 1 if it was interrupted (the file then ends with a whole record)
 * @throws UsageError for a period or host that is none, or a terminal as the target
 */
export async function exportCaptures(
  config: CliConfig,
  output: Output,
  target: Writable & { readonly isTTY?: boolean },
  options: ExportOptions,
  signal: AbortSignal,
): Promise<number> {
  if (!options.warc) throw new UsageError('export: say in which form: --warc');
  if (target.isTTY)
    throw new UsageError('export: a WARC file is nothing for a terminal. Write: newsmill export --warc > x.warc.gz');
  const choice = {
    from: timeOption('from', options.from),
    to: timeOption('to', options.to),
    host: options.host === undefined ? undefined : hostOption(options.host),
  };
  // Who owns a page, the ledger knows; without that question the archive alone is enough.
  await using servers = options.source === undefined ? undefined : await openLedger(config);
  await using archive = openArchive(archivePlace(config));
  const report: ExportReport = { looked: 0, captures: 0, bytes: 0 };
  const asked = Object.entries(options).filter(([name]) => name !== 'warc');
  const info = {
    description: `newsmill export ${asked.map(([name, value]) => `--${name} ${value}`).join(' ')}`.trim(),
  };
  const members = exportWarc(
    {
      ...{ archive, info, now: new Date(), signal, ...choice, sourceId: options.source },
      sourceOf: async (url) => (await servers?.frontier.getUrl(url))?.sourceId,
      onProgress: ({ looked, captures, bytes }) =>
        output.live(`${looked} records looked at · ${captures} captures · ${(bytes / 1e6).toFixed(1)} MB`),
    },
    report,
  );
  await pipe(Readable.from(members), target, { end: false });
  output.err(
    `${report.captures} captures, ${(report.bytes / 1e6).toFixed(1)} MB${signal.aborted ? ', then interrupted' : ''}`,
  );
  return signal.aborted ? 1 : 0;
}

async function openLedger(config: CliConfig): Promise<Pipeline> {
  const { redisUrl } = await findServers(config);
  return openPipeline(redisUrl, config.REDIS_PREFIX);
}
