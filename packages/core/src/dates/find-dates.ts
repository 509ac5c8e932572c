import {
  type DateParts,
  type DatePrecision,
  epochMs,
  isoText,
  isRealDate,
  offsetMinutes,
  partsAt,
} from './calendar.ts';
import { mayNameMonth, monthNumber } from './month-names.ts';
import { gregorianOf, PERSIAN_DATE } from './persian.ts';
import { findRelative } from './relative.ts';
import { timeAfter, timeBefore } from './time-of-day.ts';
import { isEuropeanSummer, zoneMinutes } from './zones.ts';

export interface DateContext {
  /** ISO 8601: the moment of the fetch. Dates more than a day after it are refused; missing years are counted from it. */
  readonly now: string;
  /** Offset of printed times that name no zone, e.g. `+08:00`; UTC when absent. */
  readonly zoneHint?: string | undefined;
  /** The hint is winter time, and an hour is added in summer. */
  readonly summerTime?: 'eu' | undefined;
  /** How `3/4/2020` is read; absent means day first unless only the other reading exists. */
  readonly dayFirst?: boolean | undefined;
  /** How `22-01-26` is read: true = 26 January 2022. */
  readonly yearFirst?: boolean | undefined;
  /** Accept codes of the Taiwanese calendar without a label, `1090325`. */
  readonly rocCodes?: boolean | undefined;
}

export interface FoundDate {
  /** ISO 8601 with offset. */
  readonly iso: string;
  readonly precision: DatePrecision;
  /** `explicit`: the text names its zone. `hint`: the offset is the context's. */
  readonly zone: 'explicit' | 'hint';
  /** The text had no year. */
  readonly yearInferred: boolean;
  readonly relative: boolean;
  /** Where it stands in the text, time included. */
  readonly start: number;
  readonly end: number;
}

interface RawDate {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number;
  /** Day and month may be the other way round. */
  readonly ambiguous?: boolean;
}
type Form = readonly [
  pattern: RegExp,
  read: (match: RegExpExecArray, context: DateContext) => RawDate | undefined,
  /** A text without it needs no second look. */
  needs?: string,
];

const DAY_MS = 86_400_000;
/** Clocks differ and a page may be dated ahead for another time zone; more than this is not a publication date. */
const FUTURE_MS = DAY_MS;
const TEXT_MAX = 1000;

const HAN_DIGITS = '零一二三四五六七八九';
const HAN_VALUE = new Map(
  [...HAN_DIGITS, '〇', '○', 'Ｏ', '0'].map((digit, index) => [digit, index < 10 ? index : 0] as const),
);

function hanNumber(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const high = text.includes('十') ? (tens ? (HAN_VALUE.get(tens) ?? 0) : 1) : 0;
  return high * 10 + (ones ? (HAN_VALUE.get(ones) ?? 0) : 0);
}

const twoDigitYear = (value: number): number => (value < 70 ? 2000 + value : 1900 + value);
const number = (text: string | undefined): number => Number(text);

function yearOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const digits = text.replace(/\D/g, '');
  return digits.length === 2 ? twoDigitYear(Number(digits)) : Number(digits);
}

function dayAndMonth(first: number, second: number, year: number, dayFirst: boolean): RawDate | undefined {
  if (first > 12 && second <= 12) return { year, month: second, day: first };
  if (second > 12 && first <= 12) return { year, month: first, day: second };
  return dayFirst
    ? { year, month: second, day: first, ambiguous: true }
    : { year, month: first, day: second, ambiguous: true };
}

function threePairs(match: RegExpExecArray, context: DateContext): RawDate | undefined {
  const [first, second, third] = [number(match[1]), number(match[3]), number(match[4])];
  const yearFirst = match[2] === '.' ? context.yearFirst === true : (context.yearFirst ?? match[2] === '-');
  if (yearFirst || first > 31) return { year: twoDigitYear(first), month: second, day: third };
  return dayAndMonth(first, second, twoDigitYear(third), match[2] === '.' || context.dayFirst !== false);
}

/** In order of trust: a later form never overlaps the match of an earlier one. */
const NUMERIC: readonly Form[] = [
  [
    /(?<!\d)((?:19|20)\d{2})\s?(?:[-/.\u2010-\u2013]|年)\s?(\d{1,2})\s?(?:[-/.\u2010-\u2013]|月)\s?(\d{1,2})(?!\d)(?:\s?[日号號])?/g,
    (m) => ({ year: number(m[1]), month: number(m[2]), day: number(m[3]) }),
  ],
  [
    /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=(?:T?\d{2}(?:\d{2}){1,2})?(?!\d))/g,
    (m) => ({ year: number(m[1]), month: number(m[2]), day: number(m[3]) }),
  ],
  [
    /(?:民國|民国)?\s?(?<!\d)((?:7|8|9|1[01])\d)年(\d{1,2})月(\d{1,2})日/g,
    (m) =>
      m[0].startsWith('民') || number(m[1]) >= 100
        ? { year: number(m[1]) + 1911, month: number(m[2]), day: number(m[3]) }
        : undefined,
    '年',
  ],
  // Eras of Japan.
  [
    /(令和|平成|昭和) ?(\d{1,2}|元)年 ?(\d{1,2})月 ?(\d{1,2})日/g,
    (m) => ({
      year: (m[2] === '元' ? 1 : number(m[2])) + (m[1] === '令和' ? 2018 : m[1] === '平成' ? 1988 : 1925),
      month: number(m[3]),
      day: number(m[4]),
    }),
    '年',
  ],
  [
    /(?<!\d)(\d{2})年(\d{1,2})月(\d{1,2})[日号號]/g,
    (m) => ({ year: yearOf(m[1]), month: number(m[2]), day: number(m[3]) }),
    '年',
  ],
  [
    /(?<!\d)((?:19|20)\d{2})년 ?(\d{1,2})월 ?(\d{1,2})일/g,
    (m) => ({ year: number(m[1]), month: number(m[2]), day: number(m[3]) }),
    '년',
  ],
  // `113/03/12`, as offices in Taiwan write it.
  [
    /(?<![\d\-/.])(1[01]\d)([-/.])(\d{2})\2(\d{2})(?![\d\-/.])/g,
    (m, context) =>
      context.yearFirst ? { year: number(m[1]) + 1911, month: number(m[3]), day: number(m[4]) } : undefined,
  ],
  [
    /([一二〇零○Ｏ九八七六五四三]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号號]/g,
    (m) => ({
      year: Number([...(m[1] ?? '')].map((digit) => HAN_VALUE.get(digit) ?? 0).join('')),
      month: hanNumber(m[2] ?? ''),
      day: hanNumber(m[3] ?? ''),
    }),
    '年',
  ],
  [
    /(?<![\d.])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d{2})(?!\d)/g,
    (m, context) => dayAndMonth(number(m[1]), number(m[3]), number(m[4]), m[2] === '.' || context.dayFirst !== false),
  ],
  // `26 | 01 | 2022`
  [
    /(?<!\d)(\d{1,2}) \| (\d{1,2}) \| ((?:19|20)\d{2})(?!\d)/g,
    (m, context) => dayAndMonth(number(m[1]), number(m[2]), number(m[3]), context.dayFirst !== false),
    '|',
  ],
  [/(?<![\d.\-/]|\d:)(\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d\-/]|\.\d)/g, threePairs],
  // `3/12/24`
  [
    /(?<![\d.\-/:])(\d)(\/)(\d{1,2})\/(\d{2})(?![\d\-/:.]|\.\d)/g,
    (m, context) => dayAndMonth(number(m[1]), number(m[3]), twoDigitYear(number(m[4])), context.dayFirst !== false),
  ],
  [/(?<!\d)(\d{1,2})月(\d{1,2})[日号號]/g, (m) => ({ year: undefined, month: number(m[1]), day: number(m[2]) }), '月'],
  [
    /(?<![\d\-/.]|\d:)(\d{2})[-/](\d{2})(?=\s{0,3}\d{1,2}:\d{2})/g,
    (m) => ({ year: undefined, month: number(m[1]), day: number(m[2]) }),
    ':',
  ],
];
const ROC_CODE: Form = [
  /(?<!\d)(1[01]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/g,
  (m) => ({ year: number(m[1]) + 1911, month: number(m[2]), day: number(m[3]) }),
];

const THAI_MONTHS = 'มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม'.split(' ');
const THAI: Form = [
  new RegExp(`(?<!\\d)(\\d{1,2}) (${THAI_MONTHS.join('|')}) (?:พ\\.ศ\\. ?)?(25\\d{2})(?!\\d)`, 'g'),
  (m) => ({ year: number(m[3]) - 543, month: THAI_MONTHS.indexOf(m[2] ?? '') + 1, day: number(m[1]) }),
];

const PERSIAN: Form = [PERSIAN_DATE, (m) => gregorianOf(number(m[3]), m[2] ?? '', number(m[1]))];

const NAMED: readonly Form[] = [
  [
    /(?<!\d)((?:19|20)\d{2})\.?[\s-](\p{L}[\p{L}\p{M}]{2,11})[\s-](\d{1,2})(?!\d)/gu,
    (m) => ({ year: number(m[1]), month: monthNumber(m[2] ?? ''), day: number(m[3]) }),
  ],
  // `Fri Oct 18 10:15:00 +0200 2019`, as C libraries and Twitter write it.
  [
    /(?<![\p{L}\p{M}])(\p{L}{3}) {1,2}(\d{1,2})(?= \d{2}:\d{2}(?::\d{2})?(?: [+-]\d{4}| [A-Z]{3,4})? ((?:19|20)\d{2}))/gu,
    (m) => ({ year: number(m[3]), month: monthNumber(m[1] ?? ''), day: number(m[2]) }),
    ':',
  ],
  [
    /(?<![\d\p{L}])(\d{1,2})(?:st|nd|rd|th|er|re|\.|º|ª|°)?[\s\-/]{0,2}(?:of |de |den |di |d['’])?(?:th[aá]ng )?(\p{L}[\p{L}\p{M}]{2,11}|\d{1,2}(?=,? (?:19|20)\d\d))(?:\/\p{Script=Arabic}{3,8})?(?:\.(?!\d))?,?(?:[\s\-/,.]{1,2}(?:de |del |of )?((?:19|20)\d{2}(?!\d)|['’]\d{2}(?!\d)|(?<=[-/])\d{2}(?!\d)))?/giu,
    (m) => ({
      year: yearOf(m[3]),
      month: monthNumber(m[2] ?? '') ?? (/^\d/.test(m[2] ?? '') && /ng /.test(m[0]) ? number(m[2]) : undefined),
      day: number(m[1]),
    }),
  ],
  [
    /(?<![\p{L}\p{M}])(\p{L}[\p{L}\p{M}]{2,11})\.?[\s-]{0,2}(\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:[,.-]?[\s-]{0,2}((?:19|20)\d{2}(?!\d)|['’]\d{2}(?!\d)))?/giu,
    (m) => ({ year: yearOf(m[3]), month: monthNumber(m[1] ?? ''), day: number(m[2]) }),
  ],
];

/** Full-width, Arabic and Persian digits, and full-width marks between them. */
const OTHER_DIGITS = /[０-９：－／．٠-٩۰-۹]/;
const OTHER_DIGITS_ALL = /[０-９：－／．٠-٩۰-۹]/g;

function plainDigit(char: string): string {
  const code = char.charCodeAt(0);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  return char.normalize('NFKC');
}

/** Minutes east of UTC that the context gives to a local day. */
export function hintOffset(context: DateContext, day: DateParts): number {
  const base = momentOf(context).hint ?? 0;
  return context.summerTime === 'eu' && isEuropeanSummer(day.year, day.month, day.day) ? base + 60 : base;
}

/** Counts the year of `1月26日` from now: the last such day that is not in the future. */
function inferYear(month: number, day: number, nowMs: number, offset: number): number {
  const { year } = partsAt(nowMs, offset);
  return epochMs({ year, month, day }, offset) > nowMs + FUTURE_MS ? year - 1 : year;
}

/**
 * All dates in a short text (1000 characters are looked at), in reading order. Impossible and future dates are left out.
 */
export function findDates(source: string, context: DateContext): FoundDate[] {
  return findIn(source, context);
}

interface Moment {
  readonly context: DateContext;
  readonly nowMs: number;
  /** Minutes east of UTC. */
  readonly hint: number | undefined;
}

let latest: Moment | undefined;

/** A context read; all texts of a page have the same. */
function momentOf(context: DateContext): Moment {
  if (latest?.context !== context) {
    const hint = context.zoneHint ? offsetMinutes(context.zoneHint) : undefined;
    latest = { context, nowMs: Date.parse(context.now), hint };
  }
  return latest;
}

function findIn(source: string, context: DateContext, only?: readonly Form[]): FoundDate[] {
  const text = source.length > TEXT_MAX ? source.slice(0, TEXT_MAX) : source;
  const plain = OTHER_DIGITS.test(text) ? text.replace(OTHER_DIGITS_ALL, plainDigit) : text;
  const { nowMs, hint } = momentOf(context);
  const offset = hint ?? 0;
  const found: FoundDate[] = [];
  const add = (raw: RawDate | DateParts, start: number, end: number, relative: boolean): void => {
    const { month, day } = raw;
    if (month === undefined || found.some((other) => start < other.end && end > other.start)) return;
    const after = relative && 'hour' in raw ? undefined : timeAfter(plain, end);
    const time = after ?? (relative && 'hour' in raw ? undefined : timeBefore(plain, start));
    const year = raw.year ?? inferYear(month, day, nowMs, offset);
    const clock = time ?? ('hour' in raw ? raw : {});
    const parts: DateParts = { year, month, day, ...clock };
    if (!isRealDate(parts)) return;
    const printed = time?.zone === undefined ? undefined : zoneMinutes(time.zone, month, hint);
    const at = printed ?? hintOffset(context, parts);
    if (!relative && epochMs(parts, at) > nowMs + FUTURE_MS) {
      // `03.12.2024` read in June: the other way round it is past.
      if ('ambiguous' in raw && raw.ambiguous) add({ year: raw.year, month: raw.day, day: month }, start, end, false);
      return;
    }
    found.push({
      iso: isoText(parts, at),
      precision: parts.second !== undefined ? 'second' : parts.hour !== undefined ? 'minute' : 'day',
      zone: printed === undefined ? 'hint' : 'explicit',
      yearInferred: raw.year === undefined,
      relative,
      start,
      end: after ? end + after.length : end,
    });
  };
  if (/[\d年]/.test(plain)) {
    for (const [pattern, read, needs] of only ?? forms(plain, context)) {
      if (needs !== undefined && !plain.includes(needs)) continue;
      pattern.lastIndex = 0;
      for (let match = pattern.exec(plain); match; match = pattern.exec(plain)) {
        const raw = read(match, context);
        if (raw) add(raw, match.index, match.index + match[0].length, false);
        // A word that was no month may hide the start of a date that is one (`Updated 26 Jan 2022`).
        else pattern.lastIndex = match.index + 1;
        if (raw && raw.month === undefined) pattern.lastIndex = match.index + 1;
      }
    }
  }
  const relative = found.length === 0 ? findRelative(plain, nowMs, offset) : undefined;
  if (relative) add(relative.parts, relative.start, relative.end, true);
  return found.sort((a, b) => a.start - b.start);
}

function forms(text: string, context: DateContext): readonly Form[] {
  const numeric = context.rocCodes ? [...NUMERIC, ROC_CODE] : NUMERIC;
  if (!mayNameMonth(text)) return numeric;
  if (/[\u0e00-\u0e7f]/.test(text)) return [...numeric, THAI];
  return /[\u0600-\u06ff]/.test(text) ? [...numeric, PERSIAN, ...NAMED] : [...numeric, ...NAMED];
}

/** The first date of a short text, or undefined. See `findDates`. */
export function parseDate(text: string, context: DateContext): FoundDate | undefined {
  // Metadata are nothing but a date, most often in the first of the forms.
  if (text.length <= MACHINE_LENGTH_MAX && MACHINE_DATE.test(text)) {
    const [first] = NUMERIC;
    const date = first && findIn(text, context, [first])[0];
    if (date) return date;
  }
  return findDates(text, context)[0];
}

const MACHINE_DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d|$)/;
const MACHINE_LENGTH_MAX = 40;

/** Seconds or milliseconds since 1970 as written in scripts (`ct="1581517074"`); undefined when out of range. */
export function parseEpoch(digits: string, context: DateContext): FoundDate | undefined {
  if (!/^\d{10}(?:\d{3})?$/.test(digits)) return undefined;
  const epoch = digits.length === 13 ? Number(digits) : Number(digits) * 1000;
  if (epoch > momentOf(context).nowMs + FUTURE_MS || epoch < Date.UTC(1995, 0, 1)) return undefined;
  const offset = hintOffset(context, partsAt(epoch, 0));
  return {
    iso: isoText(partsAt(epoch, offset), offset),
    precision: 'second',
    zone: 'explicit',
    yearInferred: false,
    relative: false,
    start: 0,
    end: digits.length,
  };
}
