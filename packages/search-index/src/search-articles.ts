import { type Client, errors } from '@elastic/elasticsearch';
import { searchRequest } from './build-search.ts';
import { type CopiesAnswer, copiesRequest, withCopies } from './copies.ts';
import { offsetMax, writeCursor } from './cursor.ts';
import { SearchInputError } from './errors.ts';
import { type FacetAnswer, readFacets } from './facets.ts';
import { presentFragment } from './fragment.ts';
import type { Clause } from './match-text.ts';
import type { ArticleSummary, Highlights, SearchHit, SearchResult } from './port.ts';
import type { SearchPlan } from './search-params.ts';
import { readSpelling, type SpellingAnswer, spellingRequest } from './spelling.ts';
import { unavailable } from './unavailable.ts';

/** Of so few articles most questions have more to say: the next best are worth showing behind them. */
const fewMax = 2;
/** How long a snapshot waits for the next page. */
const snapshotKept = '2m';

interface AnsweredHit {
  readonly _id: string;
  readonly _score: number | null;
  readonly _source: ArticleSummary;
  readonly sort: (string | number)[];
  readonly highlight?: Readonly<Record<string, string[]>>;
}

export interface SearchAnswer {
  readonly took: number;
  readonly timed_out: boolean;
  readonly pit_id?: string;
  readonly _shards: { readonly failed: number };
  readonly hits: {
    readonly total: { readonly value: number; readonly relation: 'eq' | 'gte' };
    readonly hits: readonly AnsweredHit[];
  };
  readonly aggregations?: FacetAnswer;
}

/** @throws SearchUnavailableError, or what the signal was aborted with. */
export async function ask<Answer>(
  client: Client,
  index: string | undefined,
  body: Clause,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const options = { requestTimeout: 15_000, ...(signal === undefined ? {} : { signal }) };
  try {
    return (await client.search({ ...(index === undefined ? {} : { index }), ...body } as never, options)) as Answer;
  } catch (error) {
    signal?.throwIfAborted();
    return unavailable('search')(error);
  }
}

/** Asks for one page, and for another spelling beside it. */
export async function searchArticles(
  client: Client,
  alias: string,
  asked: SearchPlan,
  signal: AbortSignal | undefined,
): Promise<SearchResult> {
  let plan = asked;
  const spelling = plan.didYouMean ? spellingRequest(plan.text) : undefined;
  const [strict, spelled] = await Promise.all([
    plan.snapshot
      ? askSnapshot(client, alias, plan, signal)
      : ask<SearchAnswer>(client, alias, searchRequest(plan), signal),
    spelling === undefined ? undefined : ask<SpellingAnswer>(client, alias, spelling, signal),
  ]);
  let answer = strict;
  const count = strict.hits.total.value;
  if (count <= fewMax && plan.text !== '' && !plan.snapshot && plan.sort === 'relevance') {
    // The total is that of all pages, so that each page of such a search comes by here.
    plan = { ...plan, lenient: count === 0 ? 'sound' : 'words' };
    answer = await ask<SearchAnswer>(client, alias, searchRequest(plan), signal);
  }
  const result = toResult(answer, plan);
  if (answer.pit_id !== undefined && result.nextCursor === undefined) {
    // It would end by itself; its segments are freed sooner so.
    await client.closePointInTime({ id: answer.pit_id }).catch(() => undefined);
  }
  const clusterIds = [...new Set(result.hits.flatMap(({ article }) => article.clusterId ?? []))];
  const hits =
    plan.collapse && clusterIds.length > 0
      ? withCopies(
          result.hits,
          await ask<CopiesAnswer>(client, alias, copiesRequest(searchRequest(plan), clusterIds), signal),
        )
      : result.hits;
  const didYouMean = spelled === undefined ? undefined : readSpelling(plan.q, spelled);
  return { ...result, hits, ...(didYouMean === undefined ? {} : { didYouMean }) };
}

async function askSnapshot(client: Client, alias: string, plan: SearchPlan, signal: AbortSignal | undefined) {
  const known = plan.after?.type === 'after' ? plan.after.snapshot : undefined;
  const id =
    known ??
    (await client.openPointInTime({ index: alias, keep_alive: snapshotKept }).catch(unavailable('snapshot'))).id;
  try {
    const pit = { id, keep_alive: snapshotKept };
    return await ask<SearchAnswer>(client, undefined, { ...searchRequest(plan), pit }, signal);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    // 404: it has expired; 400: the id was never one.
    if (known !== undefined && cause instanceof errors.ResponseError && [400, 404].includes(cause.statusCode ?? 0)) {
      const hint = `Begin again at the first page, and ask for each page within ${snapshotKept}.`;
      throw new SearchInputError('cursor', known, 'has expired', hint);
    }
    throw error;
  }
}

function toResult(answer: SearchAnswer, plan: SearchPlan): SearchResult {
  const page = answer.hits.hits.slice(0, plan.size);
  const last = page.at(-1);
  const more = answer.hits.hits.length > plan.size && last !== undefined;
  const reached = (plan.after?.type === 'offset' ? plan.after.offset : 0) + page.length;
  const snapshot = answer.pit_id === undefined ? {} : { snapshot: answer.pit_id };
  const cursor = plan.collapse
    ? reached + plan.size < offsetMax && writeCursor({ type: 'offset', offset: reached }, plan)
    : last !== undefined && writeCursor({ type: 'after', values: last.sort, ...snapshot }, plan);
  return {
    total: answer.hits.total.value,
    totalIsExact: answer.hits.total.relation === 'eq',
    hits: page.map((hit) => toHit(hit, plan.highlight)),
    ...(more && cursor !== false ? { nextCursor: cursor } : {}),
    ...(plan.facets.length > 0 ? { facets: readFacets(answer.aggregations ?? {}, plan) } : {}),
    partial: answer.timed_out || answer._shards.failed > 0,
    tookMs: answer.took,
  };
}

export function toHit(hit: AnsweredHit, highlight: SearchPlan['highlight']): SearchHit {
  return {
    id: hit._id,
    ...(hit._score === null ? {} : { score: hit._score }),
    article: hit._source,
    highlights: toHighlights(hit.highlight ?? {}, highlight),
  };
}

function toHighlights(found: Readonly<Record<string, string[]>>, highlight: SearchPlan['highlight']): Highlights {
  if (highlight === undefined) return {};
  const whole = (field: string) => {
    const text = found[field]?.[0];
    return text === undefined ? {} : { [field]: presentFragment(text, highlight, 2_000) };
  };
  return {
    ...whole('headline'),
    ...whole('alternativeHeadline'),
    ...whole('description'),
    ...(found.body === undefined ? {} : { body: found.body.map((text) => presentFragment(text, highlight, 500)) }),
  };
}
