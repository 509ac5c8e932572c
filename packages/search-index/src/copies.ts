import type { Clause } from './match-text.ts';
import type { SearchHit } from './port.ts';

/**
 * How many copies of the stories on a page match, and which of them was first: one cheap request for all of them. Inner hits
 * of the collapse would run the whole search again for each hit (28 ms instead of 5 + 3 for a page of ten).
 */
export function copiesRequest(search: Clause, clusterIds: readonly string[]): Clause {
  const {
    must = [],
    filter = [],
    must_not,
  } = (search.query as { readonly bool: Readonly<Record<string, Clause[]>> }).bool;
  return {
    // Only what must match: nothing is ranked here.
    query: { bool: { filter: [{ terms: { clusterId: clusterIds } }, ...must, ...filter], must_not } },
    size: 0,
    track_total_hits: false,
    timeout: '3s',
    aggs: {
      clusters: {
        terms: { field: 'clusterId', size: clusterIds.length },
        aggs: {
          first: {
            top_hits: {
              size: 1,
              sort: [
                { clusterFirst: { order: 'desc', missing: '_last' } },
                { datePublished: { order: 'asc', missing: '_last' } },
              ],
              _source: ['id', 'url', 'headline', 'site', 'datePublished', 'datePublishedPrecision'],
            },
          },
        },
      },
    },
  };
}

export interface CopiesAnswer {
  readonly aggregations?: {
    readonly clusters: {
      readonly buckets: readonly {
        readonly key: string;
        readonly doc_count: number;
        readonly first: { readonly hits: { readonly hits: readonly { readonly _source: SearchHit['first'] }[] } };
      }[];
    };
  };
}

/** The hits with `copies` and `first`; a copy that came or went in between counts as it did in the search. */
export function withCopies(hits: readonly SearchHit[], answer: CopiesAnswer): SearchHit[] {
  const clusters = new Map(answer.aggregations?.clusters.buckets.map((bucket) => [bucket.key, bucket]));
  return hits.map((hit) => {
    const found = clusters.get(hit.article.clusterId ?? '');
    const first = found?.first.hits.hits[0]?._source;
    return { ...hit, copies: found?.doc_count ?? 1, ...(first === undefined ? {} : { first }) };
  });
}
