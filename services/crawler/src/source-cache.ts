import type { Source } from '@newsmill/contracts';
import type { Frontier } from '@newsmill/frontier';

/** A change to a source takes effect within this time. */
const ttlMs = 5_000;

export interface SourceCache {
  get(id: string, now: number): Promise<Source | undefined>;
}

/** Sources as the frontier knows them, a few seconds old at most: asked for with every URL, changed once a month. */
export function createSourceCache(frontier: Frontier): SourceCache {
  const cache = new Map<string, { readonly source: Source | undefined; readonly until: number }>();
  return {
    async get(id, now) {
      const known = cache.get(id);
      if (known !== undefined && known.until > now) return known.source;
      const source = await frontier.getSource(id);
      // An answer that is not there is asked for again at once: it may have been added this moment.
      if (source === undefined) cache.delete(id);
      else cache.set(id, { source, until: now + ttlMs });
      return source;
    },
  };
}
