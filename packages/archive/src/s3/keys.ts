import { readFile } from 'node:fs/promises';
import { ArchiveError } from '../capture.ts';
import type { S3Keys } from './client.ts';

/** A secret, or the file that it is in. */
export type Secret = { readonly value: string } | { readonly file: string };

/** Keys that were given, or are in files, which are read again after their keys were refused: whoever exchanges them need not restart anything. */
export function readKeys(from: {
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret | undefined;
}): (again: boolean) => Promise<S3Keys> {
  let known: Promise<S3Keys> | undefined;
  const read = async (): Promise<S3Keys> => {
    const [accessKeyId, secretAccessKey, sessionToken] = await Promise.all([
      secret(from.accessKeyId),
      secret(from.secretAccessKey),
      from.sessionToken === undefined ? undefined : secret(from.sessionToken),
    ]);
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  };
  return (again) => {
    if (again || known === undefined) {
      known = read();
      known.catch(() => {
        known = undefined;
      });
    }
    return known;
  };
}

async function secret(from: Secret): Promise<string> {
  if ('value' in from) return from.value;
  try {
    return (await readFile(from.file, 'utf8')).trim();
  } catch (cause) {
    throw new ArchiveError('storage_refused', `archive: S3 keys: cannot read ${from.file}`, { cause });
  }
}
