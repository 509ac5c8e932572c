/** All spans in milliseconds. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A new feed, sitemap or section is looked at again after this long; its own history moves it from there. */
export const firstIntervalMs = 15 * minute;

/** Media Cloud's bounds, from years of polling feeds: 10 minutes to 24 hours. */
const intervalMinMs = 10 * minute;
const intervalMaxMs = day;

/** Shorter while looks bring something new, longer while they do not. */
export function nextIntervalMs(intervalMs: number, broughtNew: boolean): number {
  const next = broughtNew ? intervalMs * 0.67 : intervalMs * 1.5;
  return Math.round(Math.min(intervalMaxMs, Math.max(intervalMinMs, next)));
}

/** Corrections and takedowns mostly come soon: an article is fetched again at these ages. */
const recheckAgesMs = [hour, 6 * hour, day, 7 * day];

/**
 * When an article is fetched again.
 * @returns epoch milliseconds, or undefined after the last re-check
 */
export function nextRecheckMs(firstSeenAt: number, now: number): number | undefined {
  // A re-check that comes a little early must not be followed by itself.
  const age = now - firstSeenAt + 5 * minute;
  const next = recheckAgesMs.find((recheckAge) => recheckAge > age);
  return next === undefined ? undefined : firstSeenAt + next;
}

/** Fetches that fail in a passing way before a URL that was never good is given up. */
export const transientFailuresMax = 3;

/** Dead pages come back (Media Cloud's lesson), so the longest pause is 30 days, not for ever. */
const retryMaxMs = 30 * day;

/** Pause after the n-th failure in a row: 5 s, 30 s, 3 min, 18 min, … unless `baseMs` says where to begin. */
export function retryDelayMs(failures: number, baseMs = 5_000): number {
  return Math.min(retryMaxMs, baseMs * 6 ** (failures - 1));
}
