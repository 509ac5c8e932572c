/**
 * Dates as machines write them into feeds and sitemaps: ISO 8601 / W3C-DTF and RFC 822 with its successors.
 * With a zone the result is an instant in UTC (`2026-11-24T00:15:00.000Z`). Without one it is the day alone (`2026-11-24`):
 * the time would be off by up to half a day, and nothing here knows the zone.
 */
export function readMachineDate(text: string | undefined): string | undefined {
  const value = text?.trim().slice(0, 64) ?? '';
  const iso = ISO.exec(value);
  if (iso !== null) {
    const [, year, month = '1', day = '1', hour, minute = '0', second = '0', zone] = iso;
    return dateText([year, month, day, hour ?? '0', minute, second], hour === undefined ? undefined : zone);
  }
  const rfc = RFC822.exec(value);
  if (rfc === null) return undefined;
  const [, day, name = '', year = '', hour, minute = '0', second = '0', zone] = rfc;
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  if (month === 0) return undefined;
  // RFC 822 had two digits; RFC 2822 §4.3 says how to read them.
  const full = year.length === 2 ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : Number(year);
  return dateText(
    [String(full), String(month), day, hour ?? '0', minute, second],
    hour === undefined ? undefined : zone,
  );
}

const ISO =
  /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]{1,2}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/i;
const RFC822 =
  /^(?:[A-Za-z]{2,9}[,.]?\s{1,3})?(\d{1,2})[\s-]{1,3}([A-Za-z]{3,9})[.,]?[\s-]{1,3}(\d{4}|\d{2})(?:,?\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?\s{0,3}([A-Za-z]{1,5}|[+-]\d{2}:?\d{2})?)?(?:\s?\(.{0,20}\))?$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 822 §5.1, in minutes. Other letters mean "unknown" (RFC 2822 §4.3), which is no zone. */
const ZONES: Readonly<Record<string, number>> = {
  ...{
    Z: 0,
    UT: 0,
    UTC: 0,
    GMT: 0,
    EST: -300,
    EDT: -240,
    CST: -360,
    CDT: -300,
    MST: -420,
    MDT: -360,
    PST: -480,
    PDT: -420,
  },
  ...{ HKT: 480, JST: 540, KST: 540, CET: 60, CEST: 120, BST: 60 },
};

function dateText(parts: readonly (string | undefined)[], zone: string | undefined): string | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number);
  if (year < 1990 || year > 2100 || month < 1 || month > 12 || hour > 24 || minute > 59 || second > 60)
    return undefined;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  const offset = zone === undefined ? undefined : zoneMinutes(zone);
  const instant = Date.UTC(year, month - 1, day, hour, minute - (offset ?? 0), second);
  if (offset !== undefined) return new Date(instant).toISOString();
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function zoneMinutes(zone: string): number | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return ZONES[zone.toUpperCase()];
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}
