import { type Archive, ArchiveError, type Capture, formatRef, parseRef } from './capture.ts';
import { readResponseRecord } from './warc/read-record.ts';
import { captureRecords } from './warc/record.ts';

/** Keeps records in memory, uncompressed, in the same form as on disk. For tests and for looking at a page without storing it. */
export function createMemoryArchive(): Archive {
  const records = new Map<string, Buffer>();
  const segment = 'memory-0001.warc.gz';
  let end = 0;
  let closed = false;
  return {
    async write(capture: Capture) {
      if (closed) throw new ArchiveError('closed', 'archive is closed');
      const { response } = captureRecords(capture);
      const ref = formatRef({ segment, offset: end, length: response.byteLength });
      records.set(ref, response);
      end += response.byteLength;
      return ref;
    },
    async read(ref) {
      const parts = parseRef(ref);
      if (parts.segment !== segment) throw new ArchiveError('not_found', `archive: no segment ${parts.segment}`);
      const record = records.get(ref);
      if (record === undefined) throw new ArchiveError('corrupt', `archive: no record at ${ref}`);
      return readResponseRecord(record);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
    },
  };
}
