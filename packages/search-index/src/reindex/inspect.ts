import type { Client } from '@elastic/elasticsearch';
import { checkIndex } from '../ensure.ts';
import { type IndexName, namesOf } from '../families.ts';
import { type ReindexState, readEntry } from './lease.ts';
import { aliasedIndex } from './target.ts';
import { countOf } from './verify.ts';

export interface IndexInspection {
  readonly name: IndexName;
  readonly alias: string;
  /** What the alias points to. */
  readonly index: string;
  readonly documents: number;
  /** One line per difference between the live mapping and analysis, and the code's. */
  readonly differences: readonly string[];
  /** The index takes no writes. */
  readonly writesBlocked: boolean;
  /** A reindex, or a replay into a new index, that runs, waits for the switch or was interrupted. */
  readonly reindex?: {
    readonly kind: 'reindex' | 'replay';
    readonly from: string;
    readonly to: string;
    readonly startedAt: string;
    /** The new index holds all: the replay waits to be switched or dropped. */
    readonly filled: boolean;
  };
}

/** What `newsmill index check` tells. @throws ReindexRefusedError when there is no index to look at */
export async function inspectIndex(
  client: Client,
  prefix = '',
  name: IndexName = 'articles',
): Promise<IndexInspection> {
  const names = namesOf(name, prefix);
  const { index } = await aliasedIndex(client, names);
  const [differences, documents, settings, entry] = await Promise.all([
    checkIndex(client, names),
    countOf(client, index),
    client.indices.getSettings({ index }),
    readEntry(client, names),
  ]);
  const blocks = settings[index]?.settings?.index?.blocks;
  const state = entry?.entry.state;
  return {
    name,
    alias: names.alias,
    index,
    documents,
    differences,
    writesBlocked: [blocks?.write, blocks?.read_only, blocks?.read_only_allow_delete].some(
      (it) => String(it) === 'true',
    ),
    ...(state === undefined ? {} : { reindex: unfinished(state) }),
  };
}

const unfinished = ({ from, to, startedAt, rewriting }: ReindexState): NonNullable<IndexInspection['reindex']> => ({
  kind: rewriting === undefined ? 'reindex' : 'replay',
  ...{ from, to, startedAt },
  filled: rewriting?.filledAt !== undefined,
});
