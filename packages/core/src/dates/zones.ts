import { offsetMinutes } from './calendar.ts';

/** Abbreviations printed behind a time, in minutes east of UTC. `ET` and its kin switch with the season; see below. */
const NAMED: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  bst: 60,
  ist: 330,
  cet: 60,
  mez: 60,
  cest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  мск: 180,
  hkt: 480,
  sgt: 480,
  cst: -360,
  awst: 480,
  jst: 540,
  kst: 540,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  est: -300,
  edt: -240,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
  ast: -240,
  adt: -180,
};
const SEASONAL: Readonly<Record<string, number>> = { et: -300, ct: -360, mt: -420, pt: -480 };

/** Matches a zone behind a time; bounded, so linear. */
export const ZONE_PATTERN = String.raw`(?:(?:utc|gmt)?\s?[+\-−]\d{1,2}:?(?:\d{2})?(?!\d)|z(?!\p{L})|\(?(?:utc|gmt|wet|bst|ist|cet|cest|mez|mesz|eet|eest|msk|мск|hkt|sgt|cst|cdt|awst|jst|kst|aest|aedt|nzst|nzdt|est|edt|et|ct|mst|mdt|mt|pst|pdt|pt|akst|akdt|hst|ast|adt)(?!\p{L})\)?)`;

/**
 * Minutes east of UTC of a printed zone. `CST` is China's time when the page's own zone is +08:00, else the American one.
 * @param month decides whether `ET` means standard or summer time (March to early November in the United States).
 */
export function zoneMinutes(text: string, month: number, hint: number | undefined): number | undefined {
  const name = text.toLowerCase().replace(/[()\s]/g, '');
  const plain = offsetMinutes(name.replace(/^(?:utc|gmt)(?=[+\-−])/, ''));
  if (plain !== undefined) return plain;
  if (name === 'cst' && hint === 480) return 480;
  const seasonal = SEASONAL[name];
  if (seasonal !== undefined) return seasonal + (month > 3 && month < 11 ? 60 : 0);
  return NAMED[name];
}

const EIGHT = '+08:00';
/** Countries with one zone and no summer time. */
const STEADY =
  'cn+08:00 hk+08:00 tw+08:00 mo+08:00 sg+08:00 my+08:00 ph+08:00 jp+09:00 kr+09:00 in+05:30 pk+05:00 bd+06:00 lk+05:30 th+07:00 vn+07:00 tr+03:00 by+03:00 ru+03:00 ke+03:00 za+02:00 ng+01:00 gh+00:00 ae+04:00 sa+03:00 qa+03:00 ar-03:00 br-03:00 uy-03:00 bo-04:00 ve-04:00 co-05:00 pe-05:00 ec-05:00 is+00:00';
/** Countries that keep the summer time of the European Union (the United Kingdom does too). */
const EUROPEAN =
  'de+01:00 at+01:00 ch+01:00 li+01:00 lu+01:00 fr+01:00 be+01:00 nl+01:00 it+01:00 es+01:00 pl+01:00 cz+01:00 sk+01:00 hu+01:00 si+01:00 hr+01:00 rs+01:00 ba+01:00 mk+01:00 al+01:00 me+01:00 dk+01:00 se+01:00 no+01:00 mt+01:00 uk+00:00 ie+00:00 pt+00:00 gr+02:00 fi+02:00 ee+02:00 lv+02:00 lt+02:00 ro+02:00 bg+02:00 ua+02:00 cy+02:00 md+02:00';
const BY_TLD = new Map<string, Omit<ZoneChoice, 'reason'>>();
for (const entry of STEADY.split(' ')) BY_TLD.set(entry.slice(0, 2), { offset: entry.slice(2) });
for (const entry of EUROPEAN.split(' ')) BY_TLD.set(entry.slice(0, 2), { offset: entry.slice(2), summerTime: 'eu' });

export interface ZoneChoice {
  /** `+08:00`; with `summerTime` the one of winter. */
  readonly offset: string;
  readonly summerTime?: 'eu';
  /** Why: `language`, `tld` or `utc`; goes into the provenance. */
  readonly reason: 'language' | 'tld' | 'utc';
}

/**
 * The zone of a printed local time that names none: the top-level domain's where its country has one zone, else China's for
 * Chinese text and Japan's or Korea's likewise, else UTC.
 * @param language BCP 47, e.g. `zh-Hans`.
 */
export function zoneFor(language: string | undefined, host: string | undefined): ZoneChoice {
  const tld = host?.slice(host.lastIndexOf('.') + 1).toLowerCase();
  const byTld = tld ? BY_TLD.get(tld) : undefined;
  if (byTld) return { ...byTld, reason: 'tld' };
  const primary = language?.slice(0, 2).toLowerCase();
  if (primary === 'zh') return { offset: EIGHT, reason: 'language' };
  if (primary === 'ja' || primary === 'ko') return { offset: '+09:00', reason: 'language' };
  return { offset: '+00:00', reason: 'utc' };
}

/** Summer time of the European Union: from the last Sunday of March to that of October, at the precision of a day. */
export function isEuropeanSummer(year: number, month: number, day: number): boolean {
  if (month < 3 || month > 10) return false;
  if (month > 3 && month < 10) return true;
  // Both months have 31 days; getUTCDay() of the 31st tells how far back the last Sunday lies.
  const lastSunday = 31 - new Date(Date.UTC(year, month - 1, 31)).getUTCDay();
  return month === 3 ? day >= lastSunday : day < lastSunday;
}
