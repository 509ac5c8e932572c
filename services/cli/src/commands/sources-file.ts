import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Source, UsageError } from '@newsmill/contracts';
import type { Frontier } from '@newsmill/frontier';
import type { CliConfig } from '../config.ts';
import { findServers, openPipeline, type Pipeline } from '../connect.ts';
import { startUrls } from '../make-source.ts';
import { type Output, styled } from '../output.ts';
import { readSourcesFile, writeSourcesFile } from '../sources-file.ts';

export interface ApplyOptions {
  /** Remove standing sources that the file does not have. */
  readonly prune?: boolean;
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export type SourceChange =
  | { readonly id: string; readonly action: 'created' | 'unchanged' | 'removed' }
  | { readonly id: string; readonly action: 'changed'; readonly fields: readonly string[] };

/** `newsmill sources apply <file|->`: makes the sources those of the file. Doing it again changes nothing. */
export async function applySources(
  config: CliConfig,
  output: Output,
  path: string,
  options: ApplyOptions,
  input: AsyncIterable<Buffer | string>,
): Promise<void> {
  const wanted = readSourcesFile(await readText(path, input), path === '-' ? 'standard input' : path, Date.now());
  const { redisUrl } = await findServers(config);
  await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  const changes = await apply(pipeline, wanted, options);
  if (options.json) {
    output.out(JSON.stringify(changes, undefined, 2));
    return;
  }
  const styles = { created: 'green', changed: 'yellow', removed: 'red', unchanged: 'dim' } as const;
  for (const change of changes) {
    const what = change.action === 'changed' ? `changed (${change.fields.join(', ')})` : change.action;
    output.out(
      `source ${change.id} ${styled(output, styles[change.action], what)}${options.dryRun ? ' (dry run)' : ''}`,
    );
  }
  const count = (action: SourceChange['action']) => changes.filter((change) => change.action === action).length;
  output.out(
    `${count('created')} created, ${count('changed')} changed, ${count('unchanged')} unchanged, ${count('removed')} removed`,
  );
}

/** The same for anybody who holds a pipeline. Changes come in the order of the file, removals last. */
export async function apply(
  pipeline: Pick<Pipeline, 'request'> & {
    readonly frontier: Pick<Frontier, 'listSources' | 'putSource' | 'removeSource' | 'getUrl'>;
  },
  wanted: readonly Source[],
  options: ApplyOptions,
): Promise<SourceChange[]> {
  const { frontier } = pipeline;
  const known = new Map((await frontier.listSources()).map((source) => [source.id, source]));
  const changes: SourceChange[] = [];
  for (const one of wanted) {
    const before = known.get(one.id);
    const after = before === undefined ? one : { ...one, addedAt: before.addedAt };
    const fields = before === undefined ? [] : changedFields(before, after);
    if (before === undefined) changes.push({ id: one.id, action: 'created' });
    else if (fields.length > 0) changes.push({ id: one.id, action: 'changed', fields });
    else changes.push({ id: one.id, action: 'unchanged' });
    if (options.dryRun) continue;
    // The source first: a URL whose source is not known is skipped by the crawler.
    if (before === undefined || fields.length > 0) await frontier.putSource(after);
    // Also of an unchanged source: an earlier run may have ended between the two.
    const starts = startUrls(after);
    const rows = await Promise.all(starts.map(({ url }) => frontier.getUrl(url)));
    await pipeline.request(starts.filter((_, index) => rows[index] === undefined || before === undefined));
  }
  if (!options.prune) return changes;
  const ids = new Set(wanted.map((source) => source.id));
  for (const source of known.values()) {
    // A one-off crawl was never in a file, and ends by itself.
    if (ids.has(source.id) || source.mode === 'once') continue;
    if (!options.dryRun) await frontier.removeSource(source.id);
    changes.push({ id: source.id, action: 'removed' });
  }
  return changes;
}

/** `newsmill sources export`: the standing sources as a file that `apply` takes. */
export async function exportSources(config: CliConfig, output: Output): Promise<void> {
  const { redisUrl } = await findServers(config);
  await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  const sources = (await pipeline.frontier.listSources()).filter((source) => source.mode === 'standing');
  output.out(writeSourcesFile(sources).trimEnd());
}

function changedFields(before: Source, after: Source): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Source>;
  return [...keys].filter((key) => !isDeepStrictEqual(before[key], after[key]));
}

async function readText(path: string, input: AsyncIterable<Buffer | string>): Promise<string> {
  if (path !== '-') {
    return readFile(path, 'utf8').catch((error: unknown) => {
      throw new UsageError(
        `file: "${path}" cannot be read (${error instanceof Error ? error.message : String(error)})`,
      );
    });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
