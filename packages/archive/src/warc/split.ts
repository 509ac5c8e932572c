/** Heads are a few hundred bytes; what has no end within this is none. */
export const HEAD_BYTES_MAX = 64 * 1024;

const CRLF2 = Buffer.from('\r\n\r\n');
const MAGIC = 'WARC/';

/** Where a record's head and block end, from its first bytes. Undefined: the head is not whole yet, or none. */
export function recordBounds(bytes: Buffer): { readonly headEnd: number; readonly end: number } | undefined {
  const headEnd = bytes.subarray(0, HEAD_BYTES_MAX).indexOf(CRLF2);
  if (headEnd === -1 || !startsRecord(bytes)) return undefined;
  const head = bytes.toString('latin1', 0, headEnd + 2);
  const length = /\r\ncontent-length:[ \t]{0,8}(\d{1,15})[ \t]{0,8}\r\n/i.exec(head)?.[1];
  return length === undefined ? undefined : { headEnd, end: headEnd + CRLF2.length + Number(length) };
}

export const startsRecord = (bytes: Buffer): boolean => bytes.toString('latin1', 0, MAGIC.length) === MAGIC;

/** Whether bytes that are not many yet may be the beginning of a record. */
const mayStartRecord = (bytes: Buffer): boolean => MAGIC.startsWith(bytes.toString('latin1', 0, MAGIC.length));

/** Line ends before a record: the two that belong to the one before it, or what another tool made of them. */
export function lineEnds(bytes: Buffer): number {
  let at = 0;
  while (bytes[at] === 13 || bytes[at] === 10) at += 1;
  return at;
}

export type Piece =
  /** Head and block, without the line ends behind it. */
  { readonly record: Buffer } | { readonly damage: string };

/**
 * Cuts what a gzip member holds into records, as it comes out of the decompressor. A record is let go only when something
 * that may follow one follows it: else its length is wrong, and so may be its content. Holds at most `recordBytesMax` and a chunk.
 */
export class RecordSplitter {
  readonly #recordBytesMax: number;
  #parts: Buffer[] = [];
  #size = 0;
  /** Bytes that the record needs in all; 0 while its head is not read. */
  #need = 0;
  /** Bytes of a record beyond the limit that are still to be passed over. */
  #skip = 0;
  #held: Buffer | undefined;
  #broken = false;

  constructor(recordBytesMax: number) {
    this.#recordBytesMax = recordBytesMax;
  }

  *push(chunk: Buffer): Generator<Piece> {
    let rest = chunk;
    while (rest.byteLength > 0 && !this.#broken) {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, rest.byteLength);
        this.#skip -= passed;
        rest = rest.subarray(passed);
        continue;
      }
      if (this.#size === 0) {
        rest = rest.subarray(lineEnds(rest));
        if (rest.byteLength === 0) return;
      }
      this.#parts.push(rest);
      this.#size += rest.byteLength;
      if (this.#need > this.#size) return;
      const bytes = this.#take();
      if (this.#need === 0) {
        if (!mayStartRecord(bytes)) {
          yield this.#breakOff();
          return;
        }
        if (startsRecord(bytes)) yield* this.#release();
        const bounds = recordBounds(bytes);
        if (bounds === undefined) {
          if (bytes.byteLength > HEAD_BYTES_MAX || bytes.subarray(0, HEAD_BYTES_MAX).includes(CRLF2)) {
            yield this.#breakOff();
            return;
          }
          this.#put(bytes);
          return;
        }
        if (bounds.end > this.#recordBytesMax) {
          yield { damage: `a record of ${bounds.end} bytes, more than ${this.#recordBytesMax}` };
          this.#skip = bounds.end;
          rest = bytes;
          continue;
        }
        this.#need = bounds.end;
        if (this.#need > bytes.byteLength) {
          this.#put(bytes);
          return;
        }
      }
      this.#held = bytes.subarray(0, this.#need);
      rest = bytes.subarray(this.#need);
      this.#need = 0;
    }
  }

  /** What is left when the member is over. */
  *end(): Generator<Piece> {
    if (this.#broken) return;
    yield* this.#release();
    if (this.#skip > 0) yield { damage: `a record that ends ${this.#skip} bytes before its length says` };
    else if (this.#need > 0) {
      yield { damage: `a record that ends ${this.#need - this.#size} bytes before its length says` };
    } else if (this.#size > 0) yield { damage: 'something that is no record' };
  }

  *#release(): Generator<Piece> {
    if (this.#held !== undefined) yield { record: this.#held };
    this.#held = undefined;
  }

  #breakOff(): Piece {
    this.#broken = true;
    const wrong = this.#held !== undefined;
    this.#held = undefined;
    return { damage: wrong ? 'a record that goes on behind its length' : 'something that is no record' };
  }

  #put(bytes: Buffer): void {
    this.#parts = [bytes];
    this.#size = bytes.byteLength;
  }

  #take(): Buffer {
    const bytes =
      this.#parts.length === 1 && this.#parts[0] !== undefined ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    return bytes;
  }
}
