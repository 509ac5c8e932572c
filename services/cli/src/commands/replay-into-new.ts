import { UsageError } from '@newsmill/contracts';
import { parserVersion } from '@newsmill/core';
import {
  abandonReindex,
  compareIndices,
  type FilledReport,
  type IndexDifference,
  ReindexFailedError,
  type ReindexProgress,
  ReindexRefusedError,
  type RewritePlan,
  type Rewriting,
  reindex,
  unfinishedRewriting,
  withoutControls,
} from '@newsmill/search-index';
import type { CliConfig, ReadingConfig } from '../config.ts';
import { findServers, openPipeline, openSearchClient } from '../connect.ts';
import type { Output } from '../output.ts';
import { openReading } from '../replay/open-reading.ts';
import { type RereadChoice, rereadDocuments } from '../replay/reread-documents.ts';
import { abandonedText, reportText, stepText } from './reindex.ts';
import { type ReplayOptions, replayChoice } from './replay.ts';

export interface ReplayIntoNewOptions extends ReplayOptions {
  readonly into?: string;
  readonly resume?: boolean;
  readonly switch?: boolean;
  readonly keepOld?: boolean;
  readonly abandon?: boolean;
}

/** Whether these options speak of a new index. */
export const isIntoNew = ({ into, resume, switch: toSwitch, abandon, keepOld }: ReplayIntoNewOptions): boolean =>
  into === 'new' || resume === true || toSwitch === true || abandon === true || keepOld === true;

/** Pages at once, for each process that reads them. */
const pagesPerReader = 4;
const examplesMax = 20;

interface Kept {
  readonly url: string;
  readonly why: string;
}

/**
 * `newsmill replay --into new`: the articles, read again from the archive, in a second index beside the live one, which
 * takes its place when the operator says so. Exit code 1: it did not come to its end.
 * @throws UsageError for options that do not go together
 */
export async function replayIntoNew(
  config: CliConfig,
  output: Output,
  options: ReplayIntoNewOptions,
  signal: AbortSignal,
  reading?: ReadingConfig,
): Promise<number> {
  const { json = false, switch: toSwitch = false, keepOld = false } = options;
  checkOptions(options);
  const choice = replayChoice(options);
  const { redisUrl, elasticsearchUrl } = await findServers(config);
  await using opened = openSearchClient(elasticsearchUrl, config);
  const { client, prefix } = opened;
  const print = (result: object, text: string): void => output.out(json ? JSON.stringify(result, undefined, 2) : text);
  const begun = await unfinishedRewriting({ client, prefix });
  if (options.into !== 'new' && begun === undefined) {
    throw new UsageError('There is no replay into a new index to go on with. Begin one: newsmill replay --into new');
  }
  try {
    if (options.abandon) {
      const done = await abandonReindex({ client, prefix });
      print({ type: 'abandoned', ...done }, abandonedText(done));
      return 0;
    }
    await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
    await using again = await openReading(config, pipeline, { rules: options.rules, settings: reading });
    const wanted = options.into === 'new' || begun === undefined ? choice : choiceOf(begun.plan);
    const kept: Kept[] = [];
    const rewriting: Rewriting = {
      plan: planOf(wanted, again.rulesDigest),
      ...rereadDocuments({
        ...again,
        ...wanted,
        concurrency: pagesPerReader * again.readers,
        onKept(url, why) {
          if (kept.length < examplesMax) kept.push({ url, why });
        },
      }),
    };
    const onProgress = (progress: ReindexProgress): void => output.live(stepText(progress));
    const run = { client, prefix, rewriting, resume: options.into !== 'new', keepOld, signal, onProgress };
    const report = toSwitch ? await reindex(run) : await reindex({ ...run, hold: true });
    if (report.type !== 'filled') {
      print(report, reportText(report));
      return 0;
    }
    const pair = { from: report.from, to: report.to, signal };
    const difference = await compareIndices(client, pair, {
      examplesMax,
      onProgress: (documents) => output.live(`comparing ${report.from} with ${report.to} · ${documents} documents`),
    });
    print({ ...report, difference, kept }, filledText(report, difference, kept));
    return 0;
  } catch (error) {
    const known = error instanceof ReindexRefusedError || error instanceof ReindexFailedError;
    if (!known && !signal.aborted) throw error;
    const text = signal.aborted ? 'stopped; go on with: newsmill replay --resume' : (error as Error).message;
    if (json) print({ type: 'failed', error: text }, '');
    else output.err(`newsmill: ${text}`);
    return 1;
  }
}

/** @throws UsageError */
function checkOptions(options: ReplayIntoNewOptions): void {
  const { into, resume, switch: toSwitch, keepOld, abandon } = options;
  const steps = [into === 'new' && '--into new', resume && '--resume', toSwitch && '--switch', abandon && '--abandon'];
  const given = steps.filter((step) => typeof step === 'string');
  if (given.length !== 1) throw new UsageError('use one of --into new, --resume, --switch and --abandon');
  if (keepOld && !toSwitch) throw new UsageError('--keep-old goes with --switch');
  const { dryRun, limit, missing, source, from, to, host, parserOlderThan } = options;
  if (dryRun || limit !== undefined || missing) {
    throw new UsageError(
      '--dry-run, --limit and --missing do not go with a new index, which always holds all articles',
    );
  }
  const choosing = [source, from, to, host, parserOlderThan].some((option) => option !== undefined);
  if (choosing && into !== 'new') throw new UsageError(`${given[0]} goes on with what --into new was told`);
}

/** What another process must do too, to go on with this one. */
function planOf(choice: RereadChoice, rules: string | undefined): RewritePlan {
  const words = { ...choice, parserVersion, rules };
  return Object.fromEntries(
    Object.entries(words).filter((word): word is [string, string | number] => word[1] !== undefined),
  );
}

function choiceOf(plan: RewritePlan): RereadChoice {
  const { sourceId, host, from, to, parserOlderThan } = plan;
  const text = (word: string | number | undefined) => (word === undefined ? undefined : String(word));
  const time = (word: string | number | undefined) => (word === undefined ? undefined : Number(word));
  return {
    ...{ sourceId: text(sourceId), host: text(host), parserOlderThan: text(parserOlderThan) },
    ...{ from: time(from), to: time(to) },
  };
}

/** What to judge it by, and what can be done now. */
export function filledText(
  { from, to, tally }: FilledReport,
  difference: IndexDifference,
  kept: readonly Kept[],
): string {
  const { documents, changed, fields, examples, behind } = difference;
  const byField = Object.entries(fields).toSorted((a, b) => b[1] - a[1]);
  const { noArticle = 0, noCapture = 0 } = tally;
  const some = (count: number, what: string): string[] =>
    count === 0 ? [] : [`${String(count).padStart(8)}  ${what}`];
  return [
    `${to} lies beside ${from}, which searchers and indexers go on with. Of ${documents} articles`,
    ...some(changed, `say something else: ${byField.map(([field, count]) => `${field} ${count}`).join(', ')}`),
    ...some(documents - changed - behind, 'say the same'),
    ...some(behind, 'were written since; the switch takes them along'),
    ...some(noCapture, 'of these were kept as they are: their captures cannot be read (any more)'),
    ...some(noArticle, 'of these were kept as they are: the parser makes no article of them'),
    ...kept.map(({ url, why }) => `          ${withoutControls(`${url} (${why})`)}`),
    ...(examples.length === 0 ? [] : ['Some of those that say something else:']),
    ...examples.map((example) => `  ${withoutControls(exampleText(example))}`),
    'Take it: newsmill replay --switch. Drop it: newsmill replay --abandon. Catch up and compare again: newsmill replay --resume',
  ].join('\n');
}

function exampleText({ url, fields, headline }: IndexDifference['examples'][number]): string {
  const { before, after } = headline;
  return `${url} ${fields.join(', ')}${before === after ? '' : `: ${before} → ${after}`}`;
}
