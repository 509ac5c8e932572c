/** What is remembered of one article. */
export interface ArticleRecord {
  readonly id: string;
  readonly clusterId: string;
  readonly rank: number;
  /** Day of the last claim, counted from 1970. */
  readonly day: number;
  readonly fingerprint: string;
}

export const dayOf = (ms: number): number => Math.floor(ms / 86_400_000);

/**
 * Eight characters (48 bits) name an article in bands and keys. Two articles that share them forget each other, which
 * among ten million happens to one pair in six such stores.
 */
export const refLength = 8;
export const refOf = (id: string): string => id.slice(0, refLength);

/** `rest of the id|cluster or nothing|rank|day|` and the fingerprint's bytes: 120 bytes for an article without copies. */
export function packRecord({ id, clusterId, rank, day, fingerprint }: ArticleRecord): Buffer {
  const head = `${id.slice(refLength)}|${clusterId === id ? '' : clusterId}|${rank}|${day}|`;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(fingerprint, 'base64url')]);
}

/** Undefined when there is no record. */
export function unpackRecord(ref: string, bytes: Buffer | null | undefined): ArticleRecord | undefined {
  if (bytes === null || bytes === undefined) return undefined;
  const parts: string[] = [];
  let start = 0;
  while (parts.length < 4) {
    const end = bytes.indexOf('|', start);
    if (end < 0) return undefined;
    parts.push(bytes.toString('latin1', start, end));
    start = end + 1;
  }
  const [rest = '', cluster = '', rank, day] = parts;
  const id = ref + rest;
  return {
    id,
    clusterId: cluster === '' ? id : cluster,
    rank: Number(rank),
    day: Number(day),
    fingerprint: bytes.toString('base64url', start),
  };
}
