import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync, gzip, gzipSync } from 'node:zlib';
import { ArchiveError } from '../capture.ts';

const gzipAsync = promisify(gzip);
const gunzipAsync = promisify(gunzip);

/** Below this a synchronous call is cheaper than a trip to the thread pool, and blocks for less than a millisecond. */
const SYNC_BYTES_MAX = 128 * 1024;
/**
 * Level 4 is where HTML stops shrinking much. A body that is compressed already is only stored: packing it again costs 0.4 ms
 * of CPU a page to save the 300 bytes of its headers.
 */
const LEVEL_TEXT = 4;
const LEVEL_STORED = constants.Z_NO_COMPRESSION;

/** One record as one gzip member, as WARC asks for it: any member can be read without those before it. */
export async function packMember(record: Buffer, alreadyCompressed: boolean): Promise<Buffer> {
  const options = { level: alreadyCompressed ? LEVEL_STORED : LEVEL_TEXT };
  return record.byteLength <= SYNC_BYTES_MAX ? gzipSync(record, options) : gzipAsync(record, options);
}

/** Rejects with ArchiveError `corrupt`. `bytesMax` bounds what it may become. */
export async function unpackMember(member: Buffer, bytesMax: number): Promise<Buffer> {
  try {
    const options = { maxOutputLength: bytesMax };
    return member.byteLength <= SYNC_BYTES_MAX ? gunzipSync(member, options) : await gunzipAsync(member, options);
  } catch (cause) {
    throw new ArchiveError('corrupt', 'archive: not a gzip member', { cause });
  }
}
