import { isDeepStrictEqual } from 'node:util';
import type { Client, estypes } from '@elastic/elasticsearch';
import { readChanges, type StoredDocument } from './change-feed.ts';
import { ReindexFailedError } from './errors.ts';
import { patiently } from './patience.ts';

export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly signal: AbortSignal;
}

/** Whether a document of the new index can be what became of one of the old. */
export type Matches = (original: unknown, made: unknown) => boolean;

/** Places in each shard at which documents are compared word by word, and documents at each. */
const samplePlaces = 20;
const sampleCount = 10;
/** Of those that were written last: where copying and writing met. */
const newestCount = 50;

export async function countOf(client: Client, index: string): Promise<number> {
  return (await patiently(() => client.count({ index }))).count;
}

/** @throws ReindexFailedError unless samples from all over the old index are the same (or as `matches` has it) in the new one. Nobody may write meanwhile. */
export async function compareSamples(
  client: Client,
  { from, to, signal }: Pair,
  ends: ReadonlyMap<string, number>,
  matches: Matches = isDeepStrictEqual,
): Promise<void> {
  for (const [shard, end] of ends) {
    const step = Math.max(1, Math.floor((end + 1) / samplePlaces));
    const starts = Array.from({ length: samplePlaces }, (_, at) => at * step - 1).filter((after) => after < end);
    for (const after of [...new Set([...starts, Math.max(-1, end - newestCount)])]) {
      const through = Math.min(end, after + (after === end - newestCount ? newestCount : sampleCount));
      for await (const { documents } of readChanges(client, { index: from, shard, after, through }, { signal })) {
        await compare(client, to, documents, { signal, matches });
      }
    }
  }
}

async function compare(
  client: Client,
  to: string,
  documents: readonly StoredDocument[],
  { signal, matches }: { readonly signal: AbortSignal; readonly matches: Matches },
): Promise<void> {
  const copies = await fetchCopies(client, to, documents, true, signal);
  for (const { id, version, source } of documents) {
    const copy = copies.get(id);
    if (copy?._version === version && matches(source, copy._source)) continue;
    throw new ReindexFailedError(`document ${id} in ${to} is not what it is in the old index`);
  }
}

/**
 * Looks for every document of the old index in the new one: there, and of the same state or a newer one.
 * @returns how many were looked for. @throws ReindexFailedError when one is missing
 */
export async function verifyAll(
  client: Client,
  { from, to, signal }: Pair,
  ends: ReadonlyMap<string, number>,
  onProgress: (verified: number) => void,
): Promise<number> {
  let verified = 0;
  for (const [shard, through] of ends) {
    const range = { index: from, shard, after: -1, through };
    for await (const { documents } of readChanges(client, range, { source: false, signal })) {
      const copies = await fetchCopies(client, to, documents, false, signal);
      for (const { id, version } of documents) {
        if ((copies.get(id)?._version ?? -1) >= version) continue;
        throw new ReindexFailedError(`document ${id} of ${from} is missing in ${to}, or older there`);
      }
      verified += documents.length;
      onProgress(verified);
    }
  }
  return verified;
}

/** Deletes from the new index what is not in the old one any more. Nobody may write meanwhile. */
export async function dropDeleted(client: Client, pair: Pair, ends: ReadonlyMap<string, number>): Promise<void> {
  const { from, to, signal } = pair;
  for (const [shard, through] of ends) {
    const range = { index: to, shard, after: -1, through };
    for await (const { documents } of readChanges(client, range, { source: false, signal })) {
      const originals = await fetchCopies(client, from, documents, false, signal);
      const gone = documents.filter(({ id }) => !originals.has(id));
      if (gone.length === 0) continue;
      const operations = gone.map(({ id }) => ({ delete: { _id: id } }));
      await patiently(() => client.bulk({ index: to, operations }), signal);
    }
  }
}

type Found = estypes.GetGetResult & { readonly found: true };

/** Those of the documents that the index has, by id. */
export async function fetchCopies(
  client: Client,
  index: string,
  documents: readonly StoredDocument[],
  source: boolean,
  signal: AbortSignal,
): Promise<Map<string, Found>> {
  if (documents.length === 0) return new Map();
  const ids = documents.map(({ id }) => id);
  const answer = await patiently(() => client.mget({ index, ids, _source: source }, { signal }), signal);
  return new Map(
    answer.docs.flatMap((found): [string, Found][] => {
      if ('error' in found) throw new ReindexFailedError(`${index} did not give ${found._id}: ${found.error.reason}`);
      return 'found' in found && found.found ? [[found._id, found as Found]] : [];
    }),
  );
}
