import { UsageError } from '@newsmill/contracts';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { archivePlaceOf } from './archive-place.ts';
import { readConfig } from './read-config.ts';
import { archiveSettings } from './settings.ts';

const placeOf = (env: Record<string, string>) => archivePlaceOf(readConfig(z.object(archiveSettings), env));
const s3 = { ARCHIVE: 's3', S3_ENDPOINT: 'http://minio:9000', S3_BUCKET: 'news' };

it('is a folder unless told otherwise', () => {
  expect(placeOf({})).toEqual({ type: 'fs', folder: '/var/lib/newsmill/archive' });
  expect(placeOf({ ARCHIVE_DIR: '/a', S3_BUCKET: 'news' })).toEqual({ type: 'fs', folder: '/a' });
});

it('is a bucket, with keys or files that have them', () => {
  expect(placeOf({ ...s3, S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret', S3_PREFIX: 'a/b/' })).toEqual({
    ...{
      type: 's3',
      endpoint: 'http://minio:9000',
      bucket: 'news',
      region: 'us-east-1',
      prefix: 'a/b/',
      flushMs: 1_000,
    },
    ...{ accessKeyId: { value: 'id' }, secretAccessKey: { value: 'secret' } },
  });
  const files = { S3_ACCESS_KEY_ID_FILE: '/k', S3_SECRET_ACCESS_KEY_FILE: '/s', S3_SESSION_TOKEN_FILE: '/t' };
  expect(placeOf({ ...s3, ...files })).toMatchObject({
    accessKeyId: { file: '/k' },
    secretAccessKey: { file: '/s' },
    sessionToken: { file: '/t' },
  });
});

it.each([
  [{ ARCHIVE: 's3' }, /set S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID or S3_ACCESS_KEY_ID_FILE, S3_SECRET/],
  [{ ...s3, S3_ACCESS_KEY_ID: 'id' }, /set S3_SECRET_ACCESS_KEY or S3_SECRET_ACCESS_KEY_FILE too/],
  [{ ARCHIVE: 'tape' }, /ARCHIVE is "tape"/],
  [{ ...s3, S3_ENDPOINT: 'http://key:secret@minio' }, /S3_ENDPOINT.*without bucket or password/],
  [{ ...s3, S3_BUCKET: 'No' }, /S3_BUCKET/],
  [{ ...s3, S3_PREFIX: '/x' }, /S3_PREFIX/],
])('says what is wrong with %j', (env, says) => {
  expect(() => placeOf(env)).toThrow(UsageError);
  expect(() => placeOf(env)).toThrow(says);
});
