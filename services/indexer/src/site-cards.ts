import type { Article } from '@newsmill/contracts';
import type { SiteIndex } from '@newsmill/search-index';

export interface SiteCards extends AsyncDisposable {
  /** An article of this site was written: its card is to be learned anew, soon. */
  note(article: Pick<Article, 'site'>): void;
  /** Learns what was noted. Resolves when that has been tried; for tests and for the end. */
  flush(): Promise<void>;
}

export interface SiteCardsDeps {
  readonly sites: Pick<SiteIndex, 'learn' | 'behind'>;
  readonly clock: () => number;
  /** Between two looks at what was noted: a busy site costs one aggregation each time. */
  readonly intervalMs?: number;
  readonly onTrouble: (error: unknown) => void;
}

/** Sites of one aggregation. */
const batchMax = 50;
/** What is noted beyond is found by the next look for cards that are behind. */
const notedMax = 10_000;
/** Between two looks for cards that are behind: another process may have died with its notes. */
const sweepMs = 3_600_000;

/**
 * Keeps the cards of sites up to date while articles come in. A card is made from what the index holds and nothing else, so
 * that losing all notes costs time only: cards that are behind are looked for at the start and every hour.
 */
export function keepSiteCards({ sites, clock, intervalMs = 10_000, onTrouble }: SiteCardsDeps): SiteCards {
  const noted = new Set<string>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  let working: Promise<void> = Promise.resolve();

  async function learn(): Promise<void> {
    if (clock() - sweptAt >= sweepMs) {
      for (const domain of await sites.behind()) noted.add(domain);
      sweptAt = clock();
    }
    while (noted.size > 0) {
      const batch = [...noted].slice(0, batchMax);
      for (const domain of batch) noted.delete(domain);
      try {
        await sites.learn(batch, clock());
      } catch (error) {
        for (const domain of batch) noted.add(domain);
        throw error;
      }
    }
  }
  const flush = (): Promise<void> => {
    working = working.then(learn).catch(onTrouble);
    return working;
  };
  const timer = setInterval(() => void flush(), intervalMs);
  return {
    note({ site }) {
      if (noted.size < notedMax) noted.add(site.domain);
    },
    flush,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await Promise.race([flush(), new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
    },
  };
}
