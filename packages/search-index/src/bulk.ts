import { type Client, errors } from '@elastic/elasticsearch';
import type { Article } from '@newsmill/contracts';
import { IndexWriteError } from './errors.ts';
import type { ItemVerdict, WriteOptions } from './port.ts';

/** Reasons land in logs and quarantine entries: Elasticsearch repeats the offending value in them, up to megabytes. */
const reasonLengthMax = 500;

/** What `client.bulk` answers for one document, as far as we ask for it. */
interface BulkItem {
  readonly status: number;
  readonly error?: {
    readonly type?: string;
    readonly reason?: string | null;
    readonly caused_by?: { readonly reason?: string };
  };
}

/**
 * The document's version in Elasticsearch: epoch milliseconds of the last look at the page, so that an older one never
 * overwrites a newer one. That was the fetch, or the one that found it gone. 0 when the time is unknown or before 1970:
 * then anything may overwrite it.
 */
export function documentVersion({ fetchedAt, removedAt }: Article): number {
  const times = [fetchedAt, removedAt].map((time) => (time === undefined ? 0 : Date.parse(time)));
  return Math.max(0, ...times.filter(Number.isFinite));
}

/** What is written: collapsing puts documents without a cluster all into one, so an article without copies is its own. */
export function toDocument(article: Article): Article {
  return article.clusterId === undefined ? { ...article, clusterId: article.id } : article;
}

/** One line of JSON. Lone surrogates, which Elasticsearch cannot store, become U+FFFD. */
function serializeDocument(article: Article): string {
  const json = JSON.stringify(toDocument(article));
  // JSON.stringify writes a lone surrogate, and nothing else, as an escape of this range.
  if (!/\\ud[89a-f]/.test(json)) return json;
  return JSON.stringify(toDocument(article), (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
}

/** Sends one `_bulk` request and tells what became of each document. */
export async function bulkWrite(
  client: Client,
  alias: string,
  articles: readonly Article[],
  options: WriteOptions = {},
): Promise<ItemVerdict[]> {
  const operations = articles.flatMap((article) => [
    JSON.stringify({ index: { _id: article.id, version: documentVersion(article), version_type: 'external_gte' } }),
    serializeDocument(article),
  ]);
  // Never let a write create a plain index where the alias should be: it would have no mapping.
  const verdicts = await sendBulk(client, { index: alias, require_alias: true }, operations, options);
  return withoutGraves(client, alias, articles, verdicts);
}

/**
 * A version conflict says that a newer state is there, or that one was: of a document that was just deleted Elasticsearch
 * remembers the version for a while. Then it can be written in a moment, and is not to be called done.
 */
async function withoutGraves(
  client: Client,
  alias: string,
  articles: readonly Article[],
  verdicts: ItemVerdict[],
): Promise<ItemVerdict[]> {
  const stale = articles.filter((_, at) => verdicts[at]?.type === 'stale').map(({ id }) => id);
  if (stale.length === 0) return verdicts;
  const answer = await client
    .mget({ index: alias, ids: stale, _source: false })
    .catch((error: unknown) => Promise.reject(toWriteError(error)));
  const there = new Set(answer.docs.flatMap((doc) => ('found' in doc && doc.found ? [doc._id] : [])));
  return verdicts.map((verdict, at) =>
    verdict.type === 'stale' && !there.has(articles[at]?.id ?? '')
      ? { type: 'retry', status: 409, reason: 'the document was deleted a moment ago' }
      : verdict,
  );
}

/** @param operations two lines for each document: what to do, and the document */
export async function sendBulk(
  client: Client,
  target: { readonly index: string; readonly require_alias?: boolean },
  operations: string[],
  { signal, timeoutMs = 60_000 }: WriteOptions = {},
): Promise<ItemVerdict[]> {
  const count = operations.length / 2;
  let items: readonly BulkItem[];
  try {
    const answer = await client.bulk<unknown>(
      {
        ...target,
        operations,
        filter_path: ['items.*.status', 'items.*.error.type', 'items.*.error.reason', 'items.*.error.caused_by.reason'],
      },
      { maxRetries: 0, requestTimeout: timeoutMs, ...(signal === undefined ? {} : { signal }) },
    );
    items = (answer.items ?? []).map((item) => Object.values(item)[0] as BulkItem);
  } catch (error) {
    signal?.throwIfAborted();
    throw toWriteError(error);
  }
  if (items.length !== count) {
    throw new IndexWriteError('unavailable', `_bulk answered ${items.length} of ${count} documents`);
  }
  return items.map(verdictOf);
}

function verdictOf({ status, error }: BulkItem): ItemVerdict {
  if (status < 300) return { type: 'indexed' };
  // With an external version this is a version conflict: a newer state is there.
  if (status === 409) return { type: 'stale' };
  const cause = error?.caused_by?.reason;
  const parts = [error?.type, error?.reason, cause === error?.reason ? undefined : cause];
  const reason = parts.filter(Boolean).join(': ').slice(0, reasonLengthMax) || `status ${status}`;
  // 404 is a missing index, 403 a block (read-only, flood stage): an operator's matter, never the document's. So are two
  // answers that look like the document's: a closed index, and an alias that lost its write index.
  const unready = error?.type === 'index_closed_exception' || error?.reason?.startsWith('no write index') === true;
  const passing = unready || status === 429 || status === 403 || status === 404 || status >= 500;
  return { type: passing ? 'retry' : 'rejected', status, reason };
}

/** Classifies an error of the client for a whole request. */
function toWriteError(error: unknown): IndexWriteError {
  const message = error instanceof Error ? error.message.slice(0, reasonLengthMax) : String(error);
  const status = error instanceof errors.ResponseError ? error.statusCode : undefined;
  return new IndexWriteError(kindOf(error, status), message || 'no answer from Elasticsearch', status, {
    cause: error,
  });
}

function kindOf(error: unknown, status: number | undefined): IndexWriteError['kind'] {
  if (status === 429) return 'overloaded';
  if (status === 413) return 'too-large';
  // A 400 of something between us and Elasticsearch says nothing about the documents.
  const body: unknown = error instanceof errors.ResponseError ? error.body : undefined;
  const spoken = typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'object';
  return status === 400 && spoken ? 'malformed' : 'unavailable';
}
