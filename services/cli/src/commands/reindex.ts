import { UsageError } from '@newsmill/contracts';
import {
  abandonReindex,
  type IndexName,
  indexFamilies,
  ReindexFailedError,
  type ReindexProgress,
  ReindexRefusedError,
  type ReindexReport,
  reindex,
} from '@newsmill/search-index';
import type { CliConfig } from '../config.ts';
import { findServers, openSearchClient } from '../connect.ts';
import type { Output } from '../output.ts';
import { span } from '../progress.ts';

export interface ReindexFlags {
  readonly resume?: boolean;
  readonly keepOld?: boolean;
  readonly force?: boolean;
  readonly abandon?: boolean;
  readonly json?: boolean;
  /** Which of the indices. */
  readonly index?: string;
}

/** `newsmill reindex`: all articles into a new index by the code's mapping, while searches and indexers go on. */
export async function reindexArticles(
  config: CliConfig,
  output: Output,
  flags: ReindexFlags,
  signal: AbortSignal,
): Promise<number> {
  const { resume = false, keepOld = false, force = false, abandon = false, json = false } = flags;
  if (abandon && (resume || keepOld || force)) throw new UsageError('--abandon goes with no other option than --json');
  const index = indexFamilies.find((name) => name === (flags.index ?? 'articles'));
  if (index === undefined) throw new UsageError(`--index: use ${indexFamilies.join(', ')}`);
  const { elasticsearchUrl } = await findServers(config);
  await using opened = openSearchClient(elasticsearchUrl, config);
  const { client, prefix } = opened;
  const print = (result: object, text: string): void => output.out(json ? JSON.stringify(result, undefined, 2) : text);
  try {
    if (abandon) {
      const done = await abandonReindex({ client, prefix, index });
      print({ type: 'abandoned', ...done }, abandonedText(done));
      return 0;
    }
    const onProgress = (progress: ReindexProgress): void => output.live(stepText(progress));
    const report = await reindex({ client, prefix, index, resume, keepOld, force, signal, onProgress });
    print(report, reportText(report));
    return 0;
  } catch (error) {
    if (!(error instanceof ReindexRefusedError) && !(error instanceof ReindexFailedError) && !signal.aborted)
      throw error;
    const text = signal.aborted
      ? `stopped; go on with: newsmill reindex${optionOf(index)} --resume`
      : (error as Error).message;
    if (json) print({ type: 'failed', error: text }, '');
    else output.err(`newsmill: ${text}`);
    return 1;
  }
}

const optionOf = (index: IndexName): string => (index === 'articles' ? '' : ` --index ${index}`);

export function stepText({ step, from, to, documents, fraction, documentsPerSecond, etaMs }: ReindexProgress): string {
  const place = `${from} → ${to}`;
  switch (step) {
    case 'copying':
    case 'verifying': {
      const eta = etaMs === undefined ? 'ETA –' : fraction >= 1 ? 'done' : `ETA ${span(etaMs)}`;
      const percent = `${Math.floor(fraction * 100)} %`;
      return `${step} ${place} · ${documents} documents · ${percent} · ${documentsPerSecond}/s · ${eta}`;
    }
    case 'watching':
      return `${place} · looking whether the process that began it is still alive`;
    case 'frozen':
      return `${place} · writers wait for the last documents`;
    case 'compared':
      return `${place} · everything is there, switching`;
    case 'switched':
      return `${place} · the alias points to the new index`;
    case 'deleting':
      return `deleting ${from}`;
    default:
      return `${place} · ${step}`;
  }
}

export function reportText(report: ReindexReport): string {
  if (report.type === 'nothing-to-do') return `${report.index} is what the code wants: nothing to do.`;
  const { from, to, documents, copied, writesPausedMs, tookMs, oldIndex } = report;
  return [
    `${to} has taken the place of ${from}, which ${oldIndex === 'kept' ? 'was kept, closed for writes' : 'was deleted'}.`,
    `${documents} documents (${copied} copied by this run) · ${span(tookMs)} · writers waited ${writesPausedMs} ms`,
  ].join('\n');
}

export function abandonedText(done: Awaited<ReturnType<typeof abandonReindex>>): string {
  if (done === undefined) return 'There is nothing unfinished.';
  const dropped = done.dropped === undefined ? '' : `; ${done.dropped} was deleted`;
  return `${done.index} stays as it is and takes writes${dropped}.`;
}
