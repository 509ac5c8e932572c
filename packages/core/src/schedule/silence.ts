const day = 86_400_000;

/** What a source has brought of late. */
export interface NewsHistory {
  /** New articles on each of the last days, the oldest first, today left out. */
  readonly days: readonly number[];
  /** When the last new one was found; epoch milliseconds. */
  readonly lastAt: number;
}

/** Days that are looked back on. */
export const newsHistoryDays = 28;
/** Less than this is too little to call anything usual. */
const articlesMin = 14;
const daysMin = 7;
/** A source of which so much comes every day is missed sooner. */
const dailyMany = 24;

/**
 * Whether a source has fallen silent, by its own past: nothing new for half as long again as its longest pause in the last
 * four weeks, so that a weekly paper or one that rests at weekends is given its time.
 * @returns when it would have had to bring something; undefined while it is well, or too new to tell
 */
export function silentSince({ days, lastAt }: NewsHistory, now: number): number | undefined {
  const first = days.findIndex((count) => count > 0);
  const total = days.reduce((sum, count) => sum + count, 0);
  if (first === -1 || total < articlesMin || days.length - first < daysMin) return undefined;
  let pause = 0;
  let longest = 0;
  const last = days.findLastIndex((count) => count > 0);
  for (const count of days.slice(first, last + 1)) {
    pause = count > 0 ? 0 : pause + 1;
    longest = Math.max(longest, pause);
  }
  const busy = longest === 0 && total / (last - first + 1) >= dailyMany;
  const dueAt = lastAt + (busy ? day : (longest + 1) * 1.5 * day);
  return dueAt < now ? dueAt : undefined;
}
