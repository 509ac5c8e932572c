import type { Client } from '@elastic/elasticsearch';
import type { Article } from '@newsmill/contracts';
import { analysis } from '../analysis.ts';
import { sendBulk } from '../bulk.ts';
import { foldText } from '../folding.ts';
import { properties as articleProperties, type FieldMapping } from '../mapping.ts';
import { indexNames } from '../names.ts';
import { dropSideIndex, ensureSideIndex, type SideIndex, sideIndex } from '../side-index.ts';
import { unavailable } from '../unavailable.ts';
import { planSiteList, siteCursor } from './list-plan.ts';
import type { SiteIndex } from './port.ts';
import { cardsMax, rateDays, type SiteRecord, siteRecord } from './site-record.ts';

const text: FieldMapping = { type: 'text', analyzer: 'news_index', search_analyzer: 'news_search' };
const searchable: FieldMapping = { ...articleProperties.site?.properties?.name, fields: { words: text } };
const reference: FieldMapping = {
  properties: {
    id: { type: 'keyword' },
    url: { type: 'keyword', index: false, doc_values: false },
    headline: { type: 'text', index: false },
    datePublished: { type: 'date' },
  },
};

export function sitesIndex(prefix = ''): SideIndex {
  // Checks the prefix.
  indexNames(prefix);
  const site = articleProperties.site?.properties ?? {};
  const properties: Readonly<Record<string, FieldMapping>> = {
    id: { type: 'keyword' },
    site: { properties: { ...site, name: searchable, operator: searchable } },
    articles: { type: 'integer' },
    firstArticle: reference,
    lastArticle: reference,
    articlesPerDay: { type: 'float' },
    languages: { type: 'keyword' },
    updatedAt: { type: 'date' },
  };
  return sideIndex(`${prefix}sites`, 1, {
    settings: { number_of_shards: 1, auto_expand_replicas: '0-1', refresh_interval: '1s', analysis: analysis() },
    mappings: { dynamic: 'false', _meta: { managedBy: 'newsmill' }, properties },
  });
}

const dayMs = 86_400_000;
const domainsMax = 1_000;

interface TopHits<Source> {
  readonly hits: { readonly hits: readonly { readonly _source: Source }[] };
}
interface Bucket {
  readonly doc_count: number;
  readonly newest: TopHits<Pick<Article, 'site'>>;
  readonly dated: Readonly<Record<'first' | 'last', TopHits<Article>>>;
  readonly recent: { readonly doc_count: number };
  readonly languages: { readonly buckets: readonly { readonly printed: TopHits<Pick<Article, 'inLanguage'>> }[] };
}

type LateBucket = Pick<Bucket, 'newest'> & { readonly indexedAt: { readonly value: number | null } };
interface Answer<Each> {
  readonly sites: { readonly after_key?: Record<string, string>; readonly buckets: readonly Each[] };
}

/** Cards on Elasticsearch, behind the alias `sites`, learned from the alias `articles` beside it. */
export function createElasticsearchSites({
  client,
  prefix = '',
}: {
  readonly client: Client;
  readonly prefix?: string;
}): SiteIndex {
  const side = sitesIndex(prefix);
  const { alias: articles } = indexNames(prefix);
  const { alias } = side;

  async function recordsOf(domains: readonly string[], now: number): Promise<SiteRecord[]> {
    // A page may claim any year: these are years of news.
    const sane = { format: 'epoch_millis', gte: Date.UTC(1900, 0), lt: now + 2 * dayMs };
    const reference = ['id', 'url', 'headline', 'datePublished'];
    const one = (order: 'asc' | 'desc') => ({
      top_hits: { size: 1, sort: [{ datePublished: order }, { id: order }], _source: reference },
    });
    const { aggregations } = await client.search({
      index: articles,
      size: 0,
      track_total_hits: false,
      query: { terms: { 'site.domain': [...domains] } },
      aggs: {
        sites: {
          terms: { field: 'site.domain', size: domains.length },
          aggs: {
            newest: { top_hits: { size: cardsMax, sort: [{ fetchedAt: 'desc' }, { id: 'asc' }], _source: ['site'] } },
            dated: { filter: { range: { datePublished: sane } }, aggs: { first: one('asc'), last: one('desc') } },
            recent: { filter: { range: { datePublished: { ...sane, gte: now - rateDays * dayMs } } } },
            languages: {
              terms: { field: 'inLanguage', size: 10 },
              aggs: { printed: { top_hits: { size: 1, _source: ['inLanguage'] } } },
            },
          },
        },
      },
    });
    const { buckets } = (aggregations as unknown as Answer<Bucket>).sites;
    return buckets.flatMap((bucket) => {
      const figures = {
        cards: bucket.newest.hits.hits.map(({ _source }) => _source.site),
        articles: bucket.doc_count,
        first: bucket.dated.first.hits.hits[0]?._source,
        last: bucket.dated.last.hits.hits[0]?._source,
        recent: bucket.recent.doc_count,
        languages: bucket.languages.buckets.flatMap(({ printed }) => printed.hits.hits[0]?._source.inLanguage ?? []),
      };
      return siteRecord(figures, now) ?? [];
    });
  }

  return {
    ensure: () => ensureSideIndex(client, side),

    async learn(domains, now) {
      if (domains.length === 0) return;
      try {
        // What was just written counts as well.
        await client.indices.refresh({ index: articles });
        const records = await recordsOf(domains, now);
        const operations = records.flatMap((record) => [
          // Two indexers may learn a site at once: the later look wins.
          JSON.stringify({ index: { _id: record.id, version: now, version_type: 'external_gte' } }),
          JSON.stringify(record),
        ]);
        if (operations.length === 0) return;
        const verdicts = await sendBulk(client, { index: alias, require_alias: true }, operations);
        const failed = verdicts.find(({ type }) => type === 'retry' || type === 'rejected');
        if (failed !== undefined) throw new Error(`a card was not written: ${JSON.stringify(failed)}`);
      } catch (error) {
        unavailable('site cards')(error);
      }
    },

    async behind() {
      await client.indices.refresh({ index: articles });
      const found: string[] = [];
      let after: Record<string, string> | undefined;
      do {
        const { aggregations } = await client.search({
          index: articles,
          size: 0,
          track_total_hits: false,
          aggs: {
            sites: {
              composite: {
                size: 100,
                sources: [{ domain: { terms: { field: 'site.domain' } } }],
                ...(after === undefined ? {} : { after }),
              },
              aggs: {
                indexedAt: { max: { field: 'indexedAt' } },
                newest: { top_hits: { size: 1, _source: ['site.domain'] } },
              },
            },
          },
        });
        const { sites: page } = aggregations as unknown as Answer<LateBucket>;
        const sites = page.buckets.flatMap(({ indexedAt, newest }) => {
          const domain = newest.hits.hits[0]?._source.site.domain;
          return domain === undefined ? [] : [{ domain, indexedAt: indexedAt.value ?? 0 }];
        });
        if (sites.length > 0) {
          const { docs } = await client.mget<SiteRecord>({
            index: alias,
            ids: sites.map(({ domain }) => domain),
            _source: ['updatedAt'],
          });
          const known = new Map(
            docs.map((doc) => ['_source' in doc ? doc._id : '', '_source' in doc ? doc._source?.updatedAt : undefined]),
          );
          found.push(
            ...sites
              .filter(({ domain, indexedAt }) => Date.parse(known.get(domain) ?? '1970-01-01') <= indexedAt)
              .map(({ domain }) => domain),
          );
        }
        after = page.after_key;
      } while (after !== undefined && found.length < domainsMax);
      return found.slice(0, domainsMax);
    },

    async get(domain) {
      if (domain === '' || Buffer.byteLength(domain) > 512) return undefined;
      const answer = await client
        .get<SiteRecord>({ index: alias, id: domain.toLowerCase() }, { ignore: [404] })
        .catch(unavailable('site card'));
      return answer._source;
    },

    async list(params = {}) {
      const { q, size, after } = planSiteList(params);
      const words = { query: q, minimum_should_match: '1<50%' };
      const answer = await client
        .search<SiteRecord>({
          index: alias,
          ignore_unavailable: true,
          size: size + 1,
          query:
            q === ''
              ? { match_all: {} }
              : {
                  bool: {
                    should: [
                      { multi_match: { ...words, fields: ['site.name.words', 'site.operator.words'] } },
                      { prefix: { 'site.name': { value: foldText(q) } } },
                      { prefix: { id: { value: q.toLowerCase() } } },
                    ],
                  },
                },
          sort: [{ articles: 'desc' }, { id: 'asc' }],
          ...(after === undefined ? {} : { search_after: [...after] }),
        })
        .catch(unavailable('sites'));
      const records = answer.hits.hits.flatMap(({ _source }) => _source ?? []);
      const sites = records.slice(0, size);
      const last = sites.at(-1);
      const { total } = answer.hits;
      return {
        total: typeof total === 'number' ? total : (total?.value ?? 0),
        sites,
        ...(records.length > size && last !== undefined ? { nextCursor: siteCursor(last) } : {}),
      };
    },

    async refresh() {
      await client.indices.refresh({ index: alias });
    },
    drop: () => dropSideIndex(client, side),
  };
}
