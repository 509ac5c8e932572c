import { SearchInputError } from './errors.ts';

/** From `startMs` (inclusive) to `endMs` (exclusive), epoch milliseconds. */
export interface DateSpan {
  readonly startMs: number;
  readonly endMs: number;
}

const dateHint = 'Write 2022, 2022-01, 2022-01-26 or 2022-01-26T10:15:00+08:00.';
const datePattern =
  /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** Offset `Z`, `+08:00` → minutes east of UTC. Undefined when it is none. */
export function offsetMinutes(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const match = /^([+-])(\d{2}):(\d{2})$/.exec(offset);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return Number(match[3]) > 59 || minutes > 14 * 60 ? undefined : match[1] === '-' ? -minutes : minutes;
}

function utc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms: number,
): number {
  const date = new Date(0);
  // Not Date.UTC: it takes the years 0-99 for 1900-1999.
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour, minute, second, ms);
  return date.getTime();
}

/**
 * The span that a date names, as wide as it is vague: a year, a month, a day, or a moment. Also `2022/1/26` and
 * `2022年1月26日`.
 * @param zone offset in which a date without one is meant.
 * @throws SearchInputError naming `field`.
 */
export function parseDateSpan(field: string, value: string, zone: string): DateSpan {
  const bare = value.trim().replace(/[日月年]$/, '');
  const match = datePattern.exec(bare);
  if (match === null) throw new SearchInputError(field, value, 'is not a date', dateHint);
  const [, year, month, day, hour, minute, second, fraction, offset = zone] = match;
  const shift = offsetMinutes(offset);
  if (shift === undefined) throw new SearchInputError(field, value, 'has no valid offset', 'Write it as Z or +08:00.');
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const [h, min, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)];
  const ms = Number((fraction ?? '0').padEnd(3, '0'));
  const start = utc(y, m, d, h, min, s, ms);
  const read = new Date(start);
  if (read.getUTCMonth() !== m || read.getUTCDate() !== d || h > 23 || min > 59 || s > 59) {
    throw new SearchInputError(field, value, 'is not in the calendar', dateHint);
  }
  const end =
    month === undefined
      ? utc(y + 1, 0, 1, 0, 0, 0, 0)
      : day === undefined
        ? utc(y, m + 1, 1, 0, 0, 0, 0)
        : start +
          (hour === undefined ? 86_400_000 : second === undefined ? 60_000 : fraction === undefined ? 1_000 : 1);
  return { startMs: start - shift * 60_000, endMs: end - shift * 60_000 };
}
