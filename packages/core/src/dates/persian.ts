/** The solar calendar of Iran and Afghanistan. */

const MONTHS: readonly string[] = [
  'فروردین حمل',
  'اردیبهشت ثور',
  'خرداد جوزا',
  'تیر سرطان',
  'مرداد اسد',
  'شهریور سنبله',
  'مهر میزان',
  'آبان عقرب',
  'آذر قوس',
  'دی جدی',
  'بهمن دلو',
  'اسفند حوت',
];
const NUMBER = new Map(MONTHS.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)));
/** Day, month, year from 1300 to 1499. */
export const PERSIAN_DATE = new RegExp(
  `(?<!\\d)(\\d{1,2}) (${[...NUMBER.keys()].join('|')})(?: ماه)?[،,]? (1[34]\\d{2})(?!\\d)`,
  'g',
);

const DAY_MS = 86_400_000;
/** 1 Farvardin 1300. */
const START = Date.UTC(1921, 2, 21);

/** Leap years as the 33-year cycle has them, which holds for 1244 to 1602. */
const isLeap = (year: number): boolean => [1, 5, 9, 13, 17, 22, 26, 30].includes(year % 33);

/** The Gregorian day of a Persian one. */
export function gregorianOf(
  year: number,
  monthName: string,
  day: number,
): { year: number; month: number; day: number } {
  let days = 0;
  for (let at = 1300; at < year; at += 1) days += isLeap(at) ? 366 : 365;
  const month = NUMBER.get(monthName) ?? 1;
  days += month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const date = new Date(START + (days + day - 1) * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
