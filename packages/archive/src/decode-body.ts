import {
  brotliDecompressSync,
  constants,
  crc32,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
  zstdDecompressSync,
} from 'node:zlib';
import type { Capture } from './capture.ts';
import { gzipHeaderLength, isGzip } from './warc/gzip-header.ts';

/** What `decodeBody` can undo, as a request says it. */
export const ACCEPT_ENCODING = 'gzip, deflate, br, zstd';

export type DecodedBody =
  | { readonly bytes: Uint8Array; readonly warning?: 'trailing_garbage' | 'truncated' }
  | { readonly failed: DecodeFailure };

export type DecodeFailure =
  /** It would become larger than allowed. */
  | 'too_large'
  /** A coding that we do not know, too many of them, or bytes that are not what the header says. */
  | 'bad_encoding'
  /** The compressed stream ends too early although nobody cut it off here: worth another fetch. */
  | 'truncated';

/** More layers than this occur only in attacks: each multiplies the work. */
const LAYERS_MAX = 3;
/** Words that servers put into Content-Encoding although nothing is encoded. */
const NO_CODING: ReadonlySet<string> = new Set(['', 'identity', 'none', 'binary', 'utf-8', '8bit', '7bit']);

/**
 * Undoes the content codings of a capture (RFC 9110 §8.4.1) and the gzip of a file that is gzip itself, holding at most `bytesMax` bytes of any layer.
 * A body that we cut off ourselves (`capture.truncated`) yields what can be had of it, with a warning.
 */
export function decodeBody(capture: Pick<Capture, 'headers' | 'body' | 'truncated'>, bytesMax: number): DecodedBody {
  const codings = capture.headers
    .filter(([name]) => name.toLowerCase() === 'content-encoding')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((coding) => coding.trim())
    .filter((coding) => !NO_CODING.has(coding));
  if (codings.length > LAYERS_MAX) return { failed: 'bad_encoding' };
  if (capture.body.byteLength > bytesMax) return { failed: 'too_large' };
  if (capture.body.byteLength === 0) return { bytes: capture.body };

  const partial = capture.truncated !== undefined;
  let bytes = capture.body;
  let garbage = false;
  // They are listed in the order they were applied.
  for (const coding of codings.reverse()) {
    const layer = undo(coding, bytes, { bytesMax, partial });
    if ('failed' in layer) return layer;
    bytes = layer.bytes;
    garbage ||= layer.warning === 'trailing_garbage';
  }
  // A `sitemap.xml.gz` is gzip as a file, whatever the headers say. Text never begins like this, so no page is touched.
  if (isGzip(bytes)) {
    const file = undo('gzip', bytes, { bytesMax, partial });
    if ('bytes' in file) bytes = file.bytes;
    else if (file.failed === 'too_large') return file;
  }
  if (partial) return { bytes, warning: 'truncated' };
  return garbage ? { bytes, warning: 'trailing_garbage' } : { bytes };
}

interface Limits {
  readonly bytesMax: number;
  readonly partial: boolean;
}

function undo(coding: string, bytes: Uint8Array, { bytesMax, partial }: Limits): DecodedBody {
  const zlibOptions = {
    maxOutputLength: bytesMax,
    ...(partial ? { finishFlush: constants.Z_SYNC_FLUSH } : {}),
  };
  try {
    switch (coding) {
      case 'gzip':
      case 'x-gzip':
        return isGzip(bytes) ? gunzipLenient(bytes, zlibOptions) : { failed: 'bad_encoding' };
      case 'deflate':
        return { bytes: isZlib(bytes) ? inflateSync(bytes, zlibOptions) : inflateRawSync(bytes, zlibOptions) };
      case 'br':
        return {
          bytes: brotliDecompressSync(bytes, {
            maxOutputLength: bytesMax,
            ...(partial ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}),
          }),
        };
      case 'zstd':
        return {
          bytes: zstdDecompressSync(bytes, {
            maxOutputLength: bytesMax,
            ...(partial ? { finishFlush: constants.ZSTD_e_flush } : {}),
          }),
        };
      default:
        return { failed: 'bad_encoding' };
    }
  } catch (error) {
    return { failed: classify(error) };
  }
}

/**
 * Some servers put bytes behind the gzip stream, which browsers pass over and zlib takes for a broken next member.
 * The first member counts if its own checksum says that it is whole.
 */
function gunzipLenient(bytes: Uint8Array, options: ZlibOptions): DecodedBody {
  try {
    return { bytes: gunzipSync(bytes, options) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'Z_DATA_ERROR') throw error;
    const start = gzipHeaderLength(bytes);
    if (start === undefined) throw error;
    const deflated = bytes.subarray(start);
    // With `info` the call returns the engine too, which knows how much it took.
    const { buffer, engine } = inflateRawSync(deflated, { ...options, info: true }) as unknown as Inflated;
    const trailer = Buffer.from(deflated.subarray(engine.bytesWritten, engine.bytesWritten + 8));
    if (trailer.byteLength < 8 || trailer.readUInt32LE(0) !== crc32(buffer)) throw error;
    return { bytes: buffer, warning: 'trailing_garbage' };
  }
}

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** RFC 1950: `deflate` means zlib, and servers that send raw deflate are served too. */
function isZlib(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

function classify(error: unknown): DecodeFailure {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'too_large';
  return code === 'Z_BUF_ERROR' ? 'truncated' : 'bad_encoding';
}
