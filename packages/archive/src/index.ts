export {
  type Archive,
  ArchiveError,
  type ArchiveErrorCode,
  type ArchiveObserver,
  type Capture,
  type CaptureRef,
  type Derived,
  formatRef,
  type HeaderPair,
  parseRef,
  type RefParts,
  type SegmentInfo,
} from './capture.ts';
export { ACCEPT_ENCODING, type DecodedBody, type DecodeFailure, decodeBody } from './decode-body.ts';
export { createFsArchive, type FsArchiveOptions } from './fs/archive.ts';
export { freeSpaceOf } from './fs/free-space.ts';
export { createMemoryArchive } from './memory.ts';
export { type ArchivePlace, openArchive, placeText } from './open-archive.ts';
export {
  type PruneOptions,
  pruneArchive,
  type RefInUse,
  type RetentionPolicy,
  type RetentionReport,
} from './retention.ts';
export { packMember } from './warc/member.ts';
export { readAnyRecord, type WarcRecord } from './warc/read-record.ts';
export { warcinfoRecord } from './warc/record.ts';
export type { ScanOptions, WarcDamage } from './warc/scan.ts';
export { type ByteSource, fileSource } from './warc/source.ts';
export { type WalkedRecord, walkWarc } from './warc/walk.ts';
