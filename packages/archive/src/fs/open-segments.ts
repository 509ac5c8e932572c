import { type FileHandle, open } from 'node:fs/promises';

interface OpenSegment {
  readonly file: Promise<FileHandle>;
  readers: number;
  /** Runs while nobody reads it. */
  idle: NodeJS.Timeout | undefined;
}

/** Whoever reads a capture mostly reads its neighbours next. */
const idleMs = 1_000;

/**
 * Segments that were read a moment ago stay open, since to open and close a file costs more than to read a page of it. Not
 * for long: what retention removes takes room on the disk until it is closed.
 */
export class OpenSegments implements AsyncDisposable {
  readonly #open = new Map<string, OpenSegment>();

  /** Undefined when the segment ends before. Rejects with what the system says. */
  async read(path: string, offset: number, length: number): Promise<Buffer | undefined> {
    const segment = this.#open.get(path) ?? { file: open(path, 'r'), readers: 0, idle: undefined };
    this.#open.set(path, segment);
    segment.readers += 1;
    clearTimeout(segment.idle);
    try {
      const file = await segment.file;
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, offset);
      return bytesRead === length ? buffer : undefined;
    } catch (error) {
      // After a failure it is opened anew: a folder may be another one by now.
      this.forget(path, segment);
      throw error;
    } finally {
      segment.readers -= 1;
      if (segment.readers === 0) {
        if (this.#open.get(path) === segment) segment.idle = setTimeout(() => this.forget(path), idleMs).unref();
        else void close(segment);
      }
    }
  }

  /** Closes it as soon as nobody reads it. */
  forget(path: string, segment = this.#open.get(path)): void {
    if (segment === undefined) return;
    if (this.#open.get(path) === segment) this.#open.delete(path);
    clearTimeout(segment.idle);
    if (segment.readers === 0) void close(segment);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const idle = [...this.#open.values()].filter(({ readers }) => readers === 0);
    for (const { idle: timer } of this.#open.values()) clearTimeout(timer);
    this.#open.clear();
    await Promise.all(idle.map(close));
  }
}

const close = (segment: OpenSegment): Promise<void> => segment.file.then((file) => file.close()).catch(() => undefined);
