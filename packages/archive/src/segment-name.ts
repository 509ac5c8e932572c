import { randomBytes } from 'node:crypto';
import { packMember } from './warc/member.ts';
import { warcinfoRecord } from './warc/record.ts';

export interface NewSegment {
  /** Begins with the second it was begun in, so that sorting names puts segments in order. */
  readonly name: string;
  /** Its first gzip member: who wrote it. */
  readonly head: Buffer;
}

/** Names for the segments of one writer, which no other writer gives. `info` are lines of the warcinfo record. */
export function segmentNames(info: Readonly<Record<string, string>> = {}): (n: number) => Promise<NewSegment> {
  const writerId = randomBytes(4).toString('hex');
  return async (n) => {
    const date = new Date().toISOString();
    const stamp = date.slice(0, 19).replace(/[-:]/g, '');
    const name = `${stamp}-${writerId}-${String(n).padStart(4, '0')}.warc.gz`;
    const fields = { software: 'newsmill', format: 'WARC File Format 1.1', ...info };
    return { name, head: await packMember(warcinfoRecord(name, date, fields), false) };
  };
}
