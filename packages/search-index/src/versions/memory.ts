import { documentVersion } from '../bulk.ts';
import type { ArticleVersion } from './article-version.ts';
import { listedMax, type VersionIndex } from './port.ts';

/** Former states in memory, for tests and one-off runs. */
export function createMemoryVersions(): VersionIndex {
  const documents = new Map<string, ArticleVersion>();
  return {
    ensure: async () => undefined,
    async write(versions) {
      for (const version of versions) documents.set(version.id, JSON.parse(JSON.stringify(version)));
      return versions.map(() => ({ type: 'indexed' }));
    },
    list: async (articleId) =>
      [...documents.values()]
        .filter((version) => version.articleId === articleId)
        .sort((a, b) => documentVersion(b) - documentVersion(a))
        .slice(0, listedMax),
    removeOf: async (articleId) => {
      for (const [id, version] of documents) if (version.articleId === articleId) documents.delete(id);
    },
    refresh: async () => undefined,
    drop: async () => documents.clear(),
  };
}
