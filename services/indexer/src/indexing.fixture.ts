import { createHash } from 'node:crypto';
import type { Archive } from '@newsmill/archive';
import { type Clusters, createMemoryClusters } from '@newsmill/clusters';
import type { Article, IndexJob, RemoveJob } from '@newsmill/contracts';
import { createMemoryFrontier } from '@newsmill/frontier';
import {
  type ArticleIndex,
  type ArticleVersion,
  createMemoryIndex,
  createMemoryVersions,
  type RemovedPolicy,
  type VersionIndex,
} from '@newsmill/search-index';
import type { StageContext } from '@newsmill/service-kit';
import { createBulkWriter } from './bulk-writer.ts';
import { createCopies } from './copies.ts';
import { createIndex } from './index-article.ts';
import { createRemove } from './remove-article.ts';

export const idOf = (url: string): string => createHash('sha256').update(url).digest('base64url').slice(0, 22);

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** A fingerprint of a story of that name: copies have the same. */
export const printOf = (story: string): string =>
  Array.from({ length: 96 }, (_, at) =>
    digits.charAt((createHash('sha256').update(`${story}/${at}`).digest()[0] ?? 0) % 64),
  ).join('');

export const articleOf = (name: string, over: Partial<Article> = {}): Article => {
  const url = `https://${name}.example/1`;
  return {
    id: idOf(url),
    url,
    site: { domain: `${name}.example` },
    type: 'article',
    headline: `Headline of ${name}`,
    body: 'First.\n\nSecond.',
    repairs: [],
    provenance: {},
    contentHash: `hash of ${name}`,
    fingerprint: printOf('story'),
    parserVersion: '1',
    fetchedAt: '2026-03-01T00:00:00Z',
    firstSeenAt: '2026-03-01T00:00:00Z',
    version: 1,
    ...over,
  };
};

const context: StageContext = {
  signal: new AbortController().signal,
  stopping: new AbortController().signal,
  attempt: 1,
  note: () => undefined,
};

export interface Stores {
  readonly index?: ArticleIndex;
  readonly versions?: VersionIndex;
  readonly clusters?: Clusters;
  readonly policy?: RemovedPolicy;
}

/** The indexer's handlers over stores in memory, or over those given. */
export function createIndexing({ policy, ...stores }: Stores = {}) {
  const { index = createMemoryIndex(), versions = createMemoryVersions(), clusters = createMemoryClusters() } = stores;
  /** What happens right before the next write of an article, and may fail it. */
  const faults: (() => unknown)[] = [];
  const writer = createBulkWriter({ index, lingerMs: 1 });
  const failing = {
    ...writer,
    write: async (article: Article, options?: object) => {
      await faults.shift()?.();
      return writer.write(article, options);
    },
  };
  const versionWriter = createBulkWriter({
    index: { write: (documents) => versions.write(documents as readonly ArticleVersion[]) },
    lingerMs: 1,
  });
  const clock = () => Date.parse('2026-03-02T00:00:00Z');
  const copies = createCopies({ clusters, index, writer: failing, clock });
  // None of these articles is large enough for the archive.
  const archive = {} as Archive;
  const frontier = createMemoryFrontier();
  const index_ = createIndex({ frontier, archive, index, writer: failing, versionWriter, copies, clock });
  const remove_ = createRemove({
    index,
    writer: failing,
    copies,
    versions,
    clock,
    ...(policy === undefined ? {} : { policy }),
  });
  return {
    index,
    versions,
    clusters,
    faults,
    async add(article: Article, generation = article.version ?? 1, more: Pick<IndexJob, 'replayed'> = {}) {
      const payload = { type: 'inline', article } as const;
      const job: IndexJob = { v: 1, urlId: article.id, hostId: 'host', generation, payload, ...more };
      return index_(job, context);
    },
    async remove(article: Article, removedAt: string) {
      const job: RemoveJob = {
        v: 1,
        urlId: article.id,
        hostId: 'host',
        generation: 1,
        reason: 'http_404',
        removedAt,
      };
      return remove_(job, context);
    },
    get: async (article: Article) => (await index.get(article.id))?.article,
  };
}
