import type { Archive, ArchiveObserver } from './capture.ts';
import { createFsArchive } from './fs/archive.ts';
import { createS3Archive } from './s3/archive.ts';
import { readKeys, type Secret } from './s3/keys.ts';

/** Where an archive is: a folder or a bucket. */
export type ArchivePlace =
  | { readonly type: 'fs'; readonly folder: string }
  | {
      readonly type: 's3';
      readonly endpoint: string;
      readonly region: string;
      readonly bucket: string;
      readonly prefix: string;
      readonly flushMs: number;
      readonly accessKeyId: Secret;
      readonly secretAccessKey: Secret;
      readonly sessionToken?: Secret | undefined;
    };

/** Opens nothing yet: the first call does. */
export function openArchive(place: ArchivePlace, observer?: Partial<ArchiveObserver>): Archive {
  if (place.type === 'fs') return createFsArchive({ folder: place.folder, observer });
  const { endpoint, region, bucket, prefix, flushMs } = place;
  return createS3Archive({ endpoint, region, bucket, prefix, flushMs, keys: readKeys(place), observer });
}

/** The place in words, for people. */
export const placeText = (place: ArchivePlace): string =>
  place.type === 'fs' ? place.folder : `${place.endpoint}/${place.bucket}/${place.prefix}`;
