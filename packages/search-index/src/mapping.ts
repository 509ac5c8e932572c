import { mappingVersion } from './names.ts';

/** A field as Elasticsearch prints it back, so that `checkIndex` can compare without a table of defaults. */
export interface FieldMapping {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, FieldMapping>>;
  readonly [option: string]: unknown;
}

/** An exact value that filters and facets use; longer values are kept in the document but not indexed. */
const keyword = (ignoreAbove = 512): FieldMapping => ({ type: 'keyword', ignore_above: ignoreAbove });
/** The same, found in either script, width and case. */
const folded: FieldMapping = { type: 'keyword', ignore_above: 512, normalizer: 'folded' };
const text: FieldMapping = {
  type: 'text',
  analyzer: 'news_index',
  search_analyzer: 'news_search',
  search_quote_analyzer: 'news_phrase',
};
/** A headline can be found by its sound as well, and its unstemmed words serve spelling and completion. */
const headline: FieldMapping = {
  ...text,
  fields: {
    sound: { type: 'text', analyzer: 'news_sound' },
    spelling: { type: 'text', analyzer: 'news_spelling' },
  },
};
const date: FieldMapping = { type: 'date' };
/** In the document, not searchable. */
const kept: FieldMapping = { type: 'keyword', index: false, doc_values: false };
const keptText: FieldMapping = { type: 'text', index: false };
const keptObject: FieldMapping = { type: 'object', enabled: false };

/**
 * Every field of contracts/article.ts (a test compares them). `dynamic: false`: a field that is not here stays in the
 * document but costs no mapping, so that no page can grow the mapping.
 */
export const properties: Readonly<Record<string, FieldMapping>> = {
  id: keyword(),
  url: keyword(2048),
  canonicalUrl: keyword(2048),
  site: {
    properties: {
      name: folded,
      domain: folded,
      operator: folded,
      licences: {
        properties: {
          newsService: keyword(),
          icp: keyword(),
          business: keyword(),
          broadcastProduction: keyword(),
          valueAddedTelecom: keyword(),
        },
      },
      legalCounsel: { properties: { name: folded, phone: keyword() } },
      reportPhones: keyword(),
      copyrightYears: { type: 'integer' },
      logo: kept,
      feeds: keyword(2048),
    },
  },
  type: keyword(),
  headline,
  alternativeHeadline: text,
  description: text,
  body: text,
  bodyHtml: keptText,
  // Nested, so that a name and its role can be asked for together; flat as well, so that `contributors.name:…` just works.
  contributors: { type: 'nested', include_in_parent: true, properties: { name: folded, role: keyword() } },
  publisher: { properties: { name: folded, domain: folded } },
  sourceChain: folded,
  dateline: { properties: { agency: folded, place: folded, date } },
  datePublished: date,
  datePublishedPrecision: keyword(),
  dateModified: date,
  sectionPath: folded,
  keywords: folded,
  inLanguage: folded,
  // The address makes `exists` work: articles with pictures.
  images: { properties: { url: keyword(2048), caption: kept, width: kept, height: kept } },
  copyrightNotice: keptText,
  isAccessibleForFree: { type: 'boolean' },
  repairs: keyword(),
  provenance: keptObject,
  contentHash: keyword(),
  fingerprint: kept,
  parserVersion: keyword(),
  captureRef: keyword(1024),
  fetchedAt: date,
  firstSeenAt: date,
  version: { type: 'integer' },
  sourceId: keyword(),
  indexedAt: date,
  firstIndexedAt: date,
  origin: folded,
  removedAt: date,
  clusterId: keyword(),
  clusterFirst: { type: 'boolean' },
};

export const mappings = {
  dynamic: 'false',
  _meta: { managedBy: 'newsmill', mappingVersion },
  properties,
};

/** Dotted path → type of every leaf: what a searcher can name in a query. */
export function fieldTypes(fields: Readonly<Record<string, FieldMapping>> = properties, path = ''): [string, string][] {
  return Object.entries(fields).flatMap(([name, field]): [string, string][] => {
    const own: [string, string][] = field.type === undefined ? [] : [[path + name, field.type]];
    return field.properties === undefined ? own : [...own, ...fieldTypes(field.properties, `${path}${name}.`)];
  });
}
