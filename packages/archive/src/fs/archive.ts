import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Archive, ArchiveError, type ArchiveObserver, type SegmentInfo } from '../capture.ts';
import { createSegmentArchive } from '../segment-archive.ts';
import { segmentNames } from '../segment-name.ts';
import { fileSource } from '../warc/source.ts';
import { OpenSegments } from './open-segments.ts';
import { SegmentLog } from './segment-log.ts';

export interface FsArchiveOptions {
  /** Folder of the segments; made when the first capture is written. */
  readonly folder: string;
  /** A segment that has reached this size gets no more records. Default 1 GB, what WARC tools are used to. */
  readonly segmentBytesMax?: number;
  /** A segment that is older than this gets no more records, so that retention by age has something to remove. Default 24 h. */
  readonly segmentAgeMaxMs?: number;
  /** Default `fsync`. */
  readonly durability?: 'fsync' | 'none';
  /** Lines of the warcinfo record, beside `software` and `format`: operator, http-header-user-agent, … */
  readonly info?: Readonly<Record<string, string>>;
  readonly observer?: Partial<ArchiveObserver> | undefined;
}

const GIGABYTE = 1_000_000_000;
const DAY_MS = 86_400_000;

/**
 * WARC 1.1 segments in a folder, one gzip member per record, each process writing files of its own.
 * Any number of processes may read. A crash leaves at most one record cut short at the end of a segment, which nobody was told of.
 * Nothing is opened for writing before the first write.
 */
export function createFsArchive(options: FsArchiveOptions): Archive {
  const { folder, observer } = options;
  const nextSegment = segmentNames(options.info);
  const log = new SegmentLog({
    segmentBytesMax: options.segmentBytesMax ?? GIGABYTE,
    segmentAgeMaxMs: options.segmentAgeMaxMs ?? DAY_MS,
    durability: options.durability ?? 'fsync',
    now: () => Date.now(),
    async nextSegment(n) {
      const segment = await nextSegment(n);
      observer?.began?.();
      return { ...segment, path: join(folder, segment.name) };
    },
  });
  const segments = new OpenSegments();
  return createSegmentArchive(
    {
      append: (parts) => log.append(parts),
      read: (segment, offset, length) => readAt(segments, join(folder, segment), offset, length),
      async *list() {
        for (const name of await namesIn(folder)) {
          const info = await infoOf(folder, name);
          if (info !== undefined) yield info;
        }
      },
      open: (segment) => fileSource(join(folder, segment)),
      remove(segment) {
        segments.forget(join(folder, segment));
        return removeFile(folder, segment);
      },
      // A folder that is not there yet is made by the first write.
      async check() {
        await namesIn(folder);
      },
      async [Symbol.asyncDispose]() {
        await log[Symbol.asyncDispose]();
        await segments[Symbol.asyncDispose]();
      },
    },
    observer,
  );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.warc.gz')).sort();
  } catch (cause) {
    // Nothing was written yet.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw failure('list', folder, cause);
  }
}

async function infoOf(folder: string, name: string): Promise<SegmentInfo | undefined> {
  try {
    const { size, mtimeMs } = await stat(join(folder, name));
    return { name, bytes: size, endedAt: mtimeMs };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw failure('look at', join(folder, name), cause);
  }
}

async function removeFile(folder: string, segment: string): Promise<void> {
  try {
    await rm(join(folder, segment), { force: true });
  } catch (cause) {
    throw failure('remove', join(folder, segment), cause);
  }
}

async function readAt(segments: OpenSegments, path: string, offset: number, length: number): Promise<Buffer> {
  try {
    const bytes = await segments.read(path, offset, length);
    if (bytes !== undefined) return bytes;
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing) throw new ArchiveError('not_found', `archive: no ${path}`, { cause });
    throw failure('read', path, cause);
  }
  throw new ArchiveError('corrupt', `archive: ${path} ends before offset ${offset + length}`);
}

function failure(what: string, path: string, cause: unknown): ArchiveError {
  const { code } = cause as NodeJS.ErrnoException;
  const refused = code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR';
  return new ArchiveError(refused ? 'storage_refused' : 'storage_failed', `archive: cannot ${what} ${path} (${code})`, {
    cause,
  });
}
