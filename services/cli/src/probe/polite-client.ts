import { decodeBody } from '@newsmill/archive';
import {
  DISALLOW_ALL,
  hostKeyOf,
  type PageInput,
  parseRobots,
  type Robots,
  readRobotsResponse,
  siteDomain,
} from '@newsmill/core';
import { type Fetcher, type FetchOutcome, headerOf, productToken } from '@newsmill/fetch';
import { shownRule } from '../commands/robots.ts';

const bodyBytesMax = 10_485_760;
const robotsBytesMax = 5_000_000;
const hopsMax = 5;
/** A crawl-delay is kept up to here: somebody waits in front of the terminal, and asks for some twenty pages once. */
const crawlDelayMaxMs = 5_000;

export interface Answer {
  readonly page: PageInput;
  readonly headers: readonly (readonly [string, string])[];
}

export type Got = Answer | { /** Why there is none, in a few words. */ readonly failed: string };

export interface PoliteClient {
  /** One page, redirects included; robots.txt of every host on the way is read first and obeyed, its delay kept. */
  get(url: string): Promise<Got>;
  /** robots.txt of a URL's host, read once. */
  robotsOf(url: string): Promise<HostRobots>;
  readonly requests: number;
}

export interface HostRobots {
  readonly robots: Robots;
  readonly url: string;
  /** HTTP status, or undefined when nothing answered. */
  readonly status: number | undefined;
  readonly text: string;
  /** Why nothing answered. */
  readonly failure?: string;
}

export interface PoliteClientOptions {
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  /** Least pause between two requests to one host. */
  readonly delayMs: number;
  /** Ends everything: what is not asked for by then fails. */
  readonly signal: AbortSignal;
  readonly clock: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

/** Fetches a few pages by hand, by the crawler's rules: one request at a time, spaced, robots.txt first. */
export function createPoliteClient(options: PoliteClientOptions): PoliteClient {
  const { fetcher, signal, clock } = options;
  const nextAt = new Map<string, number>();
  const robotsByHost = new Map<string, HostRobots>();
  let requests = 0;

  async function send(url: string, delayMs: number): Promise<FetchOutcome> {
    const host = hostKeyOf(url);
    const waitMs = (nextAt.get(host) ?? 0) - clock();
    if (waitMs > 0) await options.pause(waitMs);
    if (signal.aborted) return { type: 'failed', code: 'aborted', url, hops: [] };
    requests += 1;
    const outcome = await fetcher.fetch(url, { signal });
    nextAt.set(host, clock() + delayMs);
    return outcome;
  }

  async function robotsOf(url: string): Promise<HostRobots> {
    const host = hostKeyOf(url);
    const known = robotsByHost.get(host);
    if (known !== undefined) return known;
    const first = new URL('/robots.txt', url).href;
    let target = first;
    let outcome = await send(target, options.delayMs);
    for (let hop = 0; outcome.type === 'redirect' && hop < hopsMax; hop += 1) {
      if (siteDomain(outcome.target) !== siteDomain(url)) break;
      ({ target } = outcome);
      outcome = await send(target, options.delayMs);
    }
    const status = outcome.type === 'response' || outcome.type === 'redirect' ? outcome.capture.status : undefined;
    const decoded = outcome.type === 'response' ? decodeBody(outcome.capture, robotsBytesMax) : undefined;
    const body = decoded !== undefined && 'bytes' in decoded ? decoded.bytes : new Uint8Array();
    const answer = readRobotsResponse(status, body);
    const robots = answer.type === 'rules' ? answer.robots : DISALLOW_ALL;
    const isThere = status !== undefined && status >= 200 && status < 300;
    const found: { -readonly [Key in keyof HostRobots]: HostRobots[Key] } = {
      robots: isThere ? parseRobots(body) : robots,
      url: first,
      status,
      text: isThere ? new TextDecoder().decode(body) : '',
    };
    const failure = outcome.type === 'failed' || outcome.type === 'refused' ? outcome.code : undefined;
    if (failure !== undefined) found.failure = failure;
    const asked = found.robots.crawlDelayMs(productToken) ?? 0;
    nextAt.set(host, clock() + Math.max(options.delayMs, Math.min(asked, crawlDelayMaxMs)));
    robotsByHost.set(host, found);
    return found;
  }

  return {
    get requests() {
      return requests;
    },
    robotsOf,
    async get(url) {
      let target = url;
      for (let hop = 0; hop <= hopsMax; hop += 1) {
        const { robots, status, failure } = await robotsOf(target);
        const { allowed, rule } = robots.check(productToken, target);
        if (!allowed) {
          const isAway = status === undefined || status >= 500 || status === 429;
          if (isAway || rule === undefined) {
            // What keeps robots.txt away keeps the host away.
            return { failed: failure ?? `robots.txt is out of reach (HTTP ${status})` };
          }
          const { line, type, pattern } = shownRule(rule);
          return { failed: `robots.txt line ${line}: ${type}: ${pattern}` };
        }
        const crawlDelayMs = Math.min(robots.crawlDelayMs(productToken) ?? 0, crawlDelayMaxMs);
        const outcome = await send(target, Math.max(options.delayMs, crawlDelayMs));
        if (outcome.type === 'redirect') {
          ({ target } = outcome);
          continue;
        }
        if (outcome.type !== 'response') return { failed: outcome.code };
        return read(outcome.capture);
      }
      return { failed: 'too_many_redirects' };
    },
  };
}

function read(capture: Extract<FetchOutcome, { type: 'response' }>['capture']): Got {
  if (capture.status !== 200 && capture.status !== 203) return { failed: `HTTP ${capture.status}` };
  const decoded = decodeBody(capture, bodyBytesMax);
  if ('failed' in decoded) return { failed: decoded.failed };
  const { url, fetchedAt, headers } = capture;
  return { page: { url, fetchedAt, bytes: decoded.bytes, contentType: headerOf(headers, 'content-type') }, headers };
}
