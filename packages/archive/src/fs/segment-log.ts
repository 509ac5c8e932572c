import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ArchiveError } from '../capture.ts';
import type { Placed } from '../store.ts';

export interface SegmentLogOptions {
  readonly segmentBytesMax: number;
  readonly segmentAgeMaxMs: number;
  /** `fsync`: a write resolves once it is on the disk. `none`: once the kernel has it (a power cut loses it). */
  readonly durability: 'fsync' | 'none';
  /** Path and content of the n-th segment, n from 1. */
  nextSegment(n: number): Promise<{ readonly name: string; readonly path: string; readonly head: Buffer }>;
  now(): number;
}

interface Pending {
  readonly bytes: readonly Buffer[];
  readonly resolve: (placed: Placed) => void;
  readonly reject: (error: ArchiveError) => void;
}

interface Segment {
  readonly name: string;
  readonly file: FileHandle;
  readonly openedAt: number;
  /** End of what is durable: a failed write is cut off here. */
  end: number;
}

/** One flush takes at most this much: it bounds how long the first in line waits for the last. */
const BATCH_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Appends to files that only this process writes, with group commit: whatever arrives while one flush is on its way shares the
 * next one, so a hundred concurrent writes cost a handful of fsyncs. A segment whose fsync failed is given up, because the
 * kernel may report such a failure once and forget it.
 */
export class SegmentLog implements AsyncDisposable {
  readonly #options: SegmentLogOptions;
  #pending: Pending[] = [];
  #flushing: Promise<void> | undefined;
  #segment: Segment | undefined;
  #count = 0;
  #closed = false;

  constructor(options: SegmentLogOptions) {
    this.#options = options;
  }

  /** Appends the parts one behind the other. Rejects with ArchiveError `disk_full`, `storage_failed` or `closed`. */
  append(bytes: readonly Buffer[]): Promise<Placed> {
    if (this.#closed) return Promise.reject(new ArchiveError('closed', 'archive is closed'));
    return new Promise((resolve, reject) => {
      this.#pending.push({ bytes, resolve, reject });
      this.#flushing ??= this.#flushAll();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#flushing;
    await this.#segment?.file.close();
    this.#segment = undefined;
  }

  async #flushAll(): Promise<void> {
    // What is asked for in this very turn of the event loop goes along.
    await Promise.resolve();
    while (this.#pending.length > 0) {
      const batch = this.#takeBatch();
      try {
        const segment = await this.#openSegment();
        const placed = await this.#flush(segment, batch);
        for (const [index, item] of batch.entries()) item.resolve(placed[index] as Placed);
      } catch (cause) {
        const error = classify(cause);
        for (const item of batch) item.reject(error);
      }
    }
    this.#flushing = undefined;
  }

  #takeBatch(): Pending[] {
    let size = 0;
    let count = 0;
    for (const item of this.#pending) {
      size += byteLength(item.bytes);
      if (count > 0 && size > BATCH_BYTES_MAX) break;
      count += 1;
    }
    return this.#pending.splice(0, count);
  }

  async #flush(segment: Segment, batch: readonly Pending[]): Promise<Placed[]> {
    let offset = segment.end;
    const placed = batch.map(({ bytes }) => {
      const at = { segment: segment.name, offset };
      offset += byteLength(bytes);
      return at;
    });
    await this.#write(
      segment,
      batch.flatMap(({ bytes }) => bytes),
    );
    segment.end = offset;
    return placed;
  }

  /** Writes and syncs; on failure the segment ends where it ended before, or is given up. */
  async #write(segment: Segment, buffers: readonly Buffer[]): Promise<void> {
    try {
      await writeFully(segment.file, buffers, segment.end);
    } catch (error) {
      await segment.file.truncate(segment.end).catch(() => this.#abandon(segment));
      throw error;
    }
    if (this.#options.durability === 'none') return;
    try {
      await segment.file.datasync();
    } catch (error) {
      await segment.file.truncate(segment.end).catch(() => {});
      await this.#abandon(segment);
      throw error;
    }
  }

  async #abandon(segment: Segment): Promise<void> {
    this.#segment = undefined;
    await segment.file.close().catch(() => {});
  }

  async #openSegment(): Promise<Segment> {
    const { segmentBytesMax, segmentAgeMaxMs, nextSegment, now } = this.#options;
    const current = this.#segment;
    if (current !== undefined) {
      if (current.end < segmentBytesMax && now() - current.openedAt < segmentAgeMaxMs) return current;
      await this.#abandon(current);
    }
    this.#count += 1;
    const { name, path, head } = await nextSegment(this.#count);
    await mkdir(dirname(path), { recursive: true });
    // `wx`: a name that exists belongs to somebody else.
    const segment: Segment = { name, file: await open(path, 'wx'), openedAt: now(), end: 0 };
    this.#segment = segment;
    try {
      await writeFully(segment.file, [head], 0);
      if (this.#options.durability === 'fsync') {
        await segment.file.datasync();
        await syncFolder(dirname(path));
      }
    } catch (error) {
      await this.#abandon(segment);
      throw error;
    }
    segment.end = head.byteLength;
    return segment;
  }
}

/** `write` may take less than it is given. */
async function writeFully(file: FileHandle, buffers: readonly Buffer[], position: number): Promise<void> {
  const data = buffers.length === 1 && buffers[0] !== undefined ? buffers[0] : Buffer.concat(buffers);
  let done = 0;
  while (done < data.byteLength) {
    const { bytesWritten } = await file.write(data, done, data.byteLength - done, position + done);
    done += bytesWritten;
  }
}

/** A new file's name is durable only once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function byteLength(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

function classify(cause: unknown): ArchiveError {
  if (cause instanceof ArchiveError) return cause;
  const code = (cause as NodeJS.ErrnoException).code;
  const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
  const refused = code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR';
  const kind = full ? 'disk_full' : refused ? 'storage_refused' : 'storage_failed';
  const { path } = cause as NodeJS.ErrnoException;
  const where = path === undefined ? '' : ` on ${path}`;
  return new ArchiveError(kind, `archive: cannot write${where}: ${code ?? String(cause)}`, { cause });
}
