import { UsageError } from '@newsmill/contracts';
import type { z } from 'zod';
import type { archiveSettings } from './settings.ts';

type Secret = { readonly value: string } | { readonly file: string };
type ArchiveConfig = {
  readonly [Name in keyof typeof archiveSettings]?: z.infer<(typeof archiveSettings)[Name]> | undefined;
};

/**
 * Where the archive is, as `openArchive` takes it.
 * @throws UsageError that names what is missing
 */
export function archivePlaceOf(config: ArchiveConfig, folder = config.ARCHIVE_DIR ?? '') {
  if (config.ARCHIVE !== 's3') return { type: 'fs', folder } as const;
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_SESSION_TOKEN_FILE: tokenFile } = config;
  const id = secretOf(config.S3_ACCESS_KEY_ID, config.S3_ACCESS_KEY_ID_FILE);
  const secret = secretOf(config.S3_SECRET_ACCESS_KEY, config.S3_SECRET_ACCESS_KEY_FILE);
  const missing = Object.entries({
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    'S3_ACCESS_KEY_ID or S3_ACCESS_KEY_ID_FILE': id,
    'S3_SECRET_ACCESS_KEY or S3_SECRET_ACCESS_KEY_FILE': secret,
  }).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (endpoint === undefined || bucket === undefined || id === undefined || secret === undefined) {
    throw new UsageError(`Bad settings in the environment:\n  ARCHIVE is "s3": set ${missing.join(', ')} too`);
  }
  return {
    ...({ type: 's3', endpoint, bucket, accessKeyId: id, secretAccessKey: secret } as const),
    ...{
      region: config.S3_REGION ?? 'us-east-1',
      prefix: config.S3_PREFIX ?? '',
      flushMs: config.S3_FLUSH_MS ?? 1_000,
    },
    ...(tokenFile === undefined ? {} : { sessionToken: { file: tokenFile } }),
  };
}

function secretOf(value: string | undefined, file: string | undefined): Secret | undefined {
  if (value !== undefined) return { value };
  return file === undefined ? undefined : { file };
}
