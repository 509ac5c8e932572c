import { fingerprintBands } from '@newsmill/core/fingerprint';
import { chooseCluster } from './choose.ts';
import { type Clusters, type ClustersOptions, windowDaysDefault } from './port.ts';
import { type ArticleRecord, dayOf } from './record.ts';

/** Clusters inside one process, for unit tests and one-off runs; nothing is forgotten but by the window. */
export function createMemoryClusters({ windowDays }: ClustersOptions = { windowDays: windowDaysDefault }): Clusters {
  const records = new Map<string, ArticleRecord>();
  const bands = new Map<string, { readonly id: string; readonly day: number }>();
  const members = new Map<string, Map<string, number>>();
  const owed = new Map<string, Set<string>>();

  const firstOf = (clusterId: string): string | undefined =>
    [...(members.get(clusterId) ?? [])].sort(([a, rankA], [b, rankB]) => rankA - rankB || (a < b ? -1 : 1))[0]?.[0];

  return {
    async claim({ id, fingerprint, rank }, now) {
      const today = dayOf(now);
      const remembered = (day: number): boolean => day >= today - windowDays;
      const record = records.get(id);
      const known = record !== undefined && remembered(record.day) ? record : undefined;

      const keys = fingerprintBands(fingerprint);
      const holderOf = (key: string): ArticleRecord | undefined => {
        const band = bands.get(key);
        const holder = band === undefined || !remembered(band.day) ? undefined : records.get(band.id);
        return holder !== undefined && remembered(holder.day) ? holder : undefined;
      };
      const holders = new Set(keys.flatMap((key) => holderOf(key) ?? []).filter((holder) => holder.id !== id));
      const { target, strangers } = chooseCluster(fingerprint, [...holders]);
      const joined = known === undefined ? target : undefined;
      const clusterId = known?.clusterId ?? joined?.clusterId ?? id;
      for (const key of keys) {
        const holder = holderOf(key);
        const tired = (bands.get(key)?.day ?? 0) < today - Math.floor(windowDays / 2);
        if (holder === undefined || holder.id === id || strangers.has(holder.id) || tired) {
          bands.set(key, { id, day: today });
        }
      }
      records.set(id, { id, clusterId, rank, day: today, fingerprint });

      if (joined !== undefined) {
        const cluster = members.get(clusterId) ?? new Map<string, number>();
        members.set(clusterId, cluster);
        if (!cluster.has(joined.id)) cluster.set(joined.id, joined.rank);
      }
      const before = firstOf(clusterId);
      if (before === undefined) return { clusterId, first: true, owed: [] };
      members.get(clusterId)?.set(id, rank);
      const after = firstOf(clusterId);
      const open = owed.get(clusterId) ?? new Set<string>();
      owed.set(clusterId, open);
      if (after !== undefined && after !== before) open.add(before).add(after);
      return { clusterId, first: after === id, owed: [...open] };
    },
    firstOf: async (clusterId) => firstOf(clusterId),
    async settle(clusterId, id) {
      owed.get(clusterId)?.delete(id);
    },
  };
}
