import { type FileHandle, open } from 'node:fs/promises';
import { ArchiveError } from '../capture.ts';

/** Bytes that can be read from any place: a file, an object in a bucket. */
export interface ByteSource extends AsyncDisposable {
  /** Up to `length` bytes from `position` on; fewer at the end, none behind it. */
  read(position: number, length: number): Promise<Buffer>;
}

/** Rejects with ArchiveError `not_found` or `storage_failed`. */
export async function fileSource(path: string): Promise<ByteSource> {
  const file = await openFile(path);
  return {
    async read(position, length) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ArchiveError(missing ? 'not_found' : 'storage_failed', `archive: cannot read ${path}`, { cause });
  }
}

/**
 * So much is read at once. Who reads records asks for a megabyte each time, and gets it without another read as long as he
 * stands a megabyte before the end: with a window of one megabyte every record of 5 KB would cost a megabyte.
 */
const WINDOW_BYTES = 8 * 1024 * 1024;

/** The part of a source that is being looked at, walking forward. */
export class Window {
  readonly #source: ByteSource;
  #start = 0;
  #loaded: Buffer = Buffer.alloc(0);
  #at = 0;
  /** What is loaded goes to where the source ended then. */
  #toEnd = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** From the last loaded position on. */
  get bytes(): Buffer {
    return this.#loaded.subarray(this.#at);
  }

  /** Makes at least `length` bytes from `position` on available, if the source has them; returns how many there are. */
  async load(position: number, length: number): Promise<number> {
    this.#at = position - this.#start;
    const enough = this.#toEnd ? 1 : length;
    if (this.#at >= 0 && this.#at + enough <= this.#loaded.byteLength) return this.bytes.byteLength;
    const wanted = Math.max(length, WINDOW_BYTES);
    this.#loaded = await this.#source.read(position, wanted);
    this.#toEnd = this.#loaded.byteLength < wanted;
    this.#start = position;
    this.#at = 0;
    return this.#loaded.byteLength;
  }
}
