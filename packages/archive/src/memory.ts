import { type Archive, ArchiveError, type CaptureRef, formatRef, parseRef } from './capture.ts';
import { readConversionRecord, readResponseRecord } from './warc/read-record.ts';
import { captureRecords, conversionRecord } from './warc/record.ts';

/** Keeps records in memory, uncompressed, in the same form as on disk. For tests and for looking at a page without storing it. */
export function createMemoryArchive(): Archive {
  const records = new Map<string, Buffer>();
  const captures: CaptureRef[] = [];
  const segment = 'memory-0001.warc.gz';
  let end = 0;
  let closed = false;
  const keep = (record: Buffer): CaptureRef => {
    if (closed) throw new ArchiveError('closed', 'archive is closed');
    const ref = formatRef({ segment, offset: end, length: record.byteLength });
    records.set(ref, record);
    end += record.byteLength;
    return ref;
  };
  const find = (ref: CaptureRef): Buffer => {
    const parts = parseRef(ref);
    if (parts.segment !== segment) throw new ArchiveError('not_found', `archive: no segment ${parts.segment}`);
    const record = records.get(ref);
    if (record === undefined) throw new ArchiveError('corrupt', `archive: no record at ${ref}`);
    return record;
  };
  return {
    async write(capture) {
      const ref = keep(captureRecords(capture).response);
      captures.push(ref);
      return ref;
    },
    read: async (ref) => readResponseRecord(find(ref)),
    writeDerived: async (derived) => keep(conversionRecord(derived)),
    readDerived: async (ref) => readConversionRecord(find(ref)),
    async *scan() {
      for (const ref of captures) yield { ref, capture: readResponseRecord(find(ref)) };
    },
    async [Symbol.asyncDispose]() {
      closed = true;
    },
  };
}
