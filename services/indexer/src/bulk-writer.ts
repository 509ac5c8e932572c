import type { Article } from '@newsmill/contracts';
import { type ArticleIndex, IndexWriteError, type ItemVerdict } from '@newsmill/search-index';
import { backoffMs } from '@newsmill/service-kit';

/** What Elasticsearch finally said about one document. */
export type WriteVerdict = Exclude<ItemVerdict, { readonly type: 'retry' }>;

export interface BulkWriterOptions {
  readonly index: Pick<ArticleIndex, 'write'>;
  /** Documents per request; shrinks by itself while Elasticsearch is busy. */
  readonly countMax?: number;
  /** Bytes per request, about. Elasticsearch takes 100 MB, but 5 MB is where more stops being faster. */
  readonly bytesMax?: number;
  /** How long a document may wait for others to share its request. */
  readonly lingerMs?: number;
  /** Requests at once. */
  readonly inFlightMax?: number;
  readonly requestTimeoutMs?: number;
  readonly backoff?: { readonly baseMs: number; readonly maxMs: number };
  /** A number in [0, 1), for jitter. */
  readonly random?: () => number;
  /** Told of every failed request and every document that must wait: for logs, metrics and alarms. */
  readonly onTrouble?: (trouble: WriteTrouble) => void;
}

export interface WriteTrouble {
  readonly kind: IndexWriteError['kind'] | 'documents-refused';
  readonly reason: string;
  /** Documents that wait because of it. */
  readonly documents: number;
  /** Requests that brought nothing home, in a row. */
  readonly failures: number;
  readonly pauseMs: number;
}

export interface BulkWriter {
  /**
   * Resolves with Elasticsearch's answer for this very document, however long Elasticsearch is away or busy.
   * Rejects only with the reason of `signal`, or when the writer is closed; the document may then have been written or
   * not, and writing it again does no harm.
   */
  write(article: Article, options?: { readonly signal?: AbortSignal }): Promise<WriteVerdict>;
  /** Documents without an answer, and requests on their way. */
  readonly load: { readonly documents: number; readonly requests: number };
  /** Takes no more, sends what it holds, and waits for the answers; when `signal` fires the rest is given up. */
  close(options?: { readonly signal?: AbortSignal }): Promise<void>;
}

interface Item {
  readonly article: Article;
  readonly bytes: number;
  tries: number;
  /** Undefined once the caller has its answer or has gone. */
  settle: ((verdict: WriteVerdict | Error) => void) | undefined;
  /** Tells the request that carries it that the caller has gone. */
  leave: (() => void) | undefined;
}

/**
 * Gathers documents of many concurrent jobs into `_bulk` requests. Not the client's `helpers.bulk`: that loses documents
 * silently when a request fails as a whole. Here every document stays with its caller until it has its own answer:
 * refused ones are told why, a request that is refused as such is halved until the guilty one stands alone, and all
 * else (429, 503, timeouts, broken connections, blocked or missing index) slows the writer down and is sent again.
 */
export function createBulkWriter(options: BulkWriterOptions): BulkWriter {
  const { index, random = Math.random, backoff = { baseMs: 200, maxMs: 10_000 } } = options;
  const { countMax = 500, lingerMs = 20, inFlightMax = 2, requestTimeoutMs = 30_000 } = options;
  const queue: Item[] = [];
  const pending = new Set<Item>();
  let queuedBytes = 0;
  let requests = 0;
  let failures = 0;
  let countNow = countMax;
  let bytesNow = options.bytesMax ?? 5_000_000;
  let lingered = false;
  let lingerTimer: NodeJS.Timeout | undefined;
  let pauseTimer: NodeJS.Timeout | undefined;
  let closed: (() => void) | undefined;

  const enqueue = (items: readonly Item[], where: 'front' | 'back'): void => {
    const waiting = items.filter(({ settle }) => settle !== undefined);
    if (where === 'front') queue.unshift(...waiting);
    else queue.push(...waiting);
    for (const { bytes } of waiting) queuedBytes += bytes;
  };

  const pump = (): void => {
    while (queue.length > 0 && pauseTimer === undefined && requests < (failures > 0 ? 1 : inFlightMax)) {
      const full = queue.length >= countNow || queuedBytes >= bytesNow;
      if (!full && !lingered && closed === undefined) {
        lingerTimer ??= setTimeout(() => {
          lingerTimer = undefined;
          lingered = true;
          pump();
        }, lingerMs);
        return;
      }
      send(takeBatch());
      lingered = false;
    }
  };

  const takeBatch = (): Item[] => {
    let bytes = 0;
    let count = 0;
    for (const item of queue) {
      if (count > 0 && (count >= countNow || bytes + item.bytes > bytesNow)) break;
      bytes += item.bytes;
      count += 1;
    }
    queuedBytes -= bytes;
    return queue.splice(0, count).filter(({ settle }) => settle !== undefined);
  };

  const send = (batch: readonly Item[]): void => {
    requests += 1;
    deliver(batch)
      .catch((error: unknown) => {
        // A bug of ours: the callers must hear of it rather than wait for ever.
        for (const item of batch) item.settle?.(error instanceof Error ? error : new Error(String(error)));
      })
      .finally(() => {
        requests -= 1;
        pump();
      });
  };

  const deliver = async (items: readonly Item[]): Promise<void> => {
    const batch = items.filter(({ settle }) => settle !== undefined);
    if (batch.length === 0) return;
    const controller = new AbortController();
    let callers = batch.length;
    for (const item of batch) {
      item.leave = () => {
        callers -= 1;
        if (callers === 0) controller.abort();
      };
    }
    try {
      const articles = batch.map(({ article }) => article);
      const verdicts = await index.write(articles, { signal: controller.signal, timeoutMs: requestTimeoutMs });
      receive(batch, verdicts);
    } catch (error) {
      if (controller.signal.aborted) return;
      const known = error instanceof IndexWriteError;
      // Anything that is not an answer comes from one of the documents (it cannot be serialised): find it the same way.
      const guilty = !known || error.kind === 'malformed' || error.kind === 'too-large';
      if (!guilty) return pause(error, batch);
      if (batch.length === 1) return refuse(batch[0], error);
      if (known && error.kind === 'too-large') bytesNow = Math.max(65_536, Math.ceil(sizeOf(batch) / 2));
      const middle = Math.ceil(batch.length / 2);
      await deliver(batch.slice(0, middle));
      await deliver(batch.slice(middle));
    }
  };

  const refuse = (item: Item | undefined, error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    item?.settle?.({ type: 'rejected', status: (error instanceof IndexWriteError && error.status) || 400, reason });
  };

  const receive = (batch: readonly Item[], verdicts: readonly ItemVerdict[]): void => {
    const later: Item[] = [];
    let refusal: (ItemVerdict & { type: 'retry' }) | undefined;
    for (const [at, item] of batch.entries()) {
      const verdict = verdicts[at] ?? { type: 'retry', status: 0, reason: 'no answer for this document' };
      if (verdict.type !== 'retry') item.settle?.(verdict);
      else {
        refusal ??= verdict;
        later.push(item);
      }
    }
    if (refusal?.status === 429) countNow = Math.max(1, Math.floor(batch.length / 2));
    else countNow = Math.min(countMax, countNow + Math.ceil(countMax / 20));
    if (refusal === undefined) {
      failures = 0;
      return;
    }
    const reason = `${refusal.status}: ${refusal.reason}`;
    if (later.length === batch.length) {
      wait('documents-refused', reason, later);
      return;
    }
    // The rest went through: the writer goes on, and these come back one by one, each after its own pause.
    failures = 0;
    for (const item of later) {
      item.tries += 1;
      const timer = setTimeout(
        () => {
          enqueue([item], 'back');
          pump();
        },
        backoffMs(backoff, item.tries, random()),
      );
      item.leave = () => clearTimeout(timer);
    }
    options.onTrouble?.({ kind: 'documents-refused', reason, documents: later.length, failures, pauseMs: 0 });
  };

  const pause = (error: IndexWriteError, batch: readonly Item[]): void => {
    if (error.kind === 'overloaded') countNow = Math.max(1, Math.floor(batch.length / 2));
    wait(error.kind, error.message, batch);
  };

  /** Nothing of this request came home: everything waits, longer each time. */
  const wait = (kind: WriteTrouble['kind'], reason: string, batch: readonly Item[]): void => {
    failures += 1;
    const pauseMs = backoffMs(backoff, failures, random());
    for (const item of batch) item.leave = undefined;
    enqueue(batch, 'front');
    clearTimeout(pauseTimer);
    pauseTimer = setTimeout(() => {
      pauseTimer = undefined;
      // They have waited: send what there is.
      lingered = true;
      pump();
    }, pauseMs);
    options.onTrouble?.({ kind, reason, documents: batch.length, failures, pauseMs });
  };

  return {
    write(article, { signal } = {}) {
      if (closed !== undefined) return Promise.reject(new Error('the bulk writer is closed'));
      if (signal?.aborted) return Promise.reject(signal.reason);
      return new Promise<WriteVerdict>((resolve, reject) => {
        const item: Item = { article, bytes: estimateBytes(article), tries: 0, settle: undefined, leave: undefined };
        const onAbort = (): void => {
          item.leave?.();
          item.settle?.(
            signal?.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal?.reason }),
          );
        };
        item.settle = (verdict) => {
          item.settle = undefined;
          signal?.removeEventListener('abort', onAbort);
          pending.delete(item);
          if (verdict instanceof Error) reject(verdict);
          else resolve(verdict);
          if (pending.size === 0) closed?.();
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        pending.add(item);
        enqueue([item], 'back');
        pump();
      });
    },

    get load() {
      return { documents: pending.size, requests };
    },

    async close({ signal } = {}) {
      const drained = new Promise<void>((resolve) => {
        closed = resolve;
      });
      const giveUp = (): void => {
        for (const item of [...pending]) {
          item.leave?.();
          item.settle?.(new Error('the bulk writer was closed before Elasticsearch answered'));
        }
      };
      if (signal?.aborted) giveUp();
      signal?.addEventListener('abort', giveUp, { once: true });
      pump();
      if (pending.size > 0) await drained;
      signal?.removeEventListener('abort', giveUp);
      clearTimeout(lingerTimer);
      clearTimeout(pauseTimer);
    },
  };
}

const sizeOf = (batch: readonly Item[]): number => batch.reduce((sum, { bytes }) => sum + bytes, 0);

/** The body dominates; the rest of an article is about 2 KB. Exact bytes would cost serialising it twice. */
const estimateBytes = ({ body, bodyHtml = '' }: Article): number =>
  Buffer.byteLength(body) + Buffer.byteLength(bodyHtml) + 2_048;
