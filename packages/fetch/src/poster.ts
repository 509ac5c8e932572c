import { DEFAULT_PORTS, guardUrl, type TargetPolicy, targetPolicy } from '@newsmill/core';
import { Agent } from 'undici';
import { createConnector, type ResolveName, resolveBySystem } from './connect.ts';
import { exchange } from './exchange.ts';
import { FetchError, type FetchFailureCode, type RefusalCode, refusalCodeOf } from './outcome.ts';
import { retryAfterMs } from './response-headers.ts';

export interface PosterConfig {
  readonly userAgent: string;
  /** Ranges that may be contacted although they are not public. */
  readonly allowCidrs?: readonly string[];
  /** Beside 80, 443, 8080 and 8443. */
  readonly allowPorts?: readonly number[];
  /** From the request to the end of the answer. Default 10 s. */
  readonly totalMs?: number;
  /** Default: the system's resolver. */
  readonly resolveName?: ResolveName;
}

export type PostOutcome =
  /** Whatever the status; redirects are not followed. */
  | { readonly type: 'answered'; readonly status: number; readonly retryAfterMs?: number }
  | { readonly type: 'refused'; readonly code: RefusalCode }
  | { readonly type: 'failed'; readonly code: FetchFailureCode };

export interface Poster extends AsyncDisposable {
  /** What this poster would contact, as far as an address shows it; names are judged again when they are resolved. */
  refusalOf(url: string): RefusalCode | undefined;
  /** Never rejects. The answer's body is not kept. */
  post(url: string, content: string, headers: Readonly<Record<string, string>>): Promise<PostOutcome>;
}

/** An answer says whether it has arrived; what else it says is nobody's business here. */
const answerBytesMax = 65_536;

/** Sends to addresses that strangers may have chosen, under the same guard as the fetcher. Dispose of it to close its connections. */
export function createPoster(config: PosterConfig): Poster {
  const policy: TargetPolicy = targetPolicy({
    allowCidrs: config.allowCidrs ?? [],
    allowPorts: [...DEFAULT_PORTS, ...(config.allowPorts ?? [])],
  });
  const totalMs = config.totalMs ?? 10_000;
  const agent = new Agent({
    connect: createConnector({
      policy,
      resolve: new Map(),
      resolveName: config.resolveName ?? resolveBySystem,
      timeoutMs: totalMs,
    }),
    connections: 8,
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 32 * 1024,
    // Alerts are rare: a kept connection would be one that its server has closed.
    keepAliveTimeout: 1_000,
    keepAliveMaxTimeout: 1_000,
  });
  const refusalOf: Poster['refusalOf'] = (url) => {
    const judged = guardUrl(url, policy);
    return 'refused' in judged ? refusalCodeOf(judged.refused) : undefined;
  };
  return {
    refusalOf,
    async post(url, content, headers) {
      const refused = refusalOf(url);
      const parsed = URL.parse(url);
      if (refused !== undefined || parsed === null) return { type: 'refused', code: refused ?? 'url_invalid' };
      try {
        const { status, headers: answered } = await exchange(agent, {
          url: parsed,
          headers: { 'user-agent': config.userAgent, 'content-type': 'application/json', ...headers },
          content,
          bodyBytesMax: answerBytesMax,
          headersMs: totalMs,
          bodyMs: totalMs,
          totalMs,
          addressNow: () => undefined,
          skipBody: () => true,
        });
        const wait = retryAfterMs(answered, Date.now());
        return { type: 'answered', status, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
      } catch (error) {
        if (!(error instanceof FetchError)) throw error;
        if (error.code === 'private_address') return { type: 'refused', code: error.code };
        return { type: 'failed', code: error.code };
      }
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}
