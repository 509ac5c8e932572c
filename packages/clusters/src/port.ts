/** An article that asks for its place among the copies of its story. */
export interface ClaimRequest {
  /** URL id: 22 characters of base64url. */
  readonly id: string;
  /** Of its body, see core/fingerprint. */
  readonly fingerprint: string;
  /** Of the copies, the one with the smallest is first; see `rankOf`. */
  readonly rank: number;
}

export interface Claim {
  /** The id of the article that was there when the cluster began; it stays, whoever is first. */
  readonly clusterId: string;
  /** Whether the article is the first of its cluster now. */
  readonly first: boolean;
  /**
   * Articles (the claimant may be one of them) whose documents may still say the wrong thing about who is first, since a
   * claim has changed it; at most 100. Everyone who claims in the cluster is told, until `settle`: so a crash cannot lose it.
   */
  readonly owed: readonly string[];
}

/**
 * Who is a copy of whom, for the articles of the last `windowDays`. Each article is compared with those that share one of
 * its fingerprint's bands, and joins the cluster of the most similar one.
 *
 * A claim is atomic: of two copies that ask at the same moment, one begins the cluster and the other joins it. An article
 * keeps its cluster for as long as it is remembered, whatever becomes of its text. Clusters are never merged: a chain of
 * texts, each like the next, would make one story of all news. A copy that comes in the second half of the window takes
 * over the bands, so that a story is remembered for as long as it goes on being copied. Times are epoch milliseconds and come from the caller.
 */
export interface Clusters {
  /** The same article with the same rank gets the same answer, until another copy is put before it. */
  claim(request: ClaimRequest, now: number): Promise<Claim>;
  /** Who is first in a cluster of several; undefined while it has one member (who then is first) or is forgotten. */
  firstOf(clusterId: string): Promise<string | undefined>;
  /**
   * The document of `id` has been written. Ask `firstOf` once more afterwards: whoever writes last must look last, or two
   * writers at once leave the older answer in the index.
   */
  settle(clusterId: string, id: string): Promise<void>;
}

export interface ClustersOptions {
  /** Days that an article is remembered after its last claim, 1 to 365. */
  readonly windowDays: number;
}

export const windowDaysDefault = 30;
