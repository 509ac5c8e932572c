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
const BY_TLD: Readonly<Record<string, string>> = {
  cn: EIGHT,
  hk: EIGHT,
  tw: EIGHT,
  mo: EIGHT,
  sg: EIGHT,
  my: EIGHT,
  jp: '+09:00',
  kr: '+09:00',
};

export interface ZoneChoice {
  /** `+08:00` */
  readonly offset: string;
  /** Why: `language`, `tld` or `utc`; goes into the provenance. */
  readonly reason: 'language' | 'tld' | 'utc';
}

/**
 * The zone of a printed local time that names none: the top-level domain's where that country has a single zone
 * without summer time, else China's for Chinese text and Japan's or Korea's likewise, else UTC.
 * @param language BCP 47, e.g. `zh-Hans`.
 */
export function zoneFor(language: string | undefined, host: string | undefined): ZoneChoice {
  const tld = host?.slice(host.lastIndexOf('.') + 1).toLowerCase();
  const byTld = tld ? BY_TLD[tld] : undefined;
  if (byTld) return { offset: byTld, reason: 'tld' };
  const primary = language?.slice(0, 2).toLowerCase();
  if (primary === 'zh') return { offset: EIGHT, reason: 'language' };
  if (primary === 'ja' || primary === 'ko') return { offset: '+09:00', reason: 'language' };
  return { offset: '+00:00', reason: 'utc' };
}
