import { searchRequest } from './build-search.ts';
import type { Clause } from './match-text.ts';
import type { ArticleSummary } from './port.ts';
import { planSearch, type SearchParams } from './search-params.ts';

/** Where a look at what has come in stands. */
export interface ArrivalRange {
  /** Of `firstIndexedAt`, epoch milliseconds, inclusive. */
  readonly fromMs: number;
  readonly throughMs: number;
  /** The last article of the page before. */
  readonly after?: { readonly atMs: number; readonly id: string };
}

export interface Arrival {
  readonly atMs: number;
  readonly article: ArticleSummary;
}

/** Articles of one look. */
export const arrivalsMax = 100;

/** What an alert cannot be about: how a page of hits looks. */
type AlertSearch = Omit<
  SearchParams,
  'cursor' | 'snapshot' | 'collapse' | 'facets' | 'didYouMean' | 'highlight' | 'sort' | 'size'
>;

/** As strict as a search by date: nobody looks at a ranking. @throws SearchInputError */
export const planArrivals = (params: AlertSearch) =>
  planSearch({ ...params, sort: 'newest', size: 100, highlight: false });

export function arrivalsRequest(params: AlertSearch, { fromMs, throughMs, after }: ArrivalRange): Clause {
  const request = searchRequest(planArrivals(params));
  const { bool } = request.query as { readonly bool: Readonly<Record<string, unknown>> };
  const range = { range: { firstIndexedAt: { format: 'epoch_millis', gte: fromMs, lte: throughMs } } };
  return {
    query: { bool: { ...bool, filter: [...(bool.filter as readonly Clause[]), range] } },
    size: arrivalsMax,
    sort: [{ firstIndexedAt: 'asc' }, { id: 'asc' }],
    ...(after === undefined ? {} : { search_after: [after.atMs, after.id] }),
    track_total_hits: false,
    _source: request._source,
    timeout: '5s',
  };
}
