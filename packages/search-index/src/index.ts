export { type Arrival, type ArrivalRange, arrivalsMax, planArrivals } from './arrivals.ts';
export * from './build-search.ts';
export { documentVersion, toDocument } from './bulk.ts';
export type { Completion } from './complete.ts';
export type { IndexSizing } from './definition.ts';
export { indexDefinition, templateDefinition } from './definition.ts';
export * from './elasticsearch.ts';
export * from './errors.ts';
export { type FacetName, type Facets, type FacetValue, facetNames } from './facets.ts';
export { type IndexName, indexFamilies } from './families.ts';
export { foldText } from './folding.ts';
export { withoutControls } from './fragment.ts';
export { createElasticsearchInventory, type IndexedDocument, type IndexInventory } from './inventory.ts';
export { fieldTypes, mappings } from './mapping.ts';
export { createMemoryIndex } from './memory.ts';
export { type IndexNames, indexNames, mappingVersion } from './names.ts';
export type * from './port.ts';
export { type ParsedQuery, parseQuery } from './query-parser.ts';
export type { StoredDocument } from './reindex/change-feed.ts';
export { type ChangedArticle, compareIndices, type IndexDifference } from './reindex/difference.ts';
export { ReindexFailedError, ReindexRefusedError } from './reindex/errors.ts';
export { type IndexInspection, inspectIndex } from './reindex/inspect.ts';
export type { ReindexProgress, ReindexStep } from './reindex/progress.ts';
export {
  abandonReindex,
  type FilledReport,
  type ReindexOptions,
  type ReindexReport,
  reindex,
  unfinishedRewriting,
} from './reindex/reindex.ts';
export type { RewritePlan, Rewriting, Rewritten } from './reindex/rewriting.ts';
export {
  filterFields,
  type HighlightParams,
  pageSizeMax,
  planSearch,
  type SearchParams,
  type SearchPlan,
  type SortOrder,
} from './search-params.ts';
export { createElasticsearchSites } from './sites/elasticsearch.ts';
export { createMemorySites } from './sites/memory.ts';
export type { SiteIndex, SiteList, SiteListParams } from './sites/port.ts';
export type { SiteRecord } from './sites/site-record.ts';
export { type ArticleVersion, changesOf, formerVersion, type VersionChanges } from './versions/article-version.ts';
export { compareBodies, type ParagraphChange } from './versions/compare-bodies.ts';
export { createElasticsearchVersions } from './versions/elasticsearch.ts';
export { createMemoryVersions } from './versions/memory.ts';
export type { VersionIndex } from './versions/port.ts';
export { applyRemovedPolicy, type RemovedPolicy, removedWithText } from './versions/removed-policy.ts';
export { isTombstone, tombstoneOf } from './versions/tombstone.ts';
