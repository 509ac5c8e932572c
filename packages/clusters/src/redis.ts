import type { Cluster, Redis } from 'ioredis';
import { bandPlaces } from './bands.ts';
import { chooseCluster } from './choose.ts';
import { type Clusters, type ClustersOptions, windowDaysDefault } from './port.ts';
import { type ArticleRecord, dayOf, packRecord, refOf, unpackRecord } from './record.ts';
import * as scripts from './scripts.ts';

/** Each try loses only to another claim that shares a band, and of many copies at once one gets through at each round. */
const triesMax = 200;
const dayMs = 86_400_000;

type Reply = readonly [status: 'ok' | 'again', first: string, ...owed: string[]];

interface ClusterCommands {
  nmClusterClaim(...args: (string | number | Buffer)[]): Promise<Reply>;
  nmClusterLookBuffer(...args: (string | number | Buffer)[]): Promise<(Buffer | null)[]>;
}

const nothing = Buffer.alloc(0);
const refBytes = (ref: string): Buffer => Buffer.from(ref, 'base64url');

/** The caller owns the connection. `prefix` is the first part of every key. */
export function createRedisClusters(
  redis: Redis | Cluster,
  prefix: string,
  { windowDays }: ClustersOptions = { windowDays: windowDaysDefault },
): Clusters {
  redis.defineCommand('nmClusterClaim', { numberOfKeys: 5, lua: scripts.claim });
  redis.defineCommand('nmClusterLook', { numberOfKeys: 3, lua: scripts.look });
  const run = redis as unknown as ClusterCommands;
  const keyOf = (kind: string, name: string | number): string => `{${prefix}:copies}:${kind}${name}`;
  const recordKey = (ref: string): string => keyOf('a', ref);
  // A day more, so that what counts by the caller's clock is still there by Redis's.
  const keepMs = (windowDays + 1) * dayMs;

  /** The article's own record, and who holds its bands. */
  async function look(id: string, places: Buffer, oldest: number) {
    const [own, ...found] = await run.nmClusterLookBuffer(
      ...[recordKey(refOf(id)), recordKey(''), keyOf('b', '')],
      ...[oldest, refBytes(refOf(id)), places],
    );
    const holders: string[] = [];
    const records: (Buffer | null)[] = [];
    for (let at = 0; at < found.length; at += 2) {
      holders.push(found[at]?.toString('base64url') ?? '');
      records.push(found[at + 1] ?? null);
    }
    return { own: own ?? undefined, holders, records };
  }

  return {
    async claim({ id, fingerprint, rank }, now) {
      const places = bandPlaces(fingerprint);
      const today = dayOf(now);
      const oldest = today - windowDays;
      const remembered = (ref: string, bytes: Buffer | null | undefined): ArticleRecord | undefined => {
        const record = unpackRecord(ref, bytes);
        return record !== undefined && record.day >= oldest ? record : undefined;
      };
      for (let tries = 0; tries < triesMax; tries += 1) {
        const { own, holders, records } = await look(id, places, oldest);
        const before = remembered(refOf(id), own);
        const known = before?.id === id ? before : undefined;
        const candidates = holders.flatMap((ref, at) => remembered(ref, records[at]) ?? []);
        const { target, strangers } = chooseCluster(fingerprint, candidates);
        // Who has a cluster keeps it; for others the most similar copy's is theirs.
        const joined = known === undefined ? target : undefined;
        const clusterId = known?.clusterId ?? joined?.clusterId ?? id;
        const copies = candidates.filter((candidate) => !strangers.has(candidate.id)).map((copy) => refOf(copy.id));
        const others = holders.filter((ref) => !copies.includes(ref));
        const joinedBytes = joined === undefined ? undefined : records[holders.indexOf(refOf(joined.id))];
        const [status, first, ...owed] = await run.nmClusterClaim(
          recordKey(refOf(id)),
          recordKey(refOf(joined?.id ?? id)),
          keyOf('m', clusterId),
          keyOf('o', clusterId),
          keyOf('b', ''),
          today,
          oldest,
          keepMs,
          refBytes(refOf(id)),
          own ?? nothing,
          packRecord({ id, clusterId, rank, day: today, fingerprint }),
          joinedBytes ?? nothing,
          joined?.id ?? '',
          joined?.rank ?? 0,
          id,
          rank,
          Buffer.concat(copies.map(refBytes)),
          today - Math.floor(windowDays / 2),
          Buffer.concat(others.map(refBytes)),
          places,
        );
        if (status === 'ok') return { clusterId, first: first === '' || first === id, owed };
      }
      throw new Error(`the copies of ${id} changed ${triesMax} times while its cluster was being claimed`);
    },

    async firstOf(clusterId) {
      return (await redis.zrange(keyOf('m', clusterId), '0', '0'))[0];
    },

    async settle(clusterId, id) {
      await redis.srem(keyOf('o', clusterId), id);
    },
  };
}
