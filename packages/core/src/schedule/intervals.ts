import type { LinkKind } from '@newsmill/contracts';

/** All spans in milliseconds. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How far apart looks are; what is left out is as `usual`. All in milliseconds. */
export interface Schedule {
  /** Ages of an article at which it is fetched again, ascending. */
  readonly recheckAgesMs?: readonly number[];
  /** A new feed, sitemap or section is looked at again after this long; its own history moves it from there. */
  readonly listFirstMs?: number;
  /** Bounds of that. */
  readonly listMinMs?: number;
  readonly listMaxMs?: number;
}

/**
 * Media Cloud's bounds, from years of polling feeds: 10 minutes to 24 hours. Corrections and takedowns mostly come soon.
 */
const usual: Required<Schedule> = {
  recheckAgesMs: [hour, 6 * hour, day, 7 * day],
  listFirstMs: 15 * minute,
  listMinMs: 10 * minute,
  listMaxMs: day,
};

/** Share of new links above which a list may have lost some between two looks: it is full of news. */
const fullShare = 2 / 3;

/**
 * How long until the next look at a list: shorter while looks bring something new, longer while they do not; much shorter
 * when most of the list is new.
 * @param intervalMs the last one; undefined after the first look
 * @param floorMs what the server or the feed itself asks for (`ttl`, `Cache-Control`): never sooner, within the bounds
 */
export function nextIntervalMs(
  intervalMs: number | undefined,
  look: { readonly newLinks: number; readonly links?: number | undefined },
  floorMs: number,
  schedule: Schedule,
): number {
  const { listFirstMs, listMinMs, listMaxMs } = { ...usual, ...schedule };
  const share = look.newLinks / Math.max(1, look.links ?? Number.POSITIVE_INFINITY);
  const factor = look.newLinks === 0 ? 1.5 : share >= fullShare ? 0.33 : 0.67;
  const next = intervalMs === undefined ? listFirstMs : intervalMs * factor;
  return Math.round(Math.min(listMaxMs, Math.max(listMinMs, next, floorMs)));
}

/** A `Cache-Control` above this is a setting for pictures, not what a newsroom means for its front page. */
const freshnessMaxMs = 6 * hour;
/** Feeds do write `ttl` for days, and are read once a day all the same. */
const ttlMaxMs = day;

/** How long a list asks not to be fetched again, by its headers and by what it says of itself. */
export function askedIntervalMs(asked: { freshnessMs?: number | undefined; ttlMs?: number | undefined }): number {
  return Math.max(Math.min(asked.freshnessMs ?? 0, freshnessMaxMs), Math.min(asked.ttlMs ?? 0, ttlMaxMs));
}

/**
 * Looks in a row that a server may answer with "unchanged" before it is asked without validators, to see whether that is
 * true: some feeds keep their ETag while their content changes (Media Cloud gave up conditional requests for it). Five
 * answers and the intervals between them are a bit over three hours for a new feed, and still save five of six transfers.
 */
export const conditionalLooksMax = 5;

/**
 * When an article is fetched again.
 * @returns epoch milliseconds, or undefined after the last re-check
 */
export function nextRecheckMs(firstSeenAt: number, now: number, schedule: Schedule): number | undefined {
  const agesMs = schedule.recheckAgesMs ?? usual.recheckAgesMs;
  // A re-check that comes a little early must not be followed by itself.
  const age = now - firstSeenAt + Math.min(5 * minute, (agesMs[0] ?? 0) / 10);
  const next = agesMs.find((recheckAge) => recheckAge > age);
  return next === undefined ? undefined : firstSeenAt + next;
}

/** Fetches that fail in a passing way before a URL that was never good is given up. */
export const transientFailuresMax = 3;

/**
 * For so long after a URL was first seen, failures of its host are not counted against it: three days for a standing source,
 * two hours for a one-off crawl, which somebody may be waiting for. What an operator named himself has no such grace: the
 * host may be a slip of the pen.
 */
export const patienceMs = ({ depth, standing }: { readonly depth: number; readonly standing: boolean }): number =>
  depth === 0 ? 0 : standing ? 3 * day : 2 * hour;

/** Dead pages come back (Media Cloud's lesson), so the longest pause is 30 days, not for ever. */
const retryMaxMs = 30 * day;
/** 88 hours were seen; beyond a day it is a mistake, and the back-off has its own say. */
const retryAfterMaxMs = day;

/** Pause after the n-th failure in a row: 5 s, 30 s, 3 min, 18 min, … unless `baseMs` says where to begin. */
export function retryDelayMs(failures: number, baseMs = 5_000, retryAfterMs = 0): number {
  return Math.max(Math.min(retryMaxMs, baseMs * 6 ** (failures - 1)), Math.min(retryAfterMs, retryAfterMaxMs));
}

/** Pause after a list answered for the n-th time in a row that it is not there: 1 h, 2 h, 4 h, … 30 days. */
export const deadListDelayMs = (failures: number, kind: LinkKind): number =>
  Math.min(retryMaxMs, (kind === 'section' ? 4 * hour : hour) * 2 ** Math.min(20, failures - 1));
