import { type DateContext, type FoundDate, parseDate } from '../dates/index.ts';

/** `/2022/01/26/`, `/2022-01/26/`, `/20220126/`, `/2022/0126/`, `/2017/7/12/`, `t20220126_1.html`; a longer number is an id. */
const FORMS: readonly RegExp[] = [
  /\/((?:19|20)\d{2})[-/_.](0?[1-9]|1[0-2])[-/_.](0?[1-9]|[12]\d|3[01])(?!\d)/,
  /\/((?:19|20)\d{2})[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?=\/|_\d|-\p{L}|\.|$)/u,
  /[/_-]t?((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/,
  /\/((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3,9}(?=\/|\.|-|_|$)/,
];

/** The day that many portals put into the path; never a time. */
export function urlDate(url: string, context: DateContext): FoundDate | undefined {
  let path: string;
  try {
    path = new URL(url).pathname;
  } catch {
    return undefined;
  }
  for (const form of FORMS) {
    const match = form.exec(path);
    const [, year, month, day] = match ?? [];
    if (year && month && day) return parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, context);
  }
  return undefined;
}

/** `2024-03` of `/2024/03/old-bridge/`, where a path tells no day. */
export function urlMonth(url: string): string | undefined {
  const match = /^https?:\/\/[^/]+\/(?:[^?#]{0,80}\/)?((?:19|20)\d{2})[-/](0[1-9]|1[0-2])\/(?!\d{1,2}\/)/.exec(url);
  return match ? `${match[1]}-${match[2]}` : undefined;
}
