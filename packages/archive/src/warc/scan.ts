import { ArchiveError, type Capture } from '../capture.ts';
import { isGzip } from './gzip-header.ts';
import { readMember } from './read-member.ts';
import { readResponseRecord } from './read-record.ts';
import { type ByteSource, Window } from './source.ts';
import { HEAD_BYTES_MAX, lineEnds, recordBounds, startsRecord } from './split.ts';

/** A record, and where its gzip member (or, in a file without compression, the record itself) lies. */
export interface ScannedRecord {
  /** Head and block, uncompressed. */
  readonly record: Buffer;
  readonly offset: number;
  readonly length: number;
}

/** A place in a WARC file that cannot be read. */
export interface WarcDamage {
  /** Of the gzip member or the record, in bytes from the beginning of the file. */
  readonly offset: number;
  readonly what: string;
}

export interface ScanOptions {
  /** A longer record is passed over. Default 512 MB. */
  readonly recordBytesMax?: number;
  /** Where to begin: an offset that a scan told before. */
  readonly from?: number | undefined;
  readonly onDamage?: ((damage: WarcDamage) => void) | undefined;
}

const RECORD_BYTES_MAX = 512 * 1024 * 1024;
/** How far the next member or record is looked for behind a damaged one, at a time. */
const STRIDE_BYTES = 1024 * 1024;
const MEMBER_START = Buffer.from([0x1f, 0x8b, 8]);
const RECORD_START = Buffer.from('\nWARC/1.');

/**
 * Walks over all records of a WARC file, ours or somebody else's (`.warc.gz` with a member per record, as all crawlers write
 * it, with all records in one, or `.warc`), in file order and with bounded memory. What is damaged is told and passed over; a
 * file that ends in the middle of a record is read up to there.
 */
export async function* scanRecords(source: ByteSource, options: ScanOptions = {}): AsyncGenerator<ScannedRecord> {
  const { recordBytesMax = RECORD_BYTES_MAX, onDamage } = options;
  const window = new Window(source);
  let at = options.from ?? 0;
  while ((await window.load(at, MEMBER_START.byteLength)) > 0) {
    if (!isGzip(window.bytes)) {
      const next = yield* readPlain(window, at, recordBytesMax, onDamage);
      if (next === undefined) return;
      at = next;
      continue;
    }
    const found: Buffer[] = [];
    const member = readMember(window, at, recordBytesMax);
    let step = await member.next();
    // The usual member holds one record: it is told with the member's length, which its end tells.
    for (; !step.done; step = await member.next()) {
      if ('damage' in step.value) onDamage?.({ offset: at, what: step.value.damage });
      else if (found.length === 0) found.push(step.value.record);
      else {
        for (const record of found.splice(0, 1, step.value.record)) yield { record, offset: at, length: 0 };
      }
    }
    const end = step.value;
    const length = 'length' in end ? end.length : 0;
    for (const record of found) yield { record, offset: at, length };
    if ('cutOff' in end) {
      onDamage?.({ offset: at, what: 'the file ends in the middle of a record' });
      return;
    }
    if ('damage' in end) {
      onDamage?.({ offset: at, what: end.damage });
      const next = await find(window, at + 1, MEMBER_START);
      if (next === undefined) return;
      at = next;
    } else at += end.length;
  }
}

/** A record without compression; returns where the next one begins. */
async function* readPlain(
  window: Window,
  from: number,
  recordBytesMax: number,
  onDamage: ScanOptions['onDamage'],
): AsyncGenerator<ScannedRecord, number | undefined> {
  let at = from;
  for (let blank = lineEnds(window.bytes); blank > 0; blank = lineEnds(window.bytes)) {
    at += blank;
    if ((await window.load(at, HEAD_BYTES_MAX)) === 0) return undefined;
  }
  await window.load(at, HEAD_BYTES_MAX);
  const damaged = (what: string) => {
    onDamage?.({ offset: at, what });
    return find(window, at + 1, RECORD_START);
  };
  const bounds = recordBounds(window.bytes);
  if (bounds === undefined) {
    // Zeros or nothing sensible at all: not even a beginning.
    return damaged(startsRecord(window.bytes) ? 'a record without a whole head' : 'something that is no record');
  }
  const { end } = bounds;
  if (end > recordBytesMax) {
    const there = await window.load(at + end, 1);
    if (there === 0) return damaged(`a record of ${end} bytes, more than ${recordBytesMax}`);
    onDamage?.({ offset: at, what: `a record of ${end} bytes, more than ${recordBytesMax}` });
    return at + end;
  }
  const loaded = await window.load(at, end + 16);
  if (loaded < end) return damaged(`a record that ends ${end - loaded} bytes before its length says`);
  const behind = window.bytes.subarray(end, end + 16);
  const next = behind.subarray(lineEnds(behind));
  if (next.byteLength >= 5 && !startsRecord(next)) return damaged('a record that goes on behind its length');
  yield { record: window.bytes.subarray(0, end), offset: at, length: end };
  return at + end;
}

/** Where `mark` is next; of a mark that begins with a line end, what is behind that. */
async function find(window: Window, from: number, mark: Buffer): Promise<number | undefined> {
  for (let at = from; (await window.load(at, STRIDE_BYTES)) >= mark.byteLength; ) {
    const found = window.bytes.indexOf(mark);
    if (found !== -1) return at + found + (mark[0] === 10 ? 1 : 0);
    at += window.bytes.byteLength - mark.byteLength + 1;
  }
  return undefined;
}

/** The capture that a response record holds; nothing for a record of another kind, or one that is no HTTP response. */
export function captureOf(record: Buffer): Capture | undefined {
  try {
    return readResponseRecord(record);
  } catch (error) {
    if (error instanceof ArchiveError) return undefined;
    throw error;
  }
}
