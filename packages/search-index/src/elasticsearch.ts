import { Client } from '@elastic/elasticsearch';
import type { Article } from '@newsmill/contracts';
import { arrivalsRequest } from './arrivals.ts';
import { bulkWrite } from './bulk.ts';
import { completionRequest, planCompletion } from './complete.ts';
import type { IndexSizing } from './definition.ts';
import { checkIndex, ensureIndex, misfits } from './ensure.ts';
import { SearchUnavailableError } from './errors.ts';
import { indexNames } from './names.ts';
import type { ArticleIndex } from './port.ts';
import { ask, type SearchAnswer, searchArticles, toHit } from './search-articles.ts';
import { planSearch } from './search-params.ts';
import { checkedSimilarSize, similarRequest } from './similar.ts';
import { describe, unavailable } from './unavailable.ts';

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
  const get: ArticleIndex['get'] = async (id) => {
    if (id === '' || Buffer.byteLength(id) > 512) return undefined;
    const request = client.get<Article>({ index: names.alias, id }, { meta: true, ignore: [404] });
    const { statusCode, body } = await request.catch(unavailable('get'));
    if (statusCode === 404 || body._source === undefined) return undefined;
    return { article: body._source, revision: `${body._primary_term}-${body._seq_no}` };
  };
  return {
    ensure: () => ensureIndex(client, names, sizing),
    checkIndex: () => checkIndex(client, names),
    async write(articles, options) {
      const verdicts = await bulkWrite(client, names.alias, articles, options);
      if (!verdicts.some(({ type }) => type === 'rejected')) return verdicts;
      // Before a document is blamed: is it the index?
      const [misfit] = await misfits(client, names).catch(() => []);
      if (misfit === undefined) return verdicts;
      return verdicts.map((verdict) =>
        verdict.type === 'rejected'
          ? {
              type: 'retry',
              status: verdict.status,
              reason: `the index is not newsmill's: ${misfit}; ${verdict.reason}`,
            }
          : verdict,
      );
    },

    get,
    search: async (params, { signal } = {}) => searchArticles(client, names.alias, planSearch(params), signal),

    async similar(id, { size, signal } = {}) {
      const count = checkedSimilarSize(size);
      const stored = await get(id);
      if (stored === undefined) return undefined;
      const answer = await ask<SearchAnswer>(client, names.alias, similarRequest(stored.article, count), signal);
      return answer.hits.hits.map((hit) => toHit(hit, undefined));
    },

    async complete(beginning, { size, signal } = {}) {
      const plan = planCompletion(beginning, size);
      if (plan.text === '') return [];
      const answer = await ask<SearchAnswer>(client, names.alias, completionRequest(plan), signal);
      return answer.hits.hits.map(({ _id, _source }) => ({ id: _id, headline: _source.headline }));
    },

    async arrivals(params, range, { signal } = {}) {
      const answer = await ask<SearchAnswer>(client, names.alias, arrivalsRequest(params, range), signal);
      // Half an answer must not be taken for all there is.
      if (answer.timed_out || answer._shards.failed > 0) throw new SearchUnavailableError('the search was cut short');
      return answer.hits.hits.map(({ _source, sort }) => ({ atMs: Number(sort[0]), article: _source }));
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
      const indices = [...Object.keys(found), names.reindex];
      await client.indices.delete({ index: indices, ignore_unavailable: true });
      await client.indices.deleteIndexTemplate({ name: names.template }, { ignore: [404] });
    },
  };
}
