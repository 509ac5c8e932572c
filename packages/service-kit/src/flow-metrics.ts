import type { Article } from '@newsmill/contracts';
import { Counter, Histogram, type Registry } from 'prom-client';

const minute = 60;
const hour = 60 * minute;
/** What is older when it is found was not found late: it comes from an archive page or a first crawl. */
const lateMaxMs = 2 * 24 * hour * 1_000;
/** Sites that get a series of their own in one process. */
const sitesMax = 200;

export interface ArticleMetrics {
  /** An article that Elasticsearch has now, at `now` in milliseconds since 1970, beside what it had before. */
  observe(article: Article, state: 'new' | 'changed' | 'same', now: number): void;
}

/**
 * How fresh what searchers find is, and what each site yields. Only the first state of an article counts for freshness, and
 * the time since publication only where the page prints a time of day.
 */
export function addArticleMetrics(registry: Registry): ArticleMetrics {
  const articles = new Counter({
    name: 'newsmill_articles_total',
    help: `Articles written to the index, by site (the first ${sitesMax}; then "other") and whether they are new, changed or as before.`,
    labelNames: ['site', 'state'],
    registers: [registry],
  });
  const freshness = new Histogram({
    name: 'newsmill_freshness_seconds',
    help: 'Time from publication to fetch, from fetch to searchable, and from publication to searchable, for new articles not older than two days.',
    labelNames: ['step'],
    buckets: [
      1,
      5,
      15,
      30,
      minute,
      2 * minute,
      5 * minute,
      15 * minute,
      30 * minute,
      hour,
      2 * hour,
      6 * hour,
      24 * hour,
    ],
    registers: [registry],
  });
  const sites = new Set<string>();
  return {
    observe(article, state, now) {
      const { domain } = article.site;
      if (sites.size < sitesMax) sites.add(domain);
      articles.inc({ site: sites.has(domain) ? domain : 'other', state });
      if (state !== 'new') return;
      const fetched = Date.parse(article.fetchedAt ?? '');
      if (Number.isFinite(fetched))
        freshness.observe({ step: 'fetched_to_searchable' }, Math.max(0, now - fetched) / 1_000);
      if (article.datePublishedPrecision !== 'minute' && article.datePublishedPrecision !== 'second') return;
      const published = Date.parse(article.datePublished ?? '');
      if (!Number.isFinite(published) || now - published > lateMaxMs) return;
      freshness.observe({ step: 'published_to_searchable' }, Math.max(0, now - published) / 1_000);
      if (Number.isFinite(fetched))
        freshness.observe({ step: 'published_to_fetched' }, Math.max(0, fetched - published) / 1_000);
    },
  };
}

/** Counts what became of requests: `ok`, `unchanged`, `redirect`, or the reason why not; and the bytes that came. */
export function addFetchMetrics(registry: Registry): (outcome: string, bytes: number) => void {
  const fetches = new Counter({
    name: 'newsmill_fetches_total',
    help: 'Requests by what became of them.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const received = new Counter({
    name: 'newsmill_fetched_bytes_total',
    help: 'Bytes of bodies as they came over the wire.',
    registers: [registry],
  });
  return (outcome, bytes) => {
    fetches.inc({ outcome });
    received.inc(bytes);
  };
}

export interface BulkMetrics {
  /** One `_bulk` request that was answered or failed. */
  observe(seconds: number, documents: number, failed: boolean): void;
}

/** How Elasticsearch answers the indexer. */
export function addBulkMetrics(registry: Registry): BulkMetrics {
  const duration = new Histogram({
    name: 'newsmill_bulk_seconds',
    help: 'How long a _bulk request took, failed ones included.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const documents = new Counter({
    name: 'newsmill_bulk_documents_total',
    help: 'Documents in _bulk requests, by whether the request was answered.',
    labelNames: ['answered'],
    registers: [registry],
  });
  return {
    observe(seconds, count, failed) {
      duration.observe(seconds);
      documents.inc({ answered: failed ? 'no' : 'yes' }, count);
    },
  };
}
