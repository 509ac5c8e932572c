import type { HeaderPair } from '@newsmill/archive';
import type { Dispatcher } from 'undici';
import { classifyError, type Phase } from './classify.ts';
import { FetchError } from './outcome.ts';

export interface ExchangeRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent by POST; without one the request is a GET. */
  readonly content?: string;
  readonly bodyBytesMax: number;
  readonly headersMs: number;
  readonly bodyMs: number;
  /** What is left for this URL. */
  readonly totalMs: number;
  readonly signal?: AbortSignal | undefined;
  /** The address of the connection; asked when the head comes, because the connection may be gone with the body. */
  readonly addressNow: () => string | undefined;
  /** True if the body of such a response is of no interest. */
  readonly skipBody: (status: number) => boolean;
}

export interface Exchanged {
  readonly status: number;
  readonly reasonPhrase: string;
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array;
  readonly truncated?: 'length';
  readonly ip?: string;
  /** From sending to the first header byte. */
  readonly latencyMs: number;
}

/** A body that nobody wants is read to its end if it is short, because that keeps the connection; a longer one costs more than that. */
const DISCARD_BYTES_MAX = 16 * 1024;

/**
 * One request and its response on a connection of `dispatcher`, without redirects or decoding.
 * All deadlines are timers of our own: undici's are set back by every chunk and by every 1xx response.
 * Rejects with FetchError.
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<Exchanged> {
  const { promise, resolve, reject } = Promise.withResolvers<Exchanged>();
  const { url, signal } = request;
  let phase: Phase = 'connect';
  let settled = false;
  let control: Dispatcher.DispatchController | undefined;
  let phaseTimer: NodeJS.Timeout | undefined;
  let sentAt = performance.now();
  let head: Omit<Exchanged, 'body' | 'truncated'> | undefined;
  let discard = false;
  const chunks: Buffer[] = [];
  let size = 0;

  const totalTimer = setTimeout(() => fail(new FetchError('timeout_total', 'took too long in all')), request.totalMs);
  const onAbort = () => fail(new FetchError('aborted', 'aborted', { cause: signal?.reason }));

  /** True for the first caller only. Ends timers, and the connection if the exchange did not come to its own end. */
  function settle(abortWith: Error | undefined): boolean {
    if (settled) return false;
    settled = true;
    clearTimeout(totalTimer);
    clearTimeout(phaseTimer);
    signal?.removeEventListener('abort', onAbort);
    if (abortWith !== undefined) control?.abort(abortWith);
    return true;
  }

  function fail(error: FetchError): void {
    // Nobody wants the rest of a redirect: its head is all that matters, however it ends.
    if (discard && head !== undefined && error.code !== 'aborted') finish(error);
    else if (settle(error)) reject(error);
  }

  function finish(abortWith?: Error, truncated?: 'length'): void {
    if (head === undefined || !settle(abortWith)) return;
    const body = discard ? new Uint8Array() : Buffer.concat(chunks);
    resolve({ ...head, body, ...(truncated === undefined ? {} : { truncated }) });
  }

  function enter(next: Phase, limitMs: number, code: 'timeout_headers' | 'timeout_body'): void {
    phase = next;
    clearTimeout(phaseTimer);
    phaseTimer = setTimeout(() => fail(new FetchError(code, `no ${next} within ${limitMs} ms`)), limitMs);
  }

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      control = controller;
      if (settled) {
        controller.abort(new FetchError('aborted', 'nobody waits any more'));
        return;
      }
      sentAt = performance.now();
      enter('headers', request.headersMs, 'timeout_headers');
    },
    onResponseStart(controller, status, _headers, reasonPhrase) {
      if (settled || status < 200) return;
      enter('body', request.bodyMs, 'timeout_body');
      const headers = headerPairs(controller.rawHeaders);
      const ip = request.addressNow();
      const latencyMs = performance.now() - sentAt;
      head = { status, reasonPhrase: reasonPhrase ?? '', headers, latencyMs, ...(ip === undefined ? {} : { ip }) };
      discard = request.skipBody(status);
      const length = contentLength(headers);
      if (discard && (length === undefined || length > DISCARD_BYTES_MAX)) finish(new Error('body not wanted'));
      // Announced to be too large: not a byte of it is read.
      else if (length !== undefined && length > request.bodyBytesMax) finish(new Error('body too large'), 'length');
    },
    onResponseData(_controller, chunk) {
      if (settled) return;
      const room = request.bodyBytesMax - size;
      size += chunk.byteLength;
      if (!discard) chunks.push(chunk.byteLength > room ? chunk.subarray(0, room) : chunk);
      if (chunk.byteLength > room) finish(new Error('body too large'), 'length');
    },
    onResponseEnd() {
      finish();
    },
    onResponseError(_controller, error) {
      fail(classifyError(error, phase));
    },
  };

  if (signal?.aborted === true) onAbort();
  else {
    signal?.addEventListener('abort', onAbort, { once: true });
    const path = url.pathname + url.search;
    try {
      const what =
        request.content === undefined
          ? ({ method: 'GET' } as const)
          : ({ method: 'POST', body: request.content } as const);
      dispatcher.dispatch({ origin: url.origin, path, ...what, headers: { ...request.headers } }, handler);
    } catch (error) {
      fail(classifyError(error, phase));
    }
  }
  return promise;
}

/** undici hands the header block on as name, value, name, value…, as bytes; that of HTTP/2 as an object. */
function headerPairs(raw: Dispatcher.DispatchController['rawHeaders']): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  if (Array.isArray(raw)) {
    for (let at = 0; at + 1 < raw.length; at += 2) pairs.push([latin1(raw[at]), latin1(raw[at + 1])]);
    return pairs;
  }
  for (const [name, value] of Object.entries(raw ?? {})) {
    if (name.startsWith(':')) continue;
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) pairs.push([name, String(each)]);
  }
  return pairs;
}

function latin1(bytes: Buffer | string | undefined): string {
  return typeof bytes === 'string' ? bytes : (bytes?.toString('latin1') ?? '');
}

function contentLength(headers: readonly HeaderPair[]): number | undefined {
  const value = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}
