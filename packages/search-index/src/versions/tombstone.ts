import type { Article } from '@newsmill/contracts';

/**
 * What stays of a removed article whose text is to go: its address and when it was gone. Something must stay: an older
 * write that comes late would bring the text back otherwise, for Elasticsearch forgets the version of what is deleted within a minute.
 */
export function tombstoneOf(article: Article & { readonly removedAt: string }): Article {
  const { id, url, site, type, contentHash, parserVersion, fetchedAt, firstSeenAt, firstIndexedAt } = article;
  const { version, sourceId, indexedAt, removedAt, clusterId, clusterFirst } = article;
  const kept = {
    ...{ id, url, site: { domain: site.domain }, type, headline: '', body: '', repairs: [], provenance: {} },
    ...{ contentHash, parserVersion, fetchedAt, firstSeenAt, firstIndexedAt, version, sourceId, indexedAt, removedAt },
    ...{ clusterId, clusterFirst },
  };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)) as unknown as Article;
}

export const isTombstone = ({ removedAt, headline, body }: Article): boolean =>
  removedAt !== undefined && headline === '' && body === '';
