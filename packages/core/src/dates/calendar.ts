/** The Gregorian calendar as far as dates on pages need it: parts, checks and ISO 8601 text. Pure. */

export type DatePrecision = 'day' | 'minute' | 'second';

export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
}

const MINUTE_MS = 60_000;

/** True when such a day and time exist; 24:00 and leap seconds do not. */
export function isRealDate(parts: DateParts): boolean {
  const { year, month, day, hour = 0, minute = 0, second = 0 } = parts;
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return false;
  if (hour > 23 || minute > 59 || second > 59) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/** Minutes east of UTC of `Z`, `+08:00`, `-0530`, `+8`; undefined when it is none of these. */
export function offsetMinutes(text: string): number | undefined {
  if (/^(?:z|utc|gmt)$/i.test(text)) return 0;
  const match = /^([+\-−])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 14 * 60) return undefined;
  return match[1] === '+' ? minutes : -minutes;
}

/** `+08:00` for 480. */
export function offsetText(minutes: number): string {
  const absolute = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}

/** ISO 8601 with offset and without fractions: `2022-01-26T10:15:00+08:00`. */
export function isoText(parts: DateParts, offset: number): string {
  const { year, month, day, hour = 0, minute = 0, second = 0 } = parts;
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${offsetText(offset)}`;
}

/** Milliseconds since 1970 of local parts at an offset. */
export function epochMs(parts: DateParts, offset: number): number {
  const { year, month, day, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - offset * MINUTE_MS;
}

/** Local parts of an instant at an offset. */
export function partsAt(epoch: number, offset: number): Required<DateParts> {
  const date = new Date(epoch + offset * MINUTE_MS);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}
