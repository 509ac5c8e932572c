import { type Archive, ArchiveError, type ArchiveObserver } from '../capture.ts';
import { createSegmentArchive } from '../segment-archive.ts';
import { segmentNames } from '../segment-name.ts';
import { createS3Client, type S3ClientOptions } from './client.ts';
import { ObjectLog } from './object-log.ts';

export interface S3ArchiveOptions extends S3ClientOptions {
  /** First part of all keys, e.g. `archive/`; empty for none. */
  readonly prefix?: string;
  /** How long a capture waits for others to share its object, milliseconds. Default 1000: as long as a host rests between two fetches anyway. */
  readonly flushMs?: number;
  /** Lines of the warcinfo record, beside `software` and `format`. */
  readonly info?: Readonly<Record<string, string>>;
  readonly observer?: Partial<ArchiveObserver> | undefined;
}

const FLUSH_MS = 1_000;
const OBJECT_BYTES_MAX = 16 * 1024 * 1024;

/**
 * The archive in a bucket: `<prefix><day>/<segment>`, each object a WARC file with what came within a moment. Needs the rights
 * to list the bucket and to put, get and delete objects.
 */
export function createS3Archive(options: S3ArchiveOptions): Archive {
  const { prefix = '', observer } = options;
  const client = createS3Client(options);
  // A segment's name begins with its day.
  const keyOf = (segment: string): string => `${prefix}${segment.slice(0, 8)}/${segment}`;
  const log = new ObjectLog({
    flushMs: options.flushMs ?? FLUSH_MS,
    objectBytesMax: OBJECT_BYTES_MAX,
    nextSegment: segmentNames(options.info),
    async put(name, body) {
      await client.put(keyOf(name), body);
      observer?.began?.();
    },
  });
  return createSegmentArchive(
    {
      append: (parts) => log.append(parts),
      async read(segment, offset, length) {
        const bytes = await client.get(keyOf(segment), offset, length);
        if (bytes.byteLength === length) return bytes;
        throw new ArchiveError('corrupt', `archive: ${keyOf(segment)} ends before offset ${offset + length}`);
      },
      async *list() {
        for await (const { key, bytes, modifiedAt } of client.list(prefix)) {
          const name = key.slice(key.lastIndexOf('/') + 1);
          // What else lies in the bucket is none of ours.
          if (name.endsWith('.warc.gz') && keyOf(name) === key) yield { name, bytes, endedAt: modifiedAt };
        }
      },
      async open(segment) {
        const key = keyOf(segment);
        return {
          read: (position, length) => client.get(key, position, length),
          async [Symbol.asyncDispose]() {},
        };
      },
      remove: (segment) => client.remove(keyOf(segment)),
      check: () => client.check(prefix),
      [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
    },
    observer,
  );
}
