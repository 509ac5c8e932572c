import { ZONE_PATTERN } from './zones.ts';

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
  /** As printed, when there is one. */
  readonly zone?: string;
  /** Characters of the looked-at text that belong to it. */
  readonly length: number;
}

const GAP = String.raw`[\s,.;|·•\-–—/T　]{0,8}`;
const WEEKDAY = String.raw`(?:[（(]?(?:星期|週|周|礼拜|禮拜)?[一二三四五六日天月火水木金土월화수목금토일](?:曜日?)?[)）]?\s{0,3})?`;
const LEAD_IN = String.raw`(?<lead>at |hkt |um |om |kl\.? ?|klo\.? ?|à |в |a las |às |alle |ore |o godz\. ?|godz\. ?|o |\(|- )?`;
const HALF = String.raw`(?<half>上午|下午|凌晨|清晨|早上|早晨|中午|傍晚|晚上|晚间|晚|夜|午前|午後|오전|오후)?\s{0,2}`;
const CLOCK = String.raw`(?<hour>\d{1,2})(?<sep>[:：h.]|时|時|點|点)(?<minute>\d{2})(?:[:：.](?<second>\d{2})(?:[.,]\d{1,9})?|分(?:(?<secondHan>\d{1,2})秒)?)?(?!\d)`;
const MERIDIEM = String.raw`(?:\s{0,2}(?<ampm>[ap]\.?m\b\.?|uhr\b))?`;
const AFTER = new RegExp(
  `^${GAP}${WEEKDAY}${GAP}${LEAD_IN}${HALF}${CLOCK}${MERIDIEM}(?:\\s{0,2}(?<zone>${ZONE_PATTERN}))?`,
  'iu',
);
const BEFORE = new RegExp(
  String.raw`(?<![\d.]|\d:)(?<hour>\d{1,2})(?<sep>[:：.])(?<minute>\d{2})(?::(?<second>\d{2}))?(?!\d)${MERIDIEM}(?:\s{0,2}(?<zone>${ZONE_PATTERN}))?[\s,|·•\-–—]{1,4}(?:on |\p{L}{3,9},? {1,2})?$`,
  'iu',
);
const ONLY_HOUR = /^[\s,|·-]{1,4}(?:at )?(?<hour>\d{1,2}) ?(?<ampm>[ap]\.?m\b)/i;

function read(match: RegExpExecArray | null): TimeOfDay | undefined {
  const groups = match?.groups;
  if (!match || !groups) return undefined;
  const { sep, ampm, half, lead } = groups;
  // `10.15` is a time only when something says so; otherwise it is a number.
  if (sep === '.' && !ampm && !/^(?:um|kl|alle|ore|at|o)/i.test(lead ?? '')) return undefined;
  let hour = Number(groups.hour);
  const afternoon =
    (ampm && /^p/i.test(ampm)) ||
    half === '下午' ||
    half === '午後' ||
    half === '오후' ||
    half === '傍晚' ||
    half?.startsWith('晚') ||
    half === '夜';
  if (afternoon && hour < 12) hour += 12;
  if (((ampm && /^a/i.test(ampm)) || half === '凌晨') && hour === 12) hour = 0;
  const minute = Number(groups.minute ?? 0);
  const second = groups.second ?? groups.secondHan;
  if (hour > 23 || minute > 59 || Number(second ?? 0) > 59) return undefined;
  return {
    hour,
    minute,
    ...(second === undefined ? {} : { second: Number(second) }),
    ...(groups.zone ? { zone: groups.zone } : {}),
    length: match[0].length,
  };
}

/** The time printed right behind a date: `… 10:15:00+08:00`, `… at 3.20 p.m. EST`, `… 下午3点20分`. */
export function timeAfter(text: string, from: number): TimeOfDay | undefined {
  const near = text.slice(from, from + 60);
  if (!/\d/.test(near)) return undefined;
  return read(AFTER.exec(near)) ?? read(ONLY_HOUR.exec(near));
}

/** The time printed right before a date: `10:15 GMT, 26 January 2022`. */
export function timeBefore(text: string, to: number): TimeOfDay | undefined {
  const near = text.slice(Math.max(0, to - 40), to);
  if (!near.includes(':') && !near.includes('.') && !near.includes('：')) return undefined;
  return read(BEFORE.exec(near));
}
