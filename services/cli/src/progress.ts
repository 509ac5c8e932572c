import type { Balance } from '@newsmill/frontier';

/** Where the URLs of some sources stand. */
export interface Progress {
  readonly discovered: number;
  /** Answers with content that were archived. */
  readonly fetched: number;
  readonly parsed: number;
  readonly indexed: number;
  readonly skipped: number;
  readonly quarantined: number;
  /** Not at an end yet. */
  readonly open: number;
}

/** Sums the balance of all sources, or of those named. */
export function progressOf(balance: Balance, sourceIds?: readonly string[]): Progress {
  const sum = { discovered: 0, fetched: 0, parsed: 0, indexed: 0, skipped: 0, quarantined: 0, open: 0 };
  for (const [sourceId, headings] of Object.entries(balance)) {
    if (sourceIds && !sourceIds.includes(sourceId)) continue;
    for (const [heading, count] of Object.entries(headings)) {
      if (heading === 'fetches') {
        sum.fetched += count;
        continue;
      }
      sum.discovered += count;
      const kind = heading.split(':')[0];
      if (kind === 'indexed' || kind === 'skipped' || kind === 'quarantined') sum[kind] += count;
      else sum.open += count;
      if (heading === 'captured') sum.parsed -= count;
    }
  }
  // What was fetched and does not wait for the parser any more has been parsed.
  return { ...sum, parsed: sum.fetched + sum.parsed };
}

/** Skipped URLs by reason, the most frequent first. */
export function skippedByReason(balance: Balance, sourceIds?: readonly string[]): [reason: string, count: number][] {
  const reasons = new Map<string, number>();
  for (const [sourceId, headings] of Object.entries(balance)) {
    if (sourceIds && !sourceIds.includes(sourceId)) continue;
    for (const [heading, count] of Object.entries(headings)) {
      const [kind, reason] = heading.split(':');
      if (kind === 'skipped' && reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    }
  }
  return [...reasons].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/** One line for people: counts, rate, and how long the rest will take at that rate. */
export function progressLine(progress: Progress, elapsedMs: number): string {
  const { discovered, fetched, parsed, indexed, skipped, quarantined, open } = progress;
  const ended = indexed + skipped + quarantined;
  const perSecond = elapsedMs > 0 ? (ended * 1_000) / elapsedMs : 0;
  const eta = open === 0 ? 'done' : perSecond > 0 ? `ETA ${span((open / perSecond) * 1_000)}` : 'ETA –';
  return [
    `discovered ${discovered}`,
    `fetched ${fetched}`,
    `parsed ${parsed}`,
    `indexed ${indexed}`,
    `skipped ${skipped}`,
    `quarantined ${quarantined}`,
    `${perSecond.toFixed(1)}/s`,
    eta,
  ].join(' · ');
}

/** `850 ms` → `1 s`, `75 s` → `1 min 15 s`. */
export function span(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
