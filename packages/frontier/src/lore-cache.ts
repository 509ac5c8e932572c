import { type Lore, noLore } from '@newsmill/core';
import type { HostLore } from './lore.ts';

/** What one process knows of its hosts' lore: reads a little late, counts up in the background, and never fails. */
export interface LoreCache extends AsyncDisposable {
  of(hostId: string): Promise<Lore>;
  note(hostId: string, fields: readonly string[]): void;
}

export interface LoreCacheOptions {
  readonly store: HostLore;
  readonly clock: () => number;
  /** Lore is read again after this long, and counts are handed on as often. */
  readonly freshMs?: number;
  readonly onError: (error: unknown) => void;
}

/** Hosts kept in the process. */
const hostsMax = 2_000;

export function createLoreCache({ store, clock, freshMs = 2_000, onError }: LoreCacheOptions): LoreCache {
  const known = new Map<string, { readonly lore: Lore; readonly readAt: number }>();
  let noted = new Map<string, Map<string, number>>();
  let handing: Promise<void> = Promise.resolve();

  async function handOn(): Promise<void> {
    const counts = noted;
    noted = new Map();
    for (const [hostId, fields] of counts) await store.add(hostId, fields).catch(onError);
  }
  const timer = setInterval(() => {
    handing = handing.then(handOn);
  }, freshMs);
  timer.unref();

  return {
    async of(hostId) {
      const near = known.get(hostId);
      if (near !== undefined && clock() - near.readAt < freshMs) return near.lore;
      const lore = await store.read(hostId).catch((error: unknown) => {
        onError(error);
        return near?.lore ?? noLore;
      });
      known.delete(hostId);
      known.set(hostId, { lore, readAt: clock() });
      if (known.size > hostsMax) known.delete(known.keys().next().value ?? '');
      return lore;
    },
    note(hostId, fields) {
      if (fields.length === 0 || (noted.size >= hostsMax && !noted.has(hostId))) return;
      const own = noted.get(hostId) ?? new Map<string, number>();
      noted.set(hostId, own);
      for (const field of fields) own.set(field, (own.get(field) ?? 0) + 1);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await handing;
      await handOn();
    },
  };
}
