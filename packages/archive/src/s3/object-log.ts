import { ArchiveError } from '../capture.ts';
import type { NewSegment } from '../segment-name.ts';
import type { Placed } from '../store.ts';

export interface ObjectLogOptions {
  /** How long the first in line waits for others to share its object, milliseconds. */
  readonly flushMs: number;
  /** An object is sent off once it has reached this. */
  readonly objectBytesMax: number;
  nextSegment(n: number): Promise<NewSegment>;
  /** Resolves when the object is as safe as the service makes it. */
  put(name: string, body: Buffer): Promise<void>;
}

interface Pending {
  readonly parts: readonly Buffer[];
  readonly resolve: (placed: Placed) => void;
  readonly reject: (error: unknown) => void;
}

/** Objects on their way at once: enough that a slow answer does not hold up the next batch, few enough to bound memory. */
const UPLOADS_MAX = 4;

/**
 * Gathers what is to be written for a moment and puts it into one object, which is a segment of its own: an object cannot be
 * appended to, and nothing may be told of a record before the service has it. A put that is tried again has the same name and
 * bytes, so that it does not matter whether the first one had arrived.
 */
export class ObjectLog implements AsyncDisposable {
  readonly #options: ObjectLogOptions;
  #pending: Pending[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #uploads = new Set<Promise<void>>();
  #count = 0;
  #closed = false;

  constructor(options: ObjectLogOptions) {
    this.#options = options;
  }

  /** Rejects with what `put` rejects with, or ArchiveError `closed`. */
  append(parts: readonly Buffer[]): Promise<Placed> {
    if (this.#closed) return Promise.reject(new ArchiveError('closed', 'archive is closed'));
    return new Promise((resolve, reject) => {
      this.#pending.push({ parts, resolve, reject });
      this.#bytes += byteLength(parts);
      if (this.#bytes >= this.#options.objectBytesMax) this.#sendOff();
      else this.#timer ??= setTimeout(() => this.#sendOff(), this.#options.flushMs);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (this.#sendOff(); this.#uploads.size > 0; this.#sendOff()) await Promise.race(this.#uploads);
  }

  #sendOff(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What must wait goes with the next upload that ends.
    if (this.#pending.length === 0 || this.#uploads.size >= UPLOADS_MAX) return;
    const batch = this.#takeBatch();
    const upload = this.#upload(batch).finally(() => {
      this.#uploads.delete(upload);
      this.#sendOff();
    });
    this.#uploads.add(upload);
    if (this.#bytes >= this.#options.objectBytesMax) this.#sendOff();
    else if (this.#pending.length > 0) this.#timer = setTimeout(() => this.#sendOff(), this.#options.flushMs);
  }

  #takeBatch(): Pending[] {
    let size = 0;
    let count = 0;
    for (const { parts } of this.#pending) {
      if (count > 0 && size >= this.#options.objectBytesMax) break;
      size += byteLength(parts);
      count += 1;
    }
    this.#bytes -= size;
    return this.#pending.splice(0, count);
  }

  async #upload(batch: readonly Pending[]): Promise<void> {
    try {
      this.#count += 1;
      const { name, head } = await this.#options.nextSegment(this.#count);
      await this.#options.put(name, Buffer.concat([head, ...batch.flatMap(({ parts }) => parts)]));
      let offset = head.byteLength;
      for (const { parts, resolve } of batch) {
        resolve({ segment: name, offset });
        offset += byteLength(parts);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

const byteLength = (parts: readonly Buffer[]): number => parts.reduce((sum, part) => sum + part.byteLength, 0);
