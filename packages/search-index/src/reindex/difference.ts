import { isDeepStrictEqual } from 'node:util';
import type { Client } from '@elastic/elasticsearch';
import { type Article, extractedArticle } from '@newsmill/contracts';
import { endsOf, readChanges } from './change-feed.ts';
import { refresh } from './target.ts';
import { fetchCopies, type Pair } from './verify.ts';

/** One article of which the two indices say something else. */
export interface ChangedArticle {
  readonly id: string;
  readonly url: string;
  readonly fields: readonly string[];
  readonly headline: { readonly before: string; readonly after: string };
}

/** What the articles of the new index say otherwise than those of the old one. */
export interface IndexDifference {
  readonly documents: number;
  readonly changed: number;
  /** Field → articles in which it differs. */
  readonly fields: Readonly<Record<string, number>>;
  readonly examples: readonly ChangedArticle[];
  /** Written to the old index since they were copied. */
  readonly behind: number;
}

/** How a field was found, and by whom, differs whenever the parser does. */
const unsaid = new Set(['parserVersion', 'provenance', 'contentHash', 'fingerprint']);
const compared = Object.keys(extractedArticle.shape).filter((field) => !unsaid.has(field));

/** Compares all articles of two indices by what their pages say. */
export async function compareIndices(
  client: Client,
  { from, to, signal }: Pair,
  { examplesMax = 20, onProgress }: { examplesMax?: number; onProgress?: (documents: number) => void } = {},
): Promise<IndexDifference> {
  const fields: Record<string, number> = {};
  const examples: ChangedArticle[] = [];
  let [documents, changed, behind] = [0, 0, 0];
  const ends = await endsOf(client, from, 'busy', signal);
  await refresh(client, from);
  for (const [shard, through] of ends) {
    for await (const page of readChanges(client, { index: from, shard, after: -1, through }, { signal })) {
      const copies = await fetchCopies(client, to, page.documents, true, signal);
      for (const { id, version, source } of page.documents) {
        documents += 1;
        const copy = copies.get(id);
        if (copy?._version !== version) {
          behind += 1;
          continue;
        }
        const [before, after] = [source as Article, copy._source as Article];
        const differing = compared.filter(
          (field) => !isDeepStrictEqual(before[field as keyof Article], after[field as keyof Article]),
        );
        if (differing.length === 0) continue;
        changed += 1;
        for (const field of differing) fields[field] = (fields[field] ?? 0) + 1;
        if (examples.length >= examplesMax) continue;
        const headline = { before: before.headline, after: after.headline };
        examples.push({ id, url: before.url, fields: differing, headline });
      }
      onProgress?.(documents);
    }
  }
  return { documents, changed, fields, examples, behind };
}
