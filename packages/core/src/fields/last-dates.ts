import { type DateContext, findDates, parseDate, parseEpoch } from '../dates/index.ts';
import { type DateCandidate, NOTICE, trust } from './date-candidates.ts';
import { ABOUT_ITSELF, LABELLED, MODIFIED } from './date-labels.ts';
import { type Evidence, metaOf } from './evidence.ts';
import type { Layout } from './layout.ts';
import { readDates } from './meta-line.ts';
import { urlDate } from './url-date.ts';

/** Where a date may stand when neither data nor the lines by the headline tell one. */

const ABOUT_ITSELF_MAX = 300;

/** `Veröffentlicht am 16.08.2019`, `This entry was posted on …` behind the text: the label tells that the date is the story's. */
export function labelledLines(
  evidence: Evidence,
  layout: Layout,
  context: DateContext,
  weight: number,
  into: DateCandidate[],
): void {
  for (const line of evidence.lines.slice(Math.max(0, layout.bodyFirst - 40), layout.bodyLast + 60)) {
    if (line.off || line.length > ABOUT_ITSELF_MAX) continue;
    const labelled = line.length <= 60 && line.linkLength === 0 && LABELLED.test(line.text);
    if (!labelled && !ABOUT_ITSELF.test(line.text)) continue;
    const date = readDates(line.text, context).published;
    if (date && trust(date) === 1) {
      into.push({ date, from: 'labelled-line', weight });
      return;
    }
  }
}

/** A value of a script's data: text with a date, or seconds or milliseconds since 1970. */
const VALUE = String.raw`\\?["']?\s{0,3}[:=]\s{0,3}(?:\\?["']([\p{L}\d][^"'\\\n]{7,34})\\?["']|(\d{10}(?:\d{3})?)(?![\d.]))`;
const SCRIPT_PUBLISHED = new RegExp(
  String.raw`(?:pub(?:lish(?:ed)?|lication|lished_?at)?_?(?:time|date|at|on|datetime|_ts)|date_?published|\bptime|newstime|displaydate)(?:_?(?:iso|utc|time|gmt))?${VALUE}`,
  'iu',
);
const SCRIPT_CREATED = new RegExp(String.raw`\b(?:create_?time|created_?at|ct)${VALUE}`, 'iu');

/**
 * Only when nothing absolute spoke: scripts' data, the text's end, any short dated line.
 * @param scripts whether scripts may tell; they know of other stories too.
 */
export function lastResort(
  evidence: Evidence,
  layout: Layout,
  context: DateContext,
  scripts: boolean,
  into: DateCandidate[],
): void {
  for (const pattern of scripts ? [SCRIPT_PUBLISHED, SCRIPT_CREATED] : []) {
    for (const script of evidence.scripts) {
      const found = pattern.exec(script);
      const value = found?.[1] ?? found?.[2];
      const date = value ? (parseEpoch(value, context) ?? parseDate(value, context)) : undefined;
      // The first of January stands for a day that nobody knew.
      if (date && trust(date) === 1 && !/-01-01T00:00:00/.test(date.iso)) {
        into.push({ date, from: 'script', weight: 3 });
        return;
      }
    }
  }
  const before = into.length;
  for (const line of evidence.lines.slice(Math.max(0, layout.bodyFirst - 40), Math.max(0, layout.bodyFirst))) {
    if (line.off || line.length > 40 || line.linkLength > 0) continue;
    const date = parseDate(line.text, context);
    // Little but the date: a line beside it (`Apr 7, 2009`) and not a title with a year.
    if (date && trust(date) === 1 && line.text.length - (date.end - date.start) <= 12)
      into.push({ date, from: 'line', weight: 2.2 });
  }
  const withCodes = { ...context, rocCodes: true };
  for (const line of layout.tail) {
    if (line.length > 120 || line.off || NOTICE.test(line.text)) continue;
    const date = findDates(line.text, withCodes)[0];
    if (date && trust(date) === 1 && !MODIFIED.test(line.text.slice(0, date.start)))
      into.push({ date, from: 'tail-line', weight: 2 });
  }
  if (into.length > before) return;
  // The text may begin with a subhead or two.
  for (const lead of layout.lead.slice(0, 3)) {
    const opening = parseDate(lead.slice(0, 70), context);
    if (!opening || trust(opening) < 1) continue;
    // `LYON, Vt., March 12, 2024 /PRWire/ --`: the dateline of a release.
    const dateline = opening.start < 40 && /^\s{0,2}(?:[-–—/(]|--)/.test(lead.slice(opening.end));
    if (opening.start >= 12 && !dateline) continue;
    into.push({ date: opening, from: 'body-lead', weight: 1.5 });
    return;
  }
  const aside: DateCandidate[] = [];
  for (const line of evidence.lines.slice(0, 600)) {
    if (line.length > 80 || line.linkLength > line.length / 2 || NOTICE.test(line.text)) continue;
    const date = parseDate(line.text, context);
    if (date && trust(date) === 1) (line.off ? aside : into).push({ date, from: 'line', weight: line.off ? 0.5 : 1 });
    if (into.length + aside.length > before + 8) break;
  }
  if (into.length > before) return;
  // Where a blog keeps the story's main picture.
  const image = urlDate(metaOf(evidence.metas, 'og:image', 'twitter:image') ?? '', context);
  into.push(...(image ? [{ date: image, from: 'image-url', weight: 0.6 }] : aside));
}
