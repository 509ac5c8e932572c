import { Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { gzipHeaderLength } from './gzip-header.ts';
import type { Window } from './source.ts';
import { type Piece, RecordSplitter } from './split.ts';

/** What ends a gzip member: checksum and size. */
const TRAILER_BYTES = 8;
/** A member that is longer, packed or unpacked, is read piece by piece. */
const AT_ONCE_BYTES = 1024 * 1024;
const AT_ONCE_UNPACKED_BYTES = 4 * 1024 * 1024;

export type MemberEnd =
  /** Bytes of the whole member. */
  | { readonly length: number }
  /** The file ends in the middle of it. */
  | { readonly cutOff: true }
  /** It is not what gzip writes; nothing is known of its end. */
  | { readonly damage: string };

/** The records of the gzip member at `at`, one after another; then how the member ended. */
export async function* readMember(
  window: Window,
  at: number,
  recordBytesMax: number,
): AsyncGenerator<Piece, MemberEnd, void> {
  await window.load(at, AT_ONCE_BYTES);
  const start = gzipHeaderLength(window.bytes);
  if (start === undefined) return { cutOff: true };
  const splitter = new RecordSplitter(recordBytesMax);
  const inflated = inflate(window.bytes.subarray(start));
  if (inflated === 'damaged') return { damage: 'bytes that gzip cannot have written' };
  if (inflated === 'long') return yield* readLongMember(window, { at, start }, splitter);
  const trailer = window.bytes.subarray(start + inflated.consumed, start + inflated.consumed + TRAILER_BYTES);
  if (trailer.byteLength < TRAILER_BYTES) return { cutOff: true };
  if (trailer.readUInt32LE(0) !== crc32(inflated.bytes)) return { damage: 'a wrong checksum' };
  yield* splitter.push(inflated.bytes);
  yield* splitter.end();
  return { length: start + inflated.consumed + TRAILER_BYTES };
}

function inflate(bytes: Buffer): { bytes: Buffer; consumed: number } | 'long' | 'damaged' {
  try {
    // With `info` the call returns the engine too, which knows how much it took.
    // A chunk is allocated for every record, and most are small: with 128 KB collecting them took longer than inflating.
    const options = { info: true, maxOutputLength: AT_ONCE_UNPACKED_BYTES, chunkSize: 32 * 1024 };
    const { buffer, engine } = inflateRawSync(bytes, options) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { bytes: buffer, consumed: engine.bytesWritten };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'Z_BUF_ERROR' || code === 'ERR_BUFFER_TOO_LARGE' ? 'long' : 'damaged';
  }
}

/** The same with bounded memory. What is wrong with its checksum is told after its records: they are not kept until then. */
async function* readLongMember(
  window: Window,
  { at, start }: { readonly at: number; readonly start: number },
  splitter: RecordSplitter,
): AsyncGenerator<Piece, MemberEnd, void> {
  const packed = async function* () {
    for (let from = at + start; (await window.load(from, AT_ONCE_BYTES)) > 0; ) {
      const bytes = window.bytes.subarray(0, AT_ONCE_BYTES);
      from += bytes.byteLength;
      yield bytes;
    }
  };
  const input = Readable.from(packed(), { objectMode: false });
  const engine = createInflateRaw({ chunkSize: 256 * 1024 });
  input.on('error', (error) => engine.destroy(error));
  let checksum = 0;
  try {
    for await (const chunk of input.pipe(engine) as AsyncIterable<Buffer>) {
      checksum = crc32(chunk, checksum);
      yield* splitter.push(chunk);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') return { cutOff: true };
    if (code?.startsWith('Z_')) return { damage: 'bytes that gzip cannot have written' };
    throw error;
  } finally {
    input.destroy();
    engine.destroy();
  }
  const length = start + engine.bytesWritten + TRAILER_BYTES;
  yield* splitter.end();
  if ((await window.load(at + length - TRAILER_BYTES, TRAILER_BYTES)) < TRAILER_BYTES) return { cutOff: true };
  return window.bytes.readUInt32LE(0) === checksum ? { length } : { damage: 'a wrong checksum' };
}
