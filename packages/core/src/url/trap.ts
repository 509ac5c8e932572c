import { splitCanonical } from './split.ts';

/** Signs that a site makes URLs without end. */
export type TrapReason = 'path-repeats' | 'path-too-deep' | 'too-many-params' | 'params-repeat' | 'calendar';

const SEGMENT_REPEATS_MAX = 3;
const DEPTH_MAX = 16;
const PARAMS_MAX = 12;
const PARAM_REPEATS_MAX = 3;

const CALENDAR_WORD = /^(?:calendars?|cal|rili|日历|日曆|行事曆|event-?calendar|tribe-bar-date|ical|kalender)$/i;
const DATE_VALUE = /^\d{4}-?\d{1,2}(?:-?\d{1,2})?$/;

/**
 * Tells whether the shape of a canonical URL is that of a crawler trap. It judges one URL alone: budgets per pattern and
 * per host are the frontier's.
 */
export function looksLikeTrap(url: string): TrapReason | undefined {
  const { pathname, search } = splitCanonical(url);
  const segments = pathname.split('/').filter((segment) => segment !== '');
  if (mostFrequent(segments) > SEGMENT_REPEATS_MAX) return 'path-repeats';
  if (repeatsAsSequence(segments)) return 'path-repeats';
  if (segments.length > DEPTH_MAX) return 'path-too-deep';

  const params = search.length > 1 ? search.slice(1).split('&') : [];
  if (params.length > PARAMS_MAX) return 'too-many-params';
  const names = params.map((pair) => pair.split('=', 1)[0]?.toLowerCase() ?? '');
  if (mostFrequent(names) > PARAM_REPEATS_MAX) return 'params-repeat';
  return isCalendar(segments, params, names) ? 'calendar' : undefined;
}

function mostFrequent(items: readonly string[]): number {
  const counts = new Map<string, number>();
  let most = 0;
  for (const item of items) {
    const count = (counts.get(item) ?? 0) + 1;
    counts.set(item, count);
    most = Math.max(most, count);
  }
  return most;
}

/** `/a/b/a/b/a/b`: a relative link that is wrong in every page it stands on grows like this. */
function repeatsAsSequence(segments: readonly string[]): boolean {
  for (const size of [2, 3]) {
    const tail = segments.slice(-size * 3);
    if (tail.length < size * 3) continue;
    // Numbers repeat by chance in dates; words do not.
    if (tail.every((segment) => /^\d+$/.test(segment))) continue;
    if (tail.every((segment, at) => segment === tail[at % size])) return true;
  }
  return false;
}

/** A calendar's "next day" never ends. A news archive by date is not one: it needs the word, or year and month as parameters. */
function isCalendar(segments: readonly string[], params: readonly string[], names: readonly string[]): boolean {
  const dated =
    params.some((pair) => DATE_VALUE.test(pair.slice(pair.indexOf('=') + 1))) ||
    segments.some((segment) => DATE_VALUE.test(segment));
  if (dated && (segments.some(isCalendarWord) || names.some((name) => CALENDAR_WORD.test(name)))) return true;
  const has = (...wanted: string[]) => wanted.some((name) => names.includes(name));
  return has('year', 'y', 'yyyy') && has('month', 'mon', 'mm', 'm') && segments.length < 4;
}

function isCalendarWord(segment: string): boolean {
  const word = segment.replace(/\.\w{2,5}$/, '');
  return CALENDAR_WORD.test(word.startsWith('%') ? safeDecode(word) : word);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
