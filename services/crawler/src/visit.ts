import { createHash } from 'node:crypto';
import { type Archive, type Capture, decodeBody } from '@newsmill/archive';
import {
  type Emission,
  type NextOf,
  RetryLaterError,
  removalReason,
  type SkipReason,
  type VisitJob,
} from '@newsmill/contracts';
import { formLesson, isBarren, siteDomain } from '@newsmill/core';
import { isFarSection, isKnownBody, mayAskConditionally } from '@newsmill/core/schedule';
import { type CookieJar, createCookieJar, type Fetcher, type FetchOutcome } from '@newsmill/fetch';
import {
  type Frontier,
  type LoreCache,
  parseJobOf,
  type SourceCache,
  type TakenUrl,
  type Turn,
  type UrlEvent,
  visitsOf,
} from '@newsmill/frontier';
import type { StageContext, StageHandler, StageResult, Tracing } from '@newsmill/service-kit';
import { hopsMax, redirectTarget, sitemapsOf } from './found-urls.ts';
import { freshnessMs } from './freshness.ts';
import type { HostGroups } from './host-groups.ts';
import { failureOf, hostFailure, isTroubled, type Judgement, judgeFetch } from './judge-fetch.ts';
import { later } from './later.ts';
import { crawlDelayMaxMs, isAway, nextDelayMs } from './pace.ts';
import { type RobotsAnswer, type RobotsRules, unreachableTtlMs } from './robots-rules.ts';

/** robots.txt, unpacked; its first 500 KiB count. */
const robotsBytesMax = 5_000_000;
/** Allowance for the host's view of when an answer ended. */
const skewMs = 15;
/** What a server asks for by `Retry-After` holds for the whole host, up to here: 88 hours were seen. */
const hostPauseMaxMs = 3_600_000;
const stopGraceMs = 4_000;
/** A turn that met this process' own limits goes on after so long. */
const shortageMs = 5_000;

export interface VisitDeps {
  readonly frontier: Frontier;
  readonly archive: Archive;
  readonly fetcher: Fetcher;
  readonly robotsRules: RobotsRules;
  readonly sources: SourceCache;
  /** What hosts have taught about their addresses; without it no address is judged by its kind. */
  readonly lore?: LoreCache | undefined;
  /** Hosts that stand together are visited a few at a time; without it each host is on its own. */
  readonly groups?: HostGroups | undefined;
  /** A list whose interval is longer has brought nothing lately. */
  readonly listFirstMs?: number | undefined;
  /** Whether a canonical URL may be contacted at all. */
  readonly mayContact: (url: string) => SkipReason | undefined;
  /** Hears of every request but those that were given up: what became of it, and how many bytes came. */
  readonly onFetch?: ((outcome: string, bytes: number) => void) | undefined;
  /** Hears of every fetch that brought something to parse. */
  readonly tracing?: Pick<Tracing, 'step'> | undefined;
  /** While it is paused nothing is fetched: the turn ends, and its host waits for the next one. */
  readonly intake?: { readonly paused: boolean };
  readonly agent: string;
  readonly hostDelayMs: number;
  readonly turnMs: number;
  /** Pause before the first retry of a URL. */
  readonly retryBaseMs: number;
  /** How long the host is ours without a word: longer than any fetch can take, so that a live worker never loses it. */
  readonly leaseMs: number;
  /** A fetch that is under way when the process is told to stop may go on for so long. Default 4 s. */
  readonly stopGraceMs?: number;
  /** Names this process among all crawlers. */
  readonly workerId: string;
  /** How often Redis was connected to: one that was started again may have lost its last second. */
  readonly connections?: (() => number) | undefined;
  readonly clock: () => number;
  /** Resolves after that time, or at once when the signal fires. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

type Emitted = Emission<NextOf<'visit'>>;

/** What came of a request, and what it means for the URL. */
interface Sent {
  readonly outcome: FetchOutcome;
  readonly judgement: Judgement;
}

/** One turn's memory of its host's pace. */
interface Pace {
  nextFetchAt: number;
  delayMs: number;
  /** When the lease on the host was last renewed. */
  heldAt: number;
  /** What the host has set during this turn; the next one begins without. */
  readonly cookies: CookieJar;
  /** Makes sure that the host is still ours before something is sent to it. */
  readonly hold: () => Promise<boolean>;
}

/**
 * A host's turn: its due URLs one after another, never two requests at once, never sooner than the host's delay, until
 * nothing is due or the turn's time is up; then the host is given back with its next due time.
 */
export function createVisit(deps: VisitDeps): StageHandler<'visit'> {
  const { frontier, clock } = deps;
  const connections = deps.connections ?? (() => 0);
  /** A taken URL of which nothing is heard falls due again after this: two fetches (robots.txt is one) and then some. */
  const hiddenMs = deps.leaseMs * 2;
  /** Hosts that this process is visiting: a job that is delivered twice must not be run twice at once. */
  const visiting = new Set<string>();

  /** Of each `stopping`, the moment when fetches are given up; there is one in the life of a process. */
  const lateOf = new WeakMap<AbortSignal, AbortSignal>();
  /** Fires when a fetch must come to an end: the turn's time is over, or the process is going down and has waited enough. */
  const fetchSignal = ({ signal, stopping }: StageContext): AbortSignal => {
    const late = lateOf.get(stopping) ?? later(stopping, deps.stopGraceMs ?? stopGraceMs);
    lateOf.set(stopping, late);
    return AbortSignal.any([signal, late]);
  };

  return async function* visit(job, context) {
    if (visiting.has(job.hostId)) return { verdict: 'postponed', delayMs: 5_000 };
    visiting.add(job.hostId);
    try {
      const places = await deps.groups?.enter(job, clock(), deps.turnMs + hiddenMs);
      if (places !== undefined && 'waitMs' in places) return { verdict: 'postponed', delayMs: places.waitMs };
      try {
        return yield* turn(job, context);
      } finally {
        await places?.leave();
      }
    } finally {
      visiting.delete(job.hostId);
    }
  };

  async function* turn(job: VisitJob, context: StageContext): AsyncGenerator<Emitted, StageResult<'visit'>, void> {
    // The same worker may come back to a turn that failed under it; another one waits for the lease to end.
    const token = `${deps.workerId}/${job.turn}`;
    const start = await frontier.beginTurn(job, token, clock(), deps.leaseMs);
    if (start.status === 'superseded') return { verdict: 'skipped', reason: 'superseded' };
    if (start.status === 'busy') return { verdict: 'postponed', delayMs: start.untilMs - clock() + 100 };

    const pace: Pace = {
      nextFetchAt: start.nextFetchAt,
      delayMs: start.delayMs ?? deps.hostDelayMs,
      heldAt: clock(),
      cookies: createCookieJar(),
      async hold() {
        // A process that was frozen, or a robots.txt that took its time: the lease may not last for another fetch.
        const now = clock();
        if (now - pace.heldAt < deps.leaseMs / 10) return true;
        pace.heldAt = now;
        return frontier.holdTurn(job.hostId, token, now, deps.leaseMs);
      },
    };
    const turnEndsAt = clock() + deps.turnMs;
    let urls = 0;
    while (clock() < turnEndsAt) {
      // A host that wants to be left alone for longer gets its next turn then.
      if (pace.nextFetchAt >= turnEndsAt) break;
      await deps.pause(pace.nextFetchAt - clock(), context.stopping);
      if (context.stopping.aborted || context.signal.aborted || deps.intake?.paused) break;
      pace.heldAt = clock();
      const take = await frontier.take(job.hostId, token, pace.heldAt, deps.leaseMs, hiddenMs);
      if (take.status === 'lost') return { verdict: 'skipped', reason: 'lease_lost' };
      if (take.status === 'none') break;
      urls += 1;
      yield* look(job, take.taken, pace, context);
    }
    const now = clock();
    const next = await frontier.endTurn(job, token, now, pace);
    context.note({ host: job.host, urls, delayMs: pace.delayMs });
    return { verdict: 'done', emit: next ? visitsOf([next], now) : [] };
  }

  /** Everything about one URL, from permission to ledger. */
  async function* look(job: VisitJob, taken: TakenUrl, pace: Pace, context: StageContext): AsyncGenerator<Emitted> {
    const { urlId, row } = taken;
    const record = (event: UrlEvent) => frontier.record(job.hostId, urlId, event, clock(), taken);
    const skip = async (
      reason: SkipReason,
      retry?: { readonly retryAfterMs?: number | undefined; readonly hostAway?: boolean },
    ) => {
      await record({
        type: 'fetch-failed',
        reason,
        transient: retry !== undefined,
        retryAfterMs: retry?.retryAfterMs,
        retryBaseMs: deps.retryBaseMs,
        hostAway: retry?.hostAway,
      });
    };
    const owner = await deps.sources.get(row.sourceId, clock());
    if (owner === undefined) return skip('source_removed');
    const { source, scope } = owner;
    // What the operator named himself is fetched wherever it is: a feed may be on another host than its articles.
    if (row.depth > 0 && !scope(row.url, row.kind).inScope) return skip('out_of_scope');
    const floorMs = Math.max(deps.hostDelayMs, source.delayMs ?? 0);
    const refused = deps.mayContact(row.url);
    if (refused !== undefined) return skip(refused);
    const isFruitless = row.generation === 0 || (row.intervalMs ?? 0) > (deps.listFirstMs ?? Number.POSITIVE_INFINITY);
    if (isFarSection(row) && isFruitless && deps.lore !== undefined) {
      if (isBarren(await deps.lore.of(job.hostId), row.url)) return skip('trap');
    }

    let known = await deps.robotsRules.known(job.hostId, clock());
    if (known === undefined) {
      const answer = await fetchRobots(row.url, pace, floorMs, context);
      if (answer === undefined) return;
      const turns: Turn[] = [];
      // Before anybody can know that the file was read: who dies or is forgotten in between leaves it to be read again.
      known = await deps.robotsRules.learn(job.hostId, answer, clock(), async (robots) => {
        turns.push(...(await frontier.admit(sitemapsOf(robots, taken, scope), clock())).turns);
      });
      yield* visitsOf(turns, clock());
      // The pause after robots.txt itself is the one that it asks for, too.
      const asked = Math.min(known.robots.crawlDelayMs(deps.agent) ?? 0, crawlDelayMaxMs);
      pace.nextFetchAt += Math.max(0, asked - pace.delayMs);
      const waitMs = known.failure === undefined ? pace.nextFetchAt - clock() : 0;
      if (waitMs <= deps.turnMs) await deps.pause(waitMs, context.stopping);
      // Nothing was recorded: the URL falls due again and meets the rules that are known now.
      if (context.stopping.aborted || waitMs > deps.turnMs) return;
    }
    if (known.failure !== undefined) {
      const { reason, transient } = known.failure;
      return skip(reason, transient ? { retryAfterMs: unreachableTtlMs, hostAway: true } : undefined);
    }
    if (!known.robots.check(deps.agent, row.url).allowed) return skip('robots_disallowed');
    if (source.pagesMax !== undefined && !(await frontier.spendPage(source.id, source.pagesMax))) {
      return skip('page_limit');
    }

    const startMs = clock();
    const { outcome, judgement } = await send(row.url, pace, {
      floorMs,
      crawlDelayMs: known.robots.crawlDelayMs(deps.agent),
      conditional: mayAskConditionally(row) ? row : undefined,
      signal: fetchSignal(context),
    });
    // Given up because the turn's time is over: that says nothing about the URL, which falls due again.
    if (outcome.type === 'failed' && outcome.code === 'aborted') return;
    switch (judgement.type) {
      case 'capture': {
        const bodyHash = createHash('sha256').update(judgement.capture.body).digest('base64url');
        if (isKnownBody(row, bodyHash, clock())) {
          await noteRevisit(judgement.capture, row);
          await record({ type: 'unchanged', by: 'bytes' });
          return;
        }
        // Raw bytes are in the archive, durably, before anyone is told of them.
        const captureRef = await deps.archive.write(judgement.capture);
        const { etag, lastModified } = judgement;
        // The time by which its record in the archive can be named.
        const fetchedAt = Date.parse(judgement.capture.fetchedAt);
        const about = { etag, lastModified, bodyHash, freshnessMs: freshnessMs(judgement.capture), fetchedAt };
        const recorded = await record({ type: 'captured', captureRef, ...about });
        const parse = recorded && parseJobOf(job.hostId, urlId, recorded.row);
        if (parse === undefined) return;
        deps.tracing?.step({
          ...{ stage: 'visit', urlId, generation: parse.generation, attempt: 1, startMs, endMs: clock() },
          attributes: { 'url.full': row.url, 'newsmill.kind': row.kind, 'newsmill.source': row.sourceId },
        });
        yield { to: 'parse', job: parse };
        return;
      }
      case 'unchanged':
        // "As it was" to somebody who has never seen it.
        if (row.generation === 0) return skip('http_other');
        await noteRevisit(judgement.capture, row);
        await record({ type: 'unchanged', by: 'validators' });
        return;
      case 'redirect': {
        const target = redirectTarget(taken, judgement.target, scope);
        if ('reason' in target) return skip(target.reason);
        const lesson = formLesson(row.url, target.found.url);
        if (lesson !== undefined) deps.lore?.note(job.hostId, [lesson]);
        const before = connections();
        yield* visitsOf((await frontier.admit([target.found], clock())).turns, clock());
        await skip('redirected');
        // A Redis that was started again between the two may have lost the target and kept the end, after which nobody asks.
        if (connections() !== before) yield* visitsOf((await frontier.admit([target.found], clock())).turns, clock());
        return;
      }
      case 'failed':
        // Before the ledger knows: what it calls final is never looked at again.
        yield* removal(job.hostId, taken, judgement.reason, clock());
        return skip(
          judgement.reason,
          judgement.transient
            ? { ...judgement, hostAway: isTroubled(outcome) && isAway(failureOf(outcome, row, pace.delayMs, floorMs)) }
            : undefined,
        );
    }
  }

  /** That a page was seen again as it was is worth a note, not another copy. */
  async function noteRevisit(capture: Capture, { fetchedAt }: TakenUrl['row']): Promise<void> {
    if (fetchedAt === undefined) return;
    await deps.archive.writeRevisit(capture, { fetchedAt: new Date(fetchedAt).toISOString() });
  }

  /** One request, and what it teaches about the host's pace. */
  async function send(
    url: string,
    pace: Pace,
    how: {
      /** The operator's least pause, in milliseconds. */
      readonly floorMs: number;
      readonly crawlDelayMs?: number | undefined;
      /** Validators of the last answer. */
      readonly conditional?: { readonly etag?: string; readonly lastModified?: string } | undefined;
      readonly signal: AbortSignal;
    },
  ): Promise<Sent> {
    if (!(await pace.hold())) {
      const lost = { type: 'failed', code: 'aborted', url, hops: [] } as const;
      return { outcome: lost, judgement: judgeFetch(lost) };
    }
    const sentAt = clock();
    const retryPauseMs = Math.max(pace.delayMs, how.floorMs) + skewMs;
    const outcome = await deps.fetcher.fetch(url, {
      ...{ conditional: how.conditional, signal: how.signal, retryPauseMs, cookies: pace.cookies },
      // Who sends to the very same address again wants to see the cookie that he has just set; all other targets are URLs of their own.
      async onHop(target) {
        if (target !== new URL(url).href) return false;
        await deps.pause(retryPauseMs, how.signal);
        return pace.hold();
      },
    });
    if (outcome.type === 'failed' && outcome.code === 'no_resources') {
      // Neither the host nor the URL is to blame: nothing is recorded, and the turn goes on later.
      throw new RetryLaterError(shortageMs, 'no connection can be opened here', { cause: outcome.cause });
    }
    const now = clock();
    const judgement = judgeFetch(outcome);
    if (outcome.type !== 'failed' || outcome.code !== 'aborted') {
      const bytes = outcome.type === 'response' ? outcome.capture.body.length : 0;
      deps.onFetch?.(judgement.type === 'failed' ? judgement.reason : fetchedAs[judgement.type], bytes);
    }
    pace.delayMs = nextDelayMs({
      floorMs: how.floorMs,
      crawlDelayMs: how.crawlDelayMs,
      previousMs: pace.delayMs,
      latencyMs: now - sentAt,
      troubled: isTroubled(outcome),
    });
    // The host may see the end of its answer a moment after we do, and counts from there.
    const asked = isTroubled(outcome) && outcome.type === 'response' ? (outcome.retryAfterMs ?? 0) : 0;
    pace.nextFetchAt = now + Math.max(pace.delayMs, Math.min(asked, hostPauseMaxMs)) + skewMs;
    return { outcome, judgement };
  }

  /**
   * robots.txt of the turn's host, redirects included (RFC 9309 §2.3.1.2). Those to another host of the same site are
   * followed too, although it is not that host's turn: one small file a day does not hurt it.
   */
  async function fetchRobots(
    url: string,
    pace: Pace,
    floorMs: number,
    context: StageContext,
  ): Promise<RobotsAnswer | undefined> {
    let target = new URL('/robots.txt', url).href;
    for (let hop = 0; ; hop += 1) {
      const { outcome } = await send(target, pace, { floorMs, signal: fetchSignal(context) });
      // Given up, because the turn's time is over or the host has gone to another crawler: that says nothing about robots.txt.
      if (outcome.type === 'failed' && outcome.code === 'aborted') return undefined;
      if (outcome.type === 'redirect' && hop < hopsMax && siteDomain(outcome.target) === siteDomain(url)) {
        ({ target } = outcome);
        await deps.pause(pace.nextFetchAt - clock(), context.stopping);
        continue;
      }
      // A redirect that was not followed to its end counts as "there is none".
      const status =
        outcome.type === 'response' ? outcome.capture.status : outcome.type === 'redirect' ? 404 : undefined;
      const decoded = outcome.type === 'response' ? decodeBody(outcome.capture, robotsBytesMax) : undefined;
      const body = decoded && 'bytes' in decoded ? decoded.bytes : undefined;
      return { status, body, failure: hop > 0 ? undefined : hostFailure(outcome, target) };
    }
  }
}

const fetchedAs = { capture: 'ok', unchanged: 'unchanged', redirect: 'redirect' } as const;

/** An article that was indexed and is not there any more: the indexer is told. */
function* removal(hostId: string, { urlId, row }: TakenUrl, reason: SkipReason, now: number): Generator<Emitted> {
  const gone = removalReason.safeParse(reason);
  if (!gone.success || row.outcome?.verdict !== 'indexed') return;
  const { generation } = row;
  const removedAt = new Date(now).toISOString();
  yield { to: 'remove', job: { v: 1, urlId, hostId, generation, reason: gone.data, removedAt } };
}
