import { type Client, errors } from '@elastic/elasticsearch';
import { bulkWrite } from '../bulk.ts';
import { SearchUnavailableError } from '../errors.ts';
import { indexNames } from '../names.ts';
import type { ArticleVersion } from './article-version.ts';
import { listedMax, type VersionIndex } from './port.ts';

const keyword = { type: 'keyword', ignore_above: 2_048 };

/**
 * What lists and counts versions is indexed; the rest of a state, its text included, lies in `_source`: history is read by
 * article, and the text of all states would double the index.
 */
const mappings = {
  dynamic: 'false',
  _meta: { managedBy: 'newsmill' },
  properties: {
    id: keyword,
    articleId: keyword,
    url: keyword,
    site: { properties: { domain: keyword } },
    sourceId: keyword,
    contentHash: keyword,
    version: { type: 'integer' },
    replacedBy: { type: 'integer' },
    fetchedAt: { type: 'date' },
    replacedAt: { type: 'date' },
    changes: {
      properties: {
        headline: { type: 'boolean' },
        paragraphsAdded: { type: 'integer' },
        paragraphsRemoved: { type: 'integer' },
        paragraphsChanged: { type: 'integer' },
        parser: { type: 'boolean' },
      },
    },
  },
} as const;

export interface ElasticsearchVersionsOptions {
  readonly client: Client;
  /** The same as the articles' index has, see `indexNames`. */
  readonly prefix?: string;
}

/** Former states on Elasticsearch, behind the alias `article-versions`. */
export function createElasticsearchVersions({ client, prefix = '' }: ElasticsearchVersionsOptions): VersionIndex {
  // Checks the prefix.
  indexNames(prefix);
  const alias = `${prefix}article-versions`;
  const template = `${alias}-v1`;
  const pattern = `${template}-*`;
  const definition = {
    settings: { number_of_shards: 1, auto_expand_replicas: '0-1', refresh_interval: '5s' },
    mappings,
  };
  return {
    async ensure() {
      await client.indices.putIndexTemplate({
        name: template,
        index_patterns: [pattern],
        priority: 200,
        template: definition,
        _meta: mappings._meta,
      } as never);
      if (await client.indices.existsAlias({ name: alias })) return;
      const aliases = { [alias]: { is_write_index: true } };
      try {
        await client.indices.create({ index: `${template}-000001`, ...definition, aliases } as never);
      } catch (error) {
        if (!(error instanceof errors.ResponseError)) throw error;
        // Somebody else made it at the same time, or its alias was taken away by hand.
        if (!JSON.stringify(error.body ?? '').includes('"resource_already_exists_exception"')) throw error;
        await client.indices.putAlias({ index: `${template}-000001`, name: alias, is_write_index: true });
      }
    },
    write: (versions, options) => bulkWrite(client, alias, versions, options),
    async list(articleId) {
      try {
        const answer = await client.search<ArticleVersion>({
          index: alias,
          // Before the first indexer has run there are none.
          ignore_unavailable: true,
          size: listedMax,
          query: { term: { articleId } },
          sort: [{ fetchedAt: 'desc' }],
        });
        return answer.hits.hits.flatMap((hit) => hit._source ?? []);
      } catch (error) {
        throw new SearchUnavailableError(`Elasticsearch did not list the versions of ${articleId}: ${String(error)}`, {
          cause: error,
        });
      }
    },
    async refresh() {
      await client.indices.refresh({ index: alias });
    },
    async drop() {
      const indices = Object.keys(await client.indices.get({ index: pattern, expand_wildcards: 'all' }));
      if (indices.length > 0) await client.indices.delete({ index: indices, ignore_unavailable: true });
      await client.indices.deleteIndexTemplate({ name: template }, { ignore: [404] });
    },
  };
}
