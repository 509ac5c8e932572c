import type { Source } from '@newsmill/contracts';
import { compileScope, type Scope } from '@newsmill/core';
import type { Frontier } from './port.ts';

/** A change to a source takes effect within this time. */
const ttlMs = 5_000;

export interface KnownSource {
  readonly source: Source;
  readonly scope: Scope;
}

export interface SourceCache {
  get(id: string, now: number): Promise<KnownSource | undefined>;
}

/** Sources as the frontier knows them, a few seconds old at most: asked for with every URL, changed once a month. */
export function createSourceCache(frontier: Pick<Frontier, 'getSource'>): SourceCache {
  const cache = new Map<string, { readonly known: KnownSource; readonly until: number }>();
  return {
    async get(id, now) {
      const near = cache.get(id);
      if (near !== undefined && near.until > now) return near.known;
      const source = await frontier.getSource(id);
      if (source === undefined) {
        // An answer that is not there is asked for again at once: it may have been added this moment.
        cache.delete(id);
        return undefined;
      }
      const known = { source, scope: compileScope(source) };
      cache.set(id, { known, until: now + ttlMs });
      return known;
    },
  };
}
