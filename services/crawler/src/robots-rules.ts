import type { SkipReason } from '@newsmill/contracts';
import { DISALLOW_ALL, parseRobots, ROBOTS_BYTES_MAX, type Robots } from '@newsmill/core';
import type { Frontier, RobotsEntry } from '@newsmill/frontier';

/** RFC 9309 §2.4: a cached robots.txt should not be used for more than 24 hours. */
const rulesTtlMs = 24 * 3_600_000;
/** How soon a robots.txt that could not be read is asked for again. */
export const unreachableTtlMs = 60_000;
/** Hosts whose parsed rules one process keeps at hand. */
const cacheMax = 5_000;

export interface RobotsRules {
  /** Rules known to this process or to the frontier; undefined when robots.txt must be fetched first. */
  known(hostId: string, now: number): Promise<KnownRobots | undefined>;
  /**
   * Keeps what a fetch of robots.txt gave.
   * @param first awaited before the rules are known to anybody
   */
  learn(
    hostId: string,
    answer: RobotsAnswer,
    now: number,
    first?: (robots: Robots) => Promise<void>,
  ): Promise<KnownRobots>;
}

export interface RobotsAnswer {
  readonly status?: number | undefined;
  /** Absent: no answer that could be used. */
  readonly body?: Uint8Array | undefined;
  /** Why there is no status. */
  readonly failure?: HostFailure | undefined;
}

/** What became of asking a host for its robots.txt becomes of all its URLs. */
export interface HostFailure {
  readonly reason: SkipReason;
  readonly transient: boolean;
}

export interface KnownRobots {
  readonly robots: Robots;
  /** Set while robots.txt is out of reach and everything is therefore forbidden. */
  readonly failure: HostFailure | undefined;
  readonly expiresAt: number;
}

function compile(entry: RobotsEntry): KnownRobots {
  if (entry.type === 'disallow') {
    const failure = entry.failure ?? { reason: 'robots_unreachable', transient: true };
    return { robots: DISALLOW_ALL, failure, expiresAt: entry.fetchedAt + unreachableTtlMs };
  }
  const robots = parseRobots(Buffer.from(entry.text ?? '', 'latin1'));
  return { robots, failure: undefined, expiresAt: entry.fetchedAt + rulesTtlMs };
}

/**
 * robots.txt of every host: fetched once for the whole deployment, since the frontier keeps it for all crawlers.
 * @param connections how often Redis was connected to: one that was started again may have lost sitemaps that a robots.txt
 * named, and is asked whether it still knows the file
 */
export function createRobotsRules(frontier: Frontier, connections: () => number = () => 0): RobotsRules {
  const cache = new Map<string, KnownRobots>();
  let connected = connections();
  const forgetOld = (): void => {
    if (connected === connections()) return;
    connected = connections();
    cache.clear();
  };
  const keep = (hostId: string, known: KnownRobots): KnownRobots => {
    cache.delete(hostId);
    cache.set(hostId, known);
    const oldest = cache.keys().next();
    if (cache.size > cacheMax && !oldest.done) cache.delete(oldest.value);
    return known;
  };
  return {
    async known(hostId, now) {
      forgetOld();
      const near = cache.get(hostId);
      if (near !== undefined && near.expiresAt > now) return near;
      const entry = await frontier.getRobots(hostId);
      if (entry === undefined) return undefined;
      const known = compile(entry);
      return known.expiresAt > now ? keep(hostId, known) : undefined;
    },
    async learn(hostId, { status, body, failure }, now, first) {
      // RFC 9309 §2.3.1: 4xx means "no rules", 5xx, 429 or no answer means "stay away".
      const away = status === undefined || status === 429 || status >= 500;
      const present = status !== undefined && status >= 200 && status < 300 && body !== undefined;
      const entry: RobotsEntry = {
        type: away ? 'disallow' : present ? 'rules' : 'allow',
        fetchedAt: now,
        ...(away && failure !== undefined ? { failure } : {}),
        ...(present ? { text: Buffer.from(body.subarray(0, ROBOTS_BYTES_MAX)).toString('latin1') } : {}),
      };
      const known = compile(entry);
      await first?.(known.robots);
      await frontier.putRobots(hostId, entry, known.expiresAt - now);
      return keep(hostId, known);
    },
  };
}
