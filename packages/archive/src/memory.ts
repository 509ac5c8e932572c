import { type Archive, ArchiveError } from './capture.ts';
import { createSegmentArchive } from './segment-archive.ts';
import { segmentNames } from './segment-name.ts';

/** The archive inside one process, in the same form as on disk. For tests and for looking at a page without storing it. */
export function createMemoryArchive(): Archive {
  const segments = new Map<string, { parts: Buffer[]; end: number }>();
  const nextSegment = segmentNames();
  let current: Promise<string> | undefined;
  let closed = false;
  const begin = async (): Promise<string> => {
    const { name, head } = await nextSegment(1);
    segments.set(name, { parts: [head], end: head.byteLength });
    return name;
  };
  const bytesOf = (name: string): Buffer => {
    const segment = segments.get(name);
    if (segment === undefined) throw new ArchiveError('not_found', `archive: no segment ${name}`);
    const whole = segment.parts.length === 1 ? segment.parts[0] : Buffer.concat(segment.parts);
    segment.parts = [whole ?? Buffer.alloc(0)];
    return segment.parts[0] as Buffer;
  };
  return createSegmentArchive({
    async append(parts) {
      if (closed) throw new ArchiveError('closed', 'archive is closed');
      current ??= begin();
      const name = await current;
      const segment = segments.get(name);
      if (segment === undefined) throw new ArchiveError('storage_failed', `archive: segment ${name} was removed`);
      const offset = segment.end;
      segment.parts.push(...parts);
      segment.end += parts.reduce((sum, part) => sum + part.byteLength, 0);
      return { segment: name, offset };
    },
    async read(segment, offset, length) {
      const bytes = bytesOf(segment).subarray(offset, offset + length);
      if (bytes.byteLength < length) throw new ArchiveError('corrupt', `archive: ${segment} ends before that`);
      return bytes;
    },
    async *list() {
      for (const [name, { end }] of segments) yield { name, bytes: end, endedAt: Date.now() };
    },
    async open(segment) {
      const bytes = bytesOf(segment);
      return {
        read: async (position, length) => bytes.subarray(position, position + length),
        async [Symbol.asyncDispose]() {},
      };
    },
    async remove(segment) {
      if (segments.delete(segment)) current = undefined;
    },
    async check() {},
    async [Symbol.asyncDispose]() {
      closed = true;
    },
  });
}
