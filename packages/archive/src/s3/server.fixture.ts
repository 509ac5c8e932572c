import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Server from '@20minutes/s3rver';
import type { S3ClientOptions } from './client.ts';

export interface S3Server extends AsyncDisposable {
  /** For a bucket that is there. */
  readonly options: S3ClientOptions;
  /** A prefix that nobody else uses. */
  newPrefix(): string;
}

/**
 * An S3 service on this machine that checks signatures: s3rver, with its objects in a temporary folder. NEWSMILL_TEST_S3_URL
 * names another one instead, as `http://key:secret@host:port/bucket`, with its bucket.
 */
export async function startS3(port = 0): Promise<S3Server> {
  const common = { region: 'us-east-1', timeoutMs: 5_000 };
  const newPrefix = (): string => `${randomUUID()}/`;
  const other = process.env.NEWSMILL_TEST_S3_URL;
  if (other !== undefined) {
    const { origin, username, password, pathname } = new URL(other);
    const keys = async () => ({ accessKeyId: username, secretAccessKey: password });
    return {
      options: { ...common, endpoint: origin, bucket: pathname.slice(1), keys },
      newPrefix,
      async [Symbol.asyncDispose]() {},
    };
  }
  const directory = await mkdtemp(join(tmpdir(), 'newsmill-s3-'));
  const server = new Server({
    ...{ address: '127.0.0.1', port, silent: true, directory },
    configureBuckets: [{ name: 'news' }],
  });
  const address = await server.run();
  const keys = async () => ({ accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' });
  return {
    options: { ...common, endpoint: `http://127.0.0.1:${address.port}`, bucket: 'news', keys },
    newPrefix,
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
