import { createHash } from 'node:crypto';
import { fingerprint, fingerprintBands } from '@newsmill/core/fingerprint';
import { describe, expect, it } from 'vitest';
import type { Clusters, ClustersOptions } from './port.ts';
import { rankOf } from './rank.ts';

const dayMs = 86_400_000;
const t0 = Date.parse('2026-01-01T00:00:00Z');
export const idOf = (name: string): string => createHash('sha256').update(name).digest('base64url').slice(0, 22);

/** A story of its own: 40 sentences that depend on `seed`, of which `kept` are printed. */
export function printOf(seed: string, kept: (sentence: number) => boolean = () => true): string {
  const sentences = Array.from({ length: 40 }, (_, n) => {
    const words = createHash('sha256').update(`${seed}/${n}`).digest();
    return Array.from(words, (byte, at) => String.fromCharCode(0x4e00 + byte * 37 + (at % 7) * 11)).join('');
  });
  const text = sentences.filter((_, n) => kept(n)).join('。');
  return fingerprint(text) ?? '';
}

const ranked = (over: Partial<Parameters<typeof rankOf>[0]> = {}) =>
  rankOf({ datePublished: '2026-01-01T08:00:00+08:00', firstSeenAt: '2026-01-01T01:00:00Z', repairs: [], ...over });

/** What every `Clusters` does, in memory or in Redis. `create` gives an empty one. */
export function clustersConformance(name: string, create: (options: ClustersOptions) => Promise<Clusters>): void {
  const empty = () => create({ windowDays: 30 });
  const story = printOf('story');
  const shorter = printOf('story', (n) => n > 3);
  const claimOf = (id: string, print: string, rank = t0) => ({ id: idOf(id), fingerprint: print, rank });

  describe(`${name}: clusters`, () => {
    it('lets an article without copies be its own cluster, and its first, as often as it asks', async () => {
      const clusters = await empty();
      const alone = { clusterId: idOf('a'), first: true, owed: [] };
      expect(await clusters.claim(claimOf('a', story), t0)).toEqual(alone);
      expect(await clusters.claim(claimOf('a', story), t0 + 5)).toEqual(alone);
      expect(await clusters.claim(claimOf('b', printOf('other')), t0)).toEqual({ ...alone, clusterId: idOf('b') });
      expect(await clusters.firstOf(idOf('a'))).toBeUndefined();
    });

    it('puts copies together, the earlier one first', async () => {
      const clusters = await empty();
      await clusters.claim(claimOf('a', story, t0), t0);
      const later = await clusters.claim(claimOf('b', shorter, t0 + 1), t0);
      expect(later).toEqual({ clusterId: idOf('a'), first: false, owed: [] });
      expect(await clusters.firstOf(idOf('a'))).toBe(idOf('a'));
    });

    it('hands the first place over, and tells of it until it is settled', async () => {
      const clusters = await empty();
      await clusters.claim(claimOf('a', story, t0), t0);
      const earlier = await clusters.claim(claimOf('b', shorter, t0 - 1), t0);
      expect(earlier).toMatchObject({ clusterId: idOf('a'), first: true });
      expect([...earlier.owed].sort()).toEqual([idOf('a'), idOf('b')].sort());
      // As after a crash: the same claim again tells the same.
      expect((await clusters.claim(claimOf('b', shorter, t0 - 1), t0)).owed.length).toBe(2);
      expect((await clusters.claim(claimOf('a', story, t0), t0)).first).toBe(false);
      await clusters.settle(idOf('a'), idOf('a'));
      expect((await clusters.claim(claimOf('c', story, t0 + 9), t0)).owed).toEqual([idOf('b')]);
      await clusters.settle(idOf('a'), idOf('b'));
      expect((await clusters.claim(claimOf('c', story, t0 + 9), t0)).owed).toEqual([]);
    });

    it('has a clean copy before a mangled one and a present one before a removed one', async () => {
      const clusters = await empty();
      const mangled = ranked({ datePublished: '2025-12-01T00:00:00Z', repairs: ['pinyin-gloss'] });
      expect(await clusters.claim(claimOf('m', story, mangled), t0)).toMatchObject({ first: true });
      const clean = await clusters.claim(claimOf('a', story, ranked()), t0);
      expect(clean).toMatchObject({ clusterId: idOf('m'), first: true });
      expect(clean.owed).toContain(idOf('m'));
      const gone = await clusters.claim(claimOf('a', story, ranked({ removedAt: '2026-01-02T00:00:00Z' })), t0);
      expect(gone).toMatchObject({ clusterId: idOf('m'), first: false });
      expect(gone.owed).toContain(idOf('m'));
      expect(await clusters.firstOf(idOf('m'))).toBe(idOf('m'));
    });

    it('makes one cluster of copies that come at the same moment', async () => {
      const clusters = await empty();
      const ids = Array.from({ length: 40 }, (_, n) => `copy-${n}`);
      const claims = await Promise.all(
        ids.map((id, n) => clusters.claim(claimOf(id, n % 2 === 0 ? story : shorter, t0 - n), t0)),
      );
      expect(new Set(claims.map(({ clusterId }) => clusterId)).size).toBe(1);
      const clusterId = claims[0]?.clusterId ?? '';
      expect(await clusters.firstOf(clusterId)).toBe(idOf('copy-39'));
      const again = await Promise.all(ids.map((id, n) => clusters.claim(claimOf(id, story, t0 - n), t0)));
      expect(again.map((claim, n) => [claim.clusterId, claim.first, n])).toEqual(
        ids.map((_, n) => [clusterId, n === 39, n]),
      );
    });

    it('takes the smaller id of two that are equal, whichever comes first', async () => {
      const first = [idOf('a'), idOf('b')].sort()[0];
      for (const order of [['a', 'b'] as const, ['b', 'a'] as const]) {
        const clusters = await empty();
        for (const id of order) await clusters.claim(claimOf(id, story), t0);
        expect(await clusters.firstOf(idOf(order[0]))).toBe(first);
      }
    });

    it('leaves an article in its cluster when its text changes', async () => {
      const clusters = await empty();
      await clusters.claim(claimOf('a', story, t0), t0);
      await clusters.claim(claimOf('b', shorter, t0 + 1), t0);
      const changed = printOf('quite another text');
      expect(await clusters.claim(claimOf('b', changed, t0 + 1), t0)).toMatchObject({
        clusterId: idOf('a'),
        first: false,
      });
      // And is found by its new text.
      expect((await clusters.claim(claimOf('c', changed, t0 + 2), t0)).clusterId).toBe(idOf('a'));
    });

    it('tells apart what merely shares a band, and lets both be found', async () => {
      const clusters = await empty();
      const stranger = story.slice(0, 6) + printOf('stranger').slice(6);
      expect(fingerprintBands(stranger)[0]).toBe(fingerprintBands(story)[0]);
      await clusters.claim(claimOf('a', story), t0);
      expect((await clusters.claim(claimOf('b', stranger), t0)).clusterId).toBe(idOf('b'));
      expect((await clusters.claim(claimOf('c', shorter), t0)).clusterId).toBe(idOf('a'));
      expect((await clusters.claim(claimOf('d', stranger), t0)).clusterId).toBe(idOf('b'));
    });

    it('forgets an article after the window, but not a story that goes on being copied', async () => {
      const clusters = await create({ windowDays: 10 });
      await clusters.claim(claimOf('a', story), t0);
      await clusters.claim(claimOf('x', printOf('other')), t0);
      expect((await clusters.claim(claimOf('b', story), t0 + 8 * dayMs)).clusterId).toBe(idOf('a'));
      expect((await clusters.claim(claimOf('c', story), t0 + 15 * dayMs)).clusterId).toBe(idOf('a'));
      expect((await clusters.claim(claimOf('y', printOf('other')), t0 + 11 * dayMs)).clusterId).toBe(idOf('y'));
      expect((await clusters.claim(claimOf('d', story), t0 + 40 * dayMs)).clusterId).toBe(idOf('d'));
    });
  });
}
