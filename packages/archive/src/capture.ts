/** One header line. Both strings hold one character per octet (latin1), so that bytes survive as they were received. */
export type HeaderPair = readonly [name: string, value: string];

/** One HTTP response as it came over the wire. */
export interface Capture {
  /** The URL that was requested and that answered: one capture is one hop. */
  readonly url: string;
  /** ISO 8601, UTC, when the request was sent. */
  readonly fetchedAt: string;
  readonly status: number;
  readonly reasonPhrase?: string;
  /** `1.0`, `1.1` or `2`. */
  readonly httpVersion: string;
  /** In the order received. A transfer coding has been undone, a content coding has not. */
  readonly headers: readonly HeaderPair[];
  /** The body without its transfer coding, still content-encoded. */
  readonly body: Uint8Array;
  /** Set when the body is not whole: the size limit (`length`), the deadline (`time`) or the peer (`disconnect`) ended it. */
  readonly truncated?: 'length' | 'time' | 'disconnect';
  /** The address that was connected to, without port or brackets. */
  readonly ip?: string;
  /** Written as a WARC request record beside the response; `read` does not return it. */
  readonly requestHeaders?: readonly HeaderPair[];
}

/**
 * Where a capture lies: `<segment>#<offset>+<length>`, e.g. `20261124T081500-9f2c61d0-0001.warc.gz#1043+5120`.
 * Offset and length are bytes of one gzip member of the segment. It stays valid until retention removes the segment.
 */
export type CaptureRef = string;

/** Something that was made of captures and is kept beside them: a WARC `conversion` record. */
export interface Derived {
  /** What it was made of. */
  readonly url: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** Media type of `body`. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Why the archive could not do what it was asked. */
export type ArchiveErrorCode =
  /** No space (or quota) left: stop fetching until there is some. Nothing of the capture is kept. */
  | 'disk_full'
  /** Any other failure of the storage. Transient. */
  | 'storage_failed'
  /** The storage answers, and does not let us: wrong keys, no such bucket, no right to write. An operator has to act. */
  | 'storage_refused'
  /** Not a reference, or not one of this archive. Permanent. */
  | 'bad_ref'
  /** The segment is not there (any more). Permanent. */
  | 'not_found'
  /** There is something else at the reference. Permanent. */
  | 'corrupt'
  /** The archive was closed. */
  | 'closed';

export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly code: ArchiveErrorCode;
  constructor(code: ArchiveErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** A file of records: what is read in order, and removed as a whole. */
export interface SegmentInfo {
  readonly name: string;
  readonly bytes: number;
  /** Epoch milliseconds: nothing was written to it since, as far as is known. */
  readonly endedAt: number;
}

/** What watches an archive; every method must be quick and must not throw. */
export interface ArchiveObserver {
  /** A capture, revisit or conversion came to lie in the archive: bytes as stored, and how long its writer waited. */
  wrote(type: 'response' | 'revisit' | 'conversion', bytes: number, durationMs: number): void;
  /** A write did not succeed. */
  failed(code: ArchiveErrorCode, message: string): void;
  /** A segment was begun. */
  began(): void;
}

/**
 * The log of truth: everything behind it can be rebuilt from it.
 *
 * Obligation of `write`: when its promise resolves, the capture survives the death of the process and of the machine
 * (as far as the storage keeps its word on fsync). Whoever announces a reference before that announces something that may not exist.
 * Writes may run concurrently. `read` works from any process that sees the same storage, as soon as `write` has resolved.
 * Both reject with `ArchiveError` only.
 */
export interface Archive extends AsyncDisposable {
  write(capture: Capture): Promise<CaptureRef>;
  read(ref: CaptureRef): Promise<Capture>;
  /**
   * Notes that an answer was the same as an earlier one: a WARC `revisit` record without the body. `capture` is the answer
   * (its body is hashed, not stored; a 304 has none), `of` names the capture of the same address that it equals.
   */
  writeRevisit(capture: Capture, of: { readonly fetchedAt: string }): Promise<CaptureRef>;
  /** Same obligation as `write`, for what is too large for a queue. */
  writeDerived(derived: Derived): Promise<CaptureRef>;
  readDerived(ref: CaptureRef): Promise<Derived>;
  /**
   * Every capture, segment by segment in the order they were begun, for replay. What is written meanwhile may or may not be met.
   * Records that a crash cut short are passed over.
   */
  scan(): AsyncIterable<{ readonly ref: CaptureRef; readonly capture: Capture }>;
  /** The same for records of every kind, each as head and block. */
  records(): AsyncIterable<{ readonly ref: CaptureRef; readonly record: Buffer }>;
  /** All segments, those that were begun first in front. */
  segments(): AsyncIterable<SegmentInfo>;
  /** Removes a segment for good; what refers into it meets `not_found` from then on. One that is not there is no error. */
  removeSegment(name: string): Promise<void>;
  /** Whether the storage lets us in at all: rejects with `storage_refused` or `storage_failed`, saying what to look at. */
  check(): Promise<void>;
}

export interface RefParts {
  readonly segment: string;
  readonly offset: number;
  readonly length: number;
}

/** A record beyond this cannot have been written by us: it protects `read` from a made-up reference. */
const RECORD_BYTES_MAX = 256 * 1024 * 1024;

export function formatRef({ segment, offset, length }: RefParts): CaptureRef {
  return `${segment}#${offset}+${length}`;
}

/** Throws ArchiveError `bad_ref`. A segment is a plain file name: nothing in a reference can lead out of the archive. */
export function parseRef(ref: CaptureRef): RefParts {
  const match = /^([A-Za-z0-9][\w-]{0,99}\.warc\.gz)#(\d{1,15})\+(\d{1,9})$/.exec(ref);
  const [, segment = '', offset = '', length = ''] = match ?? [];
  const parts = { segment, offset: Number(offset), length: Number(length) };
  if (match === null || parts.length === 0 || parts.length > RECORD_BYTES_MAX) {
    throw new ArchiveError('bad_ref', `not a capture reference: ${ref.slice(0, 200)}`);
  }
  return parts;
}
