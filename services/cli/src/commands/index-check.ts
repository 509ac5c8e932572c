import {
  type IndexInspection,
  indexFamilies,
  inspectIndex,
  ReindexRefusedError,
  withoutControls,
} from '@newsmill/search-index';
import type { CliConfig } from '../config.ts';
import { findServers, openSearchClient } from '../connect.ts';
import type { Output } from '../output.ts';

/** `newsmill index check`: where the live index differs from what the code wants. Exit code 0: nowhere. */
export async function indexCheck(config: CliConfig, output: Output, json: boolean): Promise<number> {
  const { elasticsearchUrl } = await findServers(config);
  await using opened = openSearchClient(elasticsearchUrl, config);
  try {
    const [articles, ...others] = indexFamilies;
    const inspections = [await inspectIndex(opened.client, opened.prefix, articles)];
    for (const name of others) {
      // An indexer of before has not made them yet: the next one does.
      const inspection = await inspectIndex(opened.client, opened.prefix, name).catch((error: unknown) => {
        if (error instanceof ReindexRefusedError && error.reason === 'nothing-there') return undefined;
        throw error;
      });
      if (inspection !== undefined) inspections.push(inspection);
    }
    const [first, ...rest] = inspections;
    const text = inspections.map(inspectionText).join('\n\n');
    output.out(json ? JSON.stringify({ ...first, others: rest }, undefined, 2) : text);
    return inspections.every(isFine) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ReindexRefusedError)) throw error;
    if (json) output.out(JSON.stringify({ error: error.message }, undefined, 2));
    else output.err(error.message);
    return 1;
  }
}

/** Fine: the index is what the code wants, takes writes, and nothing was left half done. */
export const isFine = ({ differences, writesBlocked, reindex }: IndexInspection): boolean =>
  differences.length === 0 && !writesBlocked && reindex === undefined;

export function inspectionText(inspection: IndexInspection): string {
  const { name, alias, index, documents, differences, writesBlocked, reindex } = inspection;
  const command = `newsmill reindex${name === 'articles' ? '' : ` --index ${name}`}`;
  const lines = [`${alias} → ${index} · ${documents} documents`];
  if (differences.length > 0) {
    const count = differences.length === 1 ? '1 difference' : `${differences.length} differences`;
    lines.push(`${count} between the index and the code:`);
    for (const difference of differences) lines.push(`  ${withoutControls(difference)}`);
  }
  if (reindex !== undefined) {
    const { kind, from, to, startedAt, filled } = reindex;
    const wayOn = kind === 'reindex' ? `${command} --resume` : 'newsmill replay --resume or --abandon';
    lines.push(
      filled
        ? `A replay (begun ${startedAt}) lies in ${to} beside the live index: newsmill replay --switch or --abandon`
        : `A ${kind} (${from} → ${to}, begun ${startedAt}) runs or was interrupted: ${wayOn}`,
    );
  } else if (differences.length > 0) lines.push(`Bring it up to date with: ${command}`);
  if (writesBlocked && reindex === undefined) {
    lines.push(
      'The index is closed for writes, by a full disk or by hand: see "Troubleshooting" in docs/operations.md',
    );
  } else if (writesBlocked) lines.push('Writers wait until it has ended.');
  if (lines.length === 1) lines.push('The index is what the code wants.');
  return lines.join('\n');
}
