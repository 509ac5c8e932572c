import { randomBytes } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Archive,
  ArchiveError,
  type Capture,
  type CaptureRef,
  type Derived,
  formatRef,
  parseRef,
} from '../capture.ts';
import { packMember, unpackMember } from '../warc/member.ts';
import { readConversionRecord, readResponseRecord } from '../warc/read-record.ts';
import { captureRecords, conversionRecord, warcinfoRecord } from '../warc/record.ts';
import { readWarcFile } from '../warc/scan.ts';
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
}

const GIGABYTE = 1_000_000_000;
const DAY_MS = 86_400_000;
const RECORD_BYTES_MAX = 512 * 1024 * 1024;

/**
 * WARC 1.1 segments in a folder, one gzip member per record, each process writing files of its own.
 * Any number of processes may read. A crash leaves at most one record cut short at the end of a segment, which nobody was told of.
 * Nothing is opened before the first write.
 */
export function createFsArchive(options: FsArchiveOptions): Archive {
  const writerId = randomBytes(4).toString('hex');
  const log = new SegmentLog({
    segmentBytesMax: options.segmentBytesMax ?? GIGABYTE,
    segmentAgeMaxMs: options.segmentAgeMaxMs ?? DAY_MS,
    durability: options.durability ?? 'fsync',
    now: () => Date.now(),
    async nextSegment(n) {
      const date = new Date().toISOString();
      const stamp = date.slice(0, 19).replace(/[-:]/g, '');
      const name = `${stamp}-${writerId}-${String(n).padStart(4, '0')}.warc.gz`;
      const info = { software: 'newsmill', format: 'WARC File Format 1.1', ...options.info };
      const head = await packMember(warcinfoRecord(name, date, info), false);
      return { name, path: join(options.folder, name), head };
    },
  });

  const readRecordAt = async (ref: CaptureRef): Promise<Buffer> => {
    const { segment, offset, length } = parseRef(ref);
    return unpackMember(await readAt(join(options.folder, segment), offset, length), RECORD_BYTES_MAX);
  };

  return {
    async write(capture: Capture): Promise<CaptureRef> {
      const compressed = capture.headers.some(([name]) => name.toLowerCase() === 'content-encoding');
      const { response, request } = captureRecords(capture);
      const members = [await packMember(response, compressed)];
      if (request !== undefined) members.push(await packMember(request, false));
      const length = members[0]?.byteLength ?? 0;
      return formatRef({ ...(await log.append(members)), length });
    },

    read: async (ref) => readResponseRecord(await readRecordAt(ref)),

    async writeDerived(derived: Derived): Promise<CaptureRef> {
      const member = await packMember(conversionRecord(derived), false);
      return formatRef({ ...(await log.append([member])), length: member.byteLength });
    },

    readDerived: async (ref) => readConversionRecord(await readRecordAt(ref)),

    async *scan() {
      for (const segment of await segmentsIn(options.folder)) {
        for await (const { capture, offset, length } of readWarcFile(join(options.folder, segment))) {
          yield { ref: formatRef({ segment, offset, length }), capture };
        }
      }
    },

    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  };
}

/** Their names begin with the second they were begun in, so that sorting them puts them in order. */
async function segmentsIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.warc.gz')).sort();
  } catch (cause) {
    // Nothing was written yet.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new ArchiveError('storage_failed', `archive: cannot list ${folder}`, { cause });
  }
}

async function readAt(path: string, offset: number, length: number): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, offset);
      if (bytesRead === length) return buffer;
    } finally {
      await file.close();
    }
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ArchiveError(missing ? 'not_found' : 'storage_failed', `archive: cannot read ${path}`, { cause });
  }
  throw new ArchiveError('corrupt', `archive: ${path} ends before offset ${offset + length}`);
}
