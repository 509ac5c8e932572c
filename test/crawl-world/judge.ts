import { isBad, type Manner, type WorldHost } from './host.ts';

/** Time for which a server may be late in seeing a request or the end of an answer. */
const toleranceMs = 5;

export interface Judged {
  /** Requests that began while another one of their host was open. */
  readonly overlaps: readonly string[];
  /** Requests that came sooner after the last answer than the host's delay, or than its `Retry-After`. */
  readonly tooSoon: readonly string[];
  /** Articles that no crawler has asked for. */
  readonly missed: readonly string[];
  /** Articles that were asked for again although nothing called for it, beyond one for each process that was killed. */
  readonly twice: readonly string[];
  /** The least pause between an answer and the next request. */
  readonly gapMinMs: number;
  readonly requests: number;
}

/** Reads the server's own log. `delayMs` is what the crawlers were told to keep. */
export function judge(hosts: readonly WorldHost[], how: { readonly delayMs: number; readonly kills: number }): Judged {
  const overlaps: string[] = [];
  const tooSoon: string[] = [];
  let gapMinMs = Number.POSITIVE_INFINITY;
  let again = 0;
  const twice: string[] = [];
  for (const host of hosts) {
    const delayMs = Math.max(how.delayMs, host.manner === 'crawl-delay' ? 300 : 0);
    for (const [at, request] of host.log.entries()) {
      const before = host.log[at - 1];
      if (before === undefined) continue;
      const gapMs = request.at - before.endAt;
      const where = `${host.name} (${host.manner}) ${before.path} → ${request.path}: ${gapMs.toFixed(1)} ms`;
      if (before.endAt === 0 || gapMs < 0) overlaps.push(where);
      // robots.txt asks for a pause only once it has been read.
      const owed = before.path === '/robots.txt' ? how.delayMs : delayMs;
      if (gapMs < Math.max(owed, before.retryAfterMs) - toleranceMs) tooSoon.push(where);
      gapMinMs = Math.min(gapMinMs, gapMs);
    }
    for (const [at, { fetches }] of host.articles.entries()) {
      if (fetches > 1) twice.push(`${host.name} ${at}: ${fetches}`);
      again += Math.max(0, fetches - 1);
    }
  }
  return {
    overlaps,
    tooSoon,
    missed: missedOf(hosts),
    twice: again > how.kills ? twice : [],
    gapMinMs,
    requests: hosts.reduce((sum, { log }) => sum + log.length, 0),
  };
}

export const missedOf = (hosts: readonly WorldHost[]): string[] =>
  hosts.flatMap(({ name, manner, articles }) =>
    articles.flatMap(({ fetchedAt }, at) => (fetchedAt === undefined ? [`${name} (${manner}) ${at}`] : [])),
  );

/** Milliseconds from publication to the first request, sorted, by manner. */
export function latencies(hosts: readonly WorldHost[]): Map<Manner, number[]> {
  const all = new Map<Manner, number[]>();
  for (const { manner, articles } of hosts) {
    if (isBad(manner)) continue;
    const found = all.get(manner) ?? [];
    for (const { at, fetchedAt } of articles) if (fetchedAt !== undefined) found.push(fetchedAt - at);
    all.set(manner, found);
  }
  for (const found of all.values()) found.sort((a, b) => a - b);
  return all;
}

export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
