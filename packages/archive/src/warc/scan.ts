import { type FileHandle, open } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { ArchiveError, type Capture } from '../capture.ts';
import { gzipHeaderLength, isGzip } from './gzip-header.ts';
import { readResponseRecord } from './read-record.ts';

/** A capture and where its gzip member (or, in a file without compression, its record) lies. */
export interface ScannedCapture {
  readonly capture: Capture;
  readonly offset: number;
  readonly length: number;
}

const WINDOW_BYTES = 1024 * 1024;
/** No record of a page is larger, packed or unpacked. */
const MEMBER_BYTES_MAX = 512 * 1024 * 1024;
/** What ends a gzip member: checksum and size. */
const TRAILER_BYTES = 8;

/**
 * Walks over all captures of a WARC file, ours or somebody else's (`.warc.gz` with a member per record, as all crawlers write
 * it, or `.warc`), in file order. Records of other kinds are passed over, as are damaged ones; a file that ends in the middle of a
 * record is read up to there. Rejects with ArchiveError `not_found` or `storage_failed`.
 */
export async function* readWarcFile(path: string): AsyncGenerator<ScannedCapture> {
  const file = await openFile(path);
  try {
    const window = new Window(file);
    for (let at = 0; (await window.load(at, TRAILER_BYTES)) > 0; ) {
      const piece = isGzip(window.bytes) ? await readMember(window, at) : await readPlain(window, at);
      if (piece === undefined) return;
      for (const record of piece.records) {
        const capture = captureOf(record);
        if (capture !== undefined) yield { capture, offset: at, length: piece.length };
      }
      at += piece.length;
    }
  } finally {
    await file.close();
  }
}

interface Piece {
  readonly records: readonly Buffer[];
  readonly length: number;
}

/** One gzip member; a damaged one is an empty piece that ends where the next begins. Undefined at the end of the file. */
async function readMember(window: Window, at: number): Promise<Piece | undefined> {
  for (let want = WINDOW_BYTES; want <= MEMBER_BYTES_MAX; want *= 4) {
    const loaded = await window.load(at, want);
    const start = gzipHeaderLength(window.bytes);
    const inflated = start === undefined ? 'short' : inflate(window.bytes.subarray(start));
    if (inflated === 'damaged') return resync(window);
    if (inflated !== 'short') {
      const length = (start ?? 0) + inflated.consumed + TRAILER_BYTES;
      return { records: splitRecords(inflated.bytes), length };
    }
    if (loaded < want) return undefined;
  }
  return undefined;
}

function inflate(bytes: Buffer): { bytes: Buffer; consumed: number } | 'short' | 'damaged' {
  try {
    // With `info` the call returns the engine too, which knows how much it took.
    const options = { info: true, maxOutputLength: MEMBER_BYTES_MAX };
    const { buffer, engine } = inflateRawSync(bytes, options) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { bytes: buffer, consumed: engine.bytesWritten };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'short' : 'damaged';
  }
}

/** Looks for the beginning of another member behind a damaged one, within what is loaded. */
function resync(window: Window): Piece {
  const next = window.bytes.indexOf(Buffer.from([0x1f, 0x8b, 8]), 1);
  return { records: [], length: next === -1 ? window.bytes.byteLength : next };
}

async function readPlain(window: Window, at: number): Promise<Piece | undefined> {
  await window.load(at, WINDOW_BYTES);
  const length = recordLength(window.bytes);
  if (length === undefined || length > MEMBER_BYTES_MAX) return undefined;
  const loaded = await window.load(at, length);
  return loaded < length ? undefined : { records: [window.bytes.subarray(0, length)], length };
}

/** A member should hold one record; some tools pack a whole file into one. */
function splitRecords(bytes: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    const length = recordLength(bytes.subarray(at));
    if (length === undefined) break;
    records.push(bytes.subarray(at, at + length));
    at += length;
  }
  return records;
}

/** Head, block and the two line ends behind it. */
function recordLength(bytes: Buffer): number | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1 || bytes.toString('latin1', 0, 5) !== 'WARC/') return undefined;
  const length = /\r\ncontent-length:\s{0,8}(\d{1,12})\r\n/i.exec(bytes.toString('latin1', 0, headEnd + 2))?.[1];
  return length === undefined ? undefined : headEnd + 4 + Number(length) + 4;
}

function captureOf(record: Buffer): Capture | undefined {
  try {
    return readResponseRecord(record);
  } catch (error) {
    if (error instanceof ArchiveError) return undefined;
    throw error;
  }
}

/** The part of a file that is being looked at. */
class Window {
  readonly #file: FileHandle;
  #start = 0;
  #loaded: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** From the last loaded position on. */
  get bytes(): Buffer {
    return this.#loaded.subarray(this.#at);
  }

  /** Makes at least `length` bytes from `position` on available, if the file has them; returns how many there are. */
  async load(position: number, length: number): Promise<number> {
    this.#at = position - this.#start;
    if (this.#at >= 0 && this.#at + length <= this.#loaded.byteLength) return this.bytes.byteLength;
    const size = Math.max(length, WINDOW_BYTES);
    const { bytesRead, buffer } = await this.#file.read(Buffer.allocUnsafe(size), 0, size, position);
    this.#start = position;
    this.#at = 0;
    this.#loaded = buffer.subarray(0, bytesRead);
    return bytesRead;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ArchiveError(missing ? 'not_found' : 'storage_failed', `archive: cannot read ${path}`, { cause });
  }
}
