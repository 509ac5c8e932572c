import type { Client } from '@elastic/elasticsearch';
import { bulkWrite } from '../bulk.ts';
import { SearchUnavailableError } from '../errors.ts';
import { indexNames } from '../names.ts';
import { dropSideIndex, ensureSideIndex, type SideIndex, sideIndex } from '../side-index.ts';
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

export function versionsIndex(prefix = ''): SideIndex {
  // Checks the prefix.
  indexNames(prefix);
  const settings = { number_of_shards: 1, auto_expand_replicas: '0-1', refresh_interval: '5s' };
  return sideIndex(`${prefix}article-versions`, 1, { settings, mappings });
}

/** Former states on Elasticsearch, behind the alias `article-versions`. */
export function createElasticsearchVersions({ client, prefix = '' }: ElasticsearchVersionsOptions): VersionIndex {
  const side = versionsIndex(prefix);
  const { alias } = side;
  return {
    ensure: () => ensureSideIndex(client, side),
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
    async removeOf(articleId) {
      await client.indices.refresh({ index: alias });
      for (;;) {
        const { hits } = await client.search({
          index: alias,
          size: 1_000,
          _source: false,
          query: { term: { articleId } },
        });
        if (hits.hits.length === 0) return;
        const operations = hits.hits.map(({ _id }) => ({ delete: { _id } }));
        const answer = await client.bulk({ index: alias, operations, refresh: true } as never);
        if (answer.errors) throw new SearchUnavailableError(`not all former states of ${articleId} were deleted`);
      }
    },
    async refresh() {
      await client.indices.refresh({ index: alias });
    },
    drop: () => dropSideIndex(client, side),
  };
}
