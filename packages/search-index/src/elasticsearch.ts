import { Client, errors } from '@elastic/elasticsearch';
import type { Article } from '@newsmill/contracts';
import { searchRequest } from './build-search.ts';
import { bulkWrite } from './bulk.ts';
import { offsetMax, writeCursor } from './cursor.ts';
import type { IndexSizing } from './definition.ts';
import { checkIndex, ensureIndex } from './ensure.ts';
import { SearchUnavailableError } from './errors.ts';
import { presentFragment } from './fragment.ts';
import { indexNames } from './names.ts';
import type { ArticleIndex, ArticleSummary, Highlights, SearchHit, SearchResult } from './port.ts';
import { planSearch, type SearchPlan } from './search-params.ts';

export interface ElasticsearchIndexOptions extends IndexSizing {
  readonly client: Client;
  /** Put before all names, see `indexNames`. */
  readonly prefix?: string;
}

export interface ElasticsearchConnection {
  /** `http://127.0.0.1:9200`, also with `user:password@`. */
  readonly url: string;
  /** Encoded API key, instead of a password. */
  readonly apiKey?: string;
}

/** A client that fails within 30 s instead of hanging. Close it with `client.close()`. */
export function createElasticsearchClient({ url, apiKey }: ElasticsearchConnection): Client {
  return new Client({
    node: url,
    requestTimeout: 30_000,
    maxRetries: 2,
    ...(apiKey === undefined ? {} : { auth: { apiKey } }),
  });
}

/** The index on Elasticsearch 9.x: plain, without plugins, scripts, ILM or ingest pipelines. */
export function createElasticsearchIndex({ client, prefix = '', ...sizing }: ElasticsearchIndexOptions): ArticleIndex {
  const names = indexNames(prefix);
  return {
    ensure: () => ensureIndex(client, names, sizing),
    checkIndex: () => checkIndex(client, names),
    write: (articles, options) => bulkWrite(client, names.alias, articles, options),

    async get(id) {
      if (id === '' || Buffer.byteLength(id) > 512) return undefined;
      const request = client.get<Article>({ index: names.alias, id }, { meta: true, ignore: [404] });
      const { statusCode, body } = await request.catch(unavailable('get'));
      if (statusCode === 404 || body._source === undefined) return undefined;
      return { article: body._source, revision: `${body._primary_term}-${body._seq_no}` };
    },

    async search(params, { signal } = {}) {
      const plan = planSearch(params);
      const options = { requestTimeout: 15_000, ...(signal === undefined ? {} : { signal }) };
      try {
        const answer = await client.search<ArticleSummary>(
          { index: names.alias, ...searchRequest(plan) } as never,
          options,
        );
        return toResult(answer as unknown as SearchAnswer, plan);
      } catch (error) {
        signal?.throwIfAborted();
        return unavailable('search')(error);
      }
    },

    async count() {
      return (await client.count({ index: names.alias }).catch(unavailable('count'))).count;
    },
    async refresh() {
      await client.indices.refresh({ index: names.alias });
    },
    async ping() {
      try {
        const exists = await client.indices.existsAlias(
          { name: names.alias },
          { requestTimeout: 3_000, maxRetries: 0 },
        );
        return { ok: exists, detail: exists ? 'ok' : `alias ${names.alias} does not exist` };
      } catch (error) {
        return { ok: false, detail: describe(error) };
      }
    },
    async drop() {
      // By exact name: wildcards in deletions are off by default (action.destructive_requires_name).
      const found = await client.indices.get({ index: names.pattern, expand_wildcards: 'all' });
      const indices = Object.keys(found);
      if (indices.length > 0) await client.indices.delete({ index: indices, ignore_unavailable: true });
      await client.indices.deleteIndexTemplate({ name: names.template }, { ignore: [404] });
    },
  };
}

interface SearchAnswer {
  readonly took: number;
  readonly timed_out: boolean;
  readonly _shards: { readonly failed: number };
  readonly hits: {
    readonly total: { readonly value: number; readonly relation: 'eq' | 'gte' };
    readonly hits: readonly {
      readonly _id: string;
      readonly _score: number | null;
      readonly _source: ArticleSummary;
      readonly sort: (string | number)[];
      readonly highlight?: Readonly<Record<string, string[]>>;
      readonly inner_hits?: { readonly copies: { readonly hits: { readonly total: { readonly value: number } } } };
    }[];
  };
}

function toResult(answer: SearchAnswer, plan: SearchPlan): SearchResult {
  const page = answer.hits.hits.slice(0, plan.size);
  const last = page.at(-1);
  const more = answer.hits.hits.length > plan.size && last !== undefined;
  const reached = (plan.after?.type === 'offset' ? plan.after.offset : 0) + page.length;
  const cursor = plan.collapse
    ? reached + plan.size < offsetMax && writeCursor({ type: 'offset', offset: reached }, plan)
    : last !== undefined && writeCursor({ type: 'after', values: last.sort }, plan);
  return {
    total: answer.hits.total.value,
    totalIsExact: answer.hits.total.relation === 'eq',
    hits: page.map((hit): SearchHit => {
      const copies = hit.inner_hits?.copies.hits.total.value;
      return {
        id: hit._id,
        ...(hit._score === null ? {} : { score: hit._score }),
        article: hit._source,
        highlights: toHighlights(hit.highlight ?? {}, plan),
        ...(copies === undefined ? {} : { copies }),
      };
    }),
    ...(more && cursor !== false ? { nextCursor: cursor } : {}),
    partial: answer.timed_out || answer._shards.failed > 0,
    tookMs: answer.took,
  };
}

function toHighlights(found: Readonly<Record<string, string[]>>, { highlight }: SearchPlan): Highlights {
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

const unavailable =
  (what: string) =>
  (error: unknown): never => {
    throw new SearchUnavailableError(`Elasticsearch did not answer the ${what}: ${describe(error)}`, { cause: error });
  };

function describe(error: unknown): string {
  if (error instanceof errors.ResponseError) return `${error.statusCode}: ${error.message.slice(0, 300)}`;
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 300)}` : String(error);
}
