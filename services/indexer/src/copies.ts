import { type Clusters, rankOf } from '@newsmill/clusters';
import type { Article } from '@newsmill/contracts';
import type { ArticleIndex } from '@newsmill/search-index';
import type { BulkWriter } from './bulk-writer.ts';

/** Where an article stands among the copies of its story. */
export interface ClaimedPlace {
  readonly fields: { readonly clusterId: string; readonly clusterFirst: boolean };
  /** Articles whose documents may say the wrong thing about who is first. */
  readonly owed: readonly string[];
}

export interface Copies {
  /** Before the document is written. Too little text to compare is a cluster of its own. */
  claim(article: Article): Promise<ClaimedPlace>;
  /**
   * After it was written: puts right what the index says about who is first, for this article and for those owed. Until it
   * has returned, the job must not be completed; running it again does no harm.
   */
  confirm(document: Article, owed: readonly string[], signal: AbortSignal): Promise<void>;
  /** Elasticsearch refused the document: it must not be the first of copies that are there. */
  withdraw(document: Article, signal: AbortSignal): Promise<void>;
}

export interface CopiesDeps {
  readonly clusters: Clusters;
  readonly index: Pick<ArticleIndex, 'get'>;
  readonly writer: Pick<BulkWriter, 'write'>;
  readonly clock: () => number;
}

/** The first place changes hands while copies pour in; each round is one that another writer won. */
const roundsMax = 50;
/** After every article that is in the index. */
const withdrawnRank = 1e15;

/**
 * Documents and clusters lie in two stores, so that a document may be written with what was true a moment ago. Every writer
 * therefore looks once more after its write and writes again if the truth has moved: whoever writes last looks last.
 */
export function createCopies({ clusters, index, writer, clock }: CopiesDeps): Copies {
  /** `written`: what the document says about itself, if that is known. */
  async function correct(id: string, clusterId: string, written: boolean | undefined, signal: AbortSignal) {
    let said = written;
    for (let round = 0; round < roundsMax; round += 1) {
      const isFirst = ((await clusters.firstOf(clusterId)) ?? id) === id;
      if (said === isFirst) return;
      const stored = await index.get(id);
      // Not written yet: whoever writes it looks afterwards, as we do.
      if (stored === undefined || stored.article.clusterId !== clusterId) return;
      said = stored.article.clusterFirst;
      if (said === isFirst) return;
      // Under the version that it has: a newer state, which has an indexer of its own, stays.
      const verdict = await writer.write({ ...stored.article, clusterFirst: isFirst }, { signal });
      if (verdict.type !== 'indexed') return;
      said = isFirst;
    }
    throw new Error(`who is first in cluster ${clusterId} changed ${roundsMax} times while ${id} was being corrected`);
  }

  async function settle(id: string, clusterId: string, owed: readonly string[], signal: AbortSignal): Promise<void> {
    for (const other of owed) {
      if (other !== id) await correct(other, clusterId, undefined, signal);
      await clusters.settle(clusterId, other);
      // What changed hands before it was settled may not have been told to anybody else.
      await correct(other, clusterId, undefined, signal);
    }
  }

  return {
    async claim(article) {
      const { id, fingerprint } = article;
      if (fingerprint === undefined) return { fields: { clusterId: id, clusterFirst: true }, owed: [] };
      const { clusterId, first, owed } = await clusters.claim({ id, fingerprint, rank: rankOf(article) }, clock());
      return { fields: { clusterId, clusterFirst: first }, owed };
    },

    async withdraw({ id, fingerprint }, signal) {
      if (fingerprint === undefined) return;
      const { clusterId, owed } = await clusters.claim({ id, fingerprint, rank: withdrawnRank }, clock());
      await settle(id, clusterId, owed, signal);
    },

    async confirm({ id, clusterId, clusterFirst, fingerprint }, owed, signal) {
      if (clusterId === undefined || fingerprint === undefined) return;
      await correct(id, clusterId, clusterFirst, signal);
      await settle(id, clusterId, owed, signal);
    },
  };
}
