import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { ArchiveError } from '../capture.ts';

export interface S3Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface S3ClientOptions {
  /** `https://s3.eu-central-1.amazonaws.com`, `http://minio:9000`: the service, without the bucket. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Asked before every request; `again` after keys were refused, in case they have been exchanged. */
  readonly keys: (again: boolean) => Promise<S3Keys>;
  /** One request must be through by then. Default 30 s. */
  readonly timeoutMs?: number;
  /** Tries of one request when the service is away or busy. Default 4. */
  readonly triesMax?: number;
  /** Objects that the service tells of at a time. Default 1000, what it tells at the most. */
  readonly pageMax?: number;
}

export interface S3Object {
  readonly key: string;
  readonly bytes: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** The five calls that the archive needs. All reject with ArchiveError only. */
export interface S3Client {
  put(key: string, body: Buffer): Promise<void>;
  /** These bytes, fewer at the end of the object and none behind it; `not_found` if there is none. */
  get(key: string, offset: number, length: number): Promise<Buffer>;
  /** All objects whose keys begin with `prefix`, in the order of their keys (bytes of UTF-8). */
  list(prefix: string): AsyncIterable<S3Object>;
  remove(key: string): Promise<void>;
  /** Whether the bucket is there for us. */
  check(prefix: string): Promise<void>;
}

const TIMEOUT_MS = 30_000;
const TRIES_MAX = 4;
const RETRY_BASE_MS = 200;
/** Of an error page, for the message. */
const ERROR_BYTES_MAX = 4_000;

/** Words by which a service says that keys are not (or no longer) good: they are read again, once. */
const KEY_PROBLEMS: ReadonlySet<string> = new Set([
  ...['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken', 'InvalidToken', 'TokenRefreshRequired'],
]);

/**
 * S3 as AWS, MinIO, Ceph, SeaweedFS, R2 and others speak it, with the bucket in the path. Signing (AWS Signature 4, over the
 * body too) is aws4fetch's; requests are Node's own fetch.
 */
export function createS3Client(options: S3ClientOptions): S3Client {
  const { region, bucket, timeoutMs = TIMEOUT_MS, triesMax = TRIES_MAX } = options;
  const root = `${options.endpoint.replace(/\/+$/, '')}/${bucket}`;
  const signingKeys = new Map<string, ArrayBuffer>();
  let refusedKeys = false;

  async function once(method: string, url: string, body?: Buffer, range?: string): Promise<Response> {
    const keys = await options.keys(refusedKeys);
    if (signingKeys.size > 100) signingKeys.clear();
    const { sessionToken, ...pair } = keys;
    const signer = new AwsV4Signer({
      ...{ method, url, region, service: 's3', cache: signingKeys, ...pair },
      ...(sessionToken === undefined ? {} : { sessionToken }),
      headers: { ...(range === undefined ? {} : { range }), 'x-amz-content-sha256': await sha256(body) },
    });
    const signed = await signer.sign();
    return fetch(signed.url, {
      method,
      headers: signed.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
    });
  }

  /** The answer when it is one of `good`, with its whole body. */
  async function send(
    method: string,
    path: string,
    good: readonly number[],
    { body, range }: { readonly body?: Buffer; readonly range?: string } = {},
  ): Promise<{ readonly status: number; readonly bytes: Buffer }> {
    let failure = new ArchiveError('storage_failed', `archive: S3 at ${root} was not asked`);
    let freshKeys = false;
    for (let attempt = 0; attempt < triesMax; attempt += 1) {
      if (attempt > 0) await sleep(RETRY_BASE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
      let status: number;
      let bytes: Buffer;
      try {
        const response = await once(method, `${root}${path}`, body, range);
        status = response.status;
        bytes = Buffer.from(await response.arrayBuffer());
      } catch (cause) {
        failure = new ArchiveError('storage_failed', `archive: S3 at ${root} does not answer: ${reasonOf(cause)}`, {
          cause,
        });
        continue;
      }
      if (good.includes(status)) {
        refusedKeys = false;
        return { status, bytes };
      }
      const problem = problemOf(status, bytes.toString('utf8', 0, ERROR_BYTES_MAX), { root, bucket, region, path });
      if (problem.keys && !freshKeys) {
        freshKeys = true;
        refusedKeys = true;
        failure = problem.error;
        continue;
      }
      if (problem.error.code !== 'storage_failed') throw problem.error;
      failure = problem.error;
    }
    throw failure;
  }

  async function* list(prefix: string, pageMax = options.pageMax ?? 1_000): AsyncGenerator<S3Object> {
    // The first form of the call, which every service has: the second one's tokens are beyond some of them.
    let after: string | undefined;
    let isMore = true;
    while (isMore) {
      const query = new URLSearchParams({ 'max-keys': String(pageMax), prefix });
      if (after !== undefined) query.set('marker', after);
      // A blank is %20 for the signature, not +.
      const { bytes } = await send('GET', `?${query.toString().replaceAll('+', '%20')}`, [200]);
      const page = bytes.toString();
      isMore = false;
      for (const entry of page.split('<Contents>').slice(1)) {
        const key = textOf(entry, 'Key') ?? '';
        // It would be asked for the same page for ever.
        if (after !== undefined && Buffer.compare(Buffer.from(key), Buffer.from(after)) <= 0) {
          throw new ArchiveError('storage_failed', `archive: S3 at ${root} lists its objects out of order`);
        }
        const modifiedAt = Date.parse(textOf(entry, 'LastModified') ?? '');
        yield { key, bytes: Number(textOf(entry, 'Size')), modifiedAt };
        after = key;
        isMore = textOf(page, 'IsTruncated') === 'true';
      }
    }
  }

  return {
    async put(key, body) {
      await send('PUT', `/${key}`, [200], { body });
    },
    async get(key, offset, length) {
      const range = `bytes=${offset}-${offset + length - 1}`;
      const { status, bytes } = await send('GET', `/${key}`, [200, 206, 416], { range });
      if (status === 416) return Buffer.alloc(0);
      // A service may send the whole.
      return status === 206 ? bytes : bytes.subarray(offset, offset + length);
    },
    list,
    async remove(key) {
      await send('DELETE', `/${key}`, [200, 204, 404]);
    },
    async check(prefix) {
      for await (const _object of list(prefix, 1)) return;
    },
  };
}

/** What an answer that is no good means. `keys`: it may be another answer with keys that are read again. */
function problemOf(
  status: number,
  page: string,
  { root, bucket, region, path }: { root: string; bucket: string; region: string; path: string },
): { readonly error: ArchiveError; readonly keys?: boolean } {
  const code = textOf(page, 'Code') ?? '';
  const said = `${status}${code === '' ? '' : ` ${code}`}${textOf(page, 'Message') === undefined ? '' : `: ${textOf(page, 'Message')}`}`;
  const refused = (why: string): ArchiveError =>
    new ArchiveError('storage_refused', `archive: S3 at ${root} refuses: ${why} (${said})`);
  if (KEY_PROBLEMS.has(code)) {
    return { keys: true, error: refused('wrong keys; check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY') };
  }
  if (code === 'NoSuchBucket' || (status === 404 && path.startsWith('?'))) {
    return { error: refused(`there is no bucket ${bucket}; make it, or check S3_BUCKET and S3_ENDPOINT`) };
  }
  if (status === 404) return { error: new ArchiveError('not_found', `archive: S3 has no ${bucket}${path}`) };
  if (status === 507 || code === 'QuotaExceeded' || code === 'XMinioStorageFull') {
    return { error: new ArchiveError('disk_full', `archive: S3 at ${root} is full (${said})`) };
  }
  if (code === 'RequestTimeTooSkewed') return { error: refused("this machine's clock is wrong") };
  if (status === 403 || status === 401) {
    return { error: refused('these keys may not list, read, write and delete in the bucket') };
  }
  if (status >= 300 && status < 400) return { error: refused(`the bucket is elsewhere; check S3_REGION (${region})`) };
  if (status === 408 || status === 429 || status >= 500) {
    return { error: new ArchiveError('storage_failed', `archive: S3 at ${root} cannot now (${said})`) };
  }
  return { error: refused('it does not understand the request; check S3_ENDPOINT and S3_REGION') };
}

/** Text of the first element of that name; names of ours and words of the service hold no markup. */
function textOf(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`);
  const end = start === -1 ? -1 : xml.indexOf(`</${name}>`, start);
  if (end === -1) return undefined;
  const raw = xml.slice(start + name.length + 2, end);
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' };
  return raw.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity);
}

async function sha256(body: Buffer | undefined): Promise<string> {
  const bytes = (body ?? Buffer.alloc(0)) as Uint8Array<ArrayBuffer>;
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, message } = cause as NodeJS.ErrnoException;
  return code ?? message ?? String(cause);
}
