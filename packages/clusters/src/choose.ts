import { sameStoryMin, similarity } from '@newsmill/core/fingerprint';
import type { ArticleRecord } from './record.ts';

export interface Choice {
  /** The copy whose cluster the article joins. */
  readonly target: ArticleRecord | undefined;
  /** Those that merely share a band: they keep what else they have, the newer article gets this. */
  readonly strangers: ReadonlySet<string>;
}

/** Of the articles that share a band: the most similar copy, and of equal ones the one of the earlier cluster id. */
export function chooseCluster(fingerprint: string, candidates: readonly ArticleRecord[]): Choice {
  const strangers = new Set<string>();
  let target: ArticleRecord | undefined;
  let best = 0;
  for (const candidate of candidates) {
    const value = similarity(fingerprint, candidate.fingerprint);
    if (value < sameStoryMin) strangers.add(candidate.id);
    else if (target === undefined || value > best || (value === best && candidate.clusterId < target.clusterId)) {
      target = candidate;
      best = value;
    }
  }
  return { target, strangers };
}
