import type { Capture } from '../capture.ts';
import { matchesDigest } from './digest.ts';
import { readAnyRecord } from './read-record.ts';
import { captureOf, type ScanOptions, scanRecords } from './scan.ts';
import type { ByteSource } from './source.ts';

/** A record of somebody else's WARC file, as an import sees it. */
export type WalkedRecord = {
  /** Of its gzip member or itself, in bytes from the beginning of the file. */
  readonly offset: number;
} & (
  | { readonly type: 'capture'; readonly capture: Capture }
  /** A response that is no HTTP, a request, a revisit, … */
  | { readonly type: 'other'; readonly recordType: string }
);

/**
 * Walks over a WARC file that may have been made by anybody and damaged by anything. A record whose block is not what its
 * own digest says counts as damaged.
 */
export async function* walkWarc(source: ByteSource, options: ScanOptions = {}): AsyncGenerator<WalkedRecord> {
  for await (const { record: bytes, offset } of scanRecords(source, options)) {
    const record = readAnyRecord(bytes);
    if (record === undefined) continue;
    const written = record.field('warc-block-digest');
    if (written !== undefined && matchesDigest(written, record.block) === false) {
      options.onDamage?.({ offset, what: 'a record that is not what its digest says' });
      continue;
    }
    const capture = record.type === 'response' ? captureOf(bytes) : undefined;
    yield capture === undefined
      ? { offset, type: 'other', recordType: record.type }
      : { offset, type: 'capture', capture };
  }
}
