import {
  type Archive,
  ArchiveError,
  type ArchiveObserver,
  type Capture,
  type CaptureRef,
  formatRef,
  parseRef,
} from './capture.ts';
import type { SegmentStore } from './store.ts';
import { packMember, unpackMember } from './warc/member.ts';
import { readConversionRecord, readResponseRecord } from './warc/read-record.ts';
import { captureRecords, conversionRecord, revisitRecord } from './warc/record.ts';
import { captureOf, scanRecords } from './warc/scan.ts';

const RECORD_BYTES_MAX = 512 * 1024 * 1024;

/** The archive on any storage: WARC 1.1 segments, one gzip member per record. */
export function createSegmentArchive(store: SegmentStore, observer?: Partial<ArchiveObserver>): Archive {
  const put = async (
    type: 'response' | 'revisit' | 'conversion',
    pack: () => Promise<readonly [Buffer, ...Buffer[]]>,
  ): Promise<CaptureRef> => {
    const began = performance.now();
    try {
      const members = await pack();
      const placed = await store.append(members);
      const bytes = members.reduce((sum, member) => sum + member.byteLength, 0);
      observer?.wrote?.(type, bytes, performance.now() - began);
      return formatRef({ ...placed, length: members[0].byteLength });
    } catch (error) {
      if (error instanceof ArchiveError) observer?.failed?.(error.code, error.message);
      throw error;
    }
  };

  const readRecordAt = async (ref: CaptureRef): Promise<Buffer> => {
    const { segment, offset, length } = parseRef(ref);
    return unpackMember(await store.read(segment, offset, length), RECORD_BYTES_MAX);
  };

  async function* records() {
    for await (const { name: segment } of store.list()) {
      // Retention may have taken it since it was listed.
      const source = await store.open(segment).catch((error: unknown) => {
        if (error instanceof ArchiveError && error.code === 'not_found') return undefined;
        throw error;
      });
      if (source === undefined) continue;
      await using opened = source;
      for await (const { record, offset, length } of scanRecords(opened)) {
        // Without a length it shares its member with others: not one of ours.
        if (length > 0) yield { ref: formatRef({ segment, offset, length }), record };
      }
    }
  }

  return {
    write(capture: Capture): Promise<CaptureRef> {
      return put('response', async () => {
        const compressed = capture.headers.some(([name]) => name.toLowerCase() === 'content-encoding');
        const { response, request } = captureRecords(capture);
        const member = await packMember(response, compressed);
        return request === undefined ? [member] : [member, await packMember(request, false)];
      });
    },

    writeRevisit: (capture, of) => put('revisit', async () => [await packMember(revisitRecord(capture, of), false)]),

    read: async (ref) => readResponseRecord(await readRecordAt(ref)),

    writeDerived: (derived) => put('conversion', async () => [await packMember(conversionRecord(derived), false)]),

    readDerived: async (ref) => readConversionRecord(await readRecordAt(ref)),

    async *scan() {
      for await (const { ref, record } of records()) {
        const capture = captureOf(record);
        if (capture !== undefined) yield { ref, capture };
      }
    },

    records,
    segments: () => store.list(),
    removeSegment: (name) => store.remove(name),
    check: () => store.check(),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
