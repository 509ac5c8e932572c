import type { SegmentInfo } from './capture.ts';
import type { ByteSource } from './warc/source.ts';

/** Where some bytes came to lie. */
export interface Placed {
  readonly segment: string;
  readonly offset: number;
}

/** Where segments lie: all that differs between a folder and a bucket. Every method rejects with ArchiveError only. */
export interface SegmentStore extends AsyncDisposable {
  /** Puts the parts one behind the other into one segment. Resolves when they are as safe as the storage makes them. */
  append(parts: readonly Buffer[]): Promise<Placed>;
  /** Exactly these bytes, else `corrupt`; `not_found` when there is no such segment. */
  read(segment: string, offset: number, length: number): Promise<Buffer>;
  /** In the order of their names, which is the order in which they were begun. */
  list(): AsyncIterable<SegmentInfo>;
  open(segment: string): Promise<ByteSource>;
  remove(segment: string): Promise<void>;
  check(): Promise<void>;
}
