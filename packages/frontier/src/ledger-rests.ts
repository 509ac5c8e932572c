import type { UrlRow } from '@newsmill/core/schedule';
import type { LedgerEntry, LedgerPage, LedgerRests } from './ledger.ts';
import { type Names, unpackRow, urlOfTail } from './packing.ts';
import { lines } from './scripts.ts';

const membersPerStep = 500;
/** Id, score and ticket stand before the tail. */
const tailStart = 15;

/** How to look through one host. */
export interface RestsOf {
  readonly line: (line: number, from: number, till: number) => Promise<Buffer[]>;
  readonly rows: (cursor: string) => Promise<[cursor: Buffer, flat: Buffer[]]>;
  /** Id, mark, row and score of each id, one after another. */
  readonly find: (ids: readonly Buffer[]) => Promise<Buffer[]>;
  readonly host: () => Promise<string>;
  readonly walk: () => AsyncIterable<LedgerPage>;
  /** How many buckets there are, and the ids of those marks in some of them whose rows are gone. */
  readonly hollow: (fromBucket: number) => Promise<Buffer[]>;
  readonly bucketsPerStep: number;
  readonly names: Names;
}

/** See `Ledger.rests`. */
export async function findRests(of: RestsOf): Promise<LedgerRests> {
  const host = await of.host();
  const standing = new Set<string>();
  const urls = new Set<string>();
  for (let line = 1; line <= lines; line += 1) {
    for (let from = 0; ; from += membersPerStep) {
      const [count, right, ...strays] = await of.line(line, from, from + membersPerStep - 1);
      for (let at = 0; right !== undefined && at < right.length; at += 8) {
        standing.add(right.toString('base64url', at, at + 8));
      }
      for (const member of strays) urls.add(urlOfTail(member.subarray(tailStart), host));
      if (Number(count) < membersPerStep) break;
    }
  }
  const rows: UrlRow[] = [];
  for (let cursor = '0'; ; ) {
    const [next, flat] = await of.rows(cursor);
    const ids = flat.filter((_, at) => at % 2 === 0);
    const found = ids.length === 0 ? [] : await of.find(ids);
    for (let at = 0; at < ids.length; at += 1) {
      const packed = flat[2 * at + 1];
      if (packed !== undefined && found[4 * at + 1]?.length === 0)
        rows.push(await unpackRow(packed, { host, names: of.names }));
    }
    cursor = String(next);
    if (cursor === '0') break;
  }
  const stranded: LedgerEntry[] = [];
  for await (const { entries } of of.walk()) {
    for (const entry of entries) if (entry.waits && !standing.has(entry.shortId)) stranded.push(entry);
  }
  const hollow: string[] = [];
  for (let from = 0, buckets = 1; from < buckets; from += of.bucketsPerStep) {
    const [all, ...ids] = await of.hollow(from);
    buckets = Number(all);
    for (const id of ids) hollow.push(id.toString('base64url'));
  }
  return { rows, urls: [...urls], stranded, hollow };
}
