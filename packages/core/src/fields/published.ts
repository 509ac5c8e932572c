import {
  type DateContext,
  type FoundDate,
  hintOffset,
  isoText,
  offsetMinutes,
  offsetText,
  parseDate,
  parseEpoch,
  partsAt,
} from '../dates/index.ts';
import { type DateCandidate, NOTICE, type Published, trust } from './date-candidates.ts';
import { MODIFIED } from './date-labels.ts';
import { META_MODIFIED, META_PUBLISHED, MODIFIED_META, otherDateMetas } from './date-metas.ts';
import { type Evidence, metaOf } from './evidence.ts';
import { textValue } from './json-ld.ts';
import { labelledLines, lastResort } from './last-dates.ts';
import type { Layout } from './layout.ts';
import { type LineDates, NO_DATES, readDates } from './meta-line.ts';
import { textOf, wordsOf } from './text.ts';
import { urlDate, urlMonth } from './url-date.ts';
import type { Mark } from './walk.ts';

export interface Dates {
  readonly published: Published | undefined;
  readonly modified: Published | undefined;
}
export interface DateCandidates {
  readonly published: readonly DateCandidate[];
  readonly modified: readonly DateCandidate[];
}

const MARKS_MAX = 60;

/** Everything on the page that may say when the story appeared or changed, with its weight. */
export function collectDates(evidence: Evidence, layout: Layout, url: string, context: DateContext): DateCandidates {
  const published: DateCandidate[] = [];
  const modified: DateCandidate[] = [];
  const month = urlMonth(url);
  const push = (into: DateCandidate[], date: FoundDate | undefined, from: string, weight: number): void => {
    if (!date || weight <= 0) return;
    // `12 Mar` on a page at `/2023/03/old-bridge/`.
    const dated =
      date.yearInferred && !date.relative && month?.slice(5) === date.iso.slice(5, 7)
        ? { ...date, iso: `${month.slice(0, 4)}${date.iso.slice(4)}`, yearInferred: false }
        : date;
    into.push({ date: dated, from, weight: weight * trust(dated) });
  };
  const add = (text: string | undefined, from: string, weight: number, into = published): void => {
    if (text) push(into, parseDate(text.slice(0, 120), context) ?? parseEpoch(text.trim(), context), from, weight);
  };
  // Elements lie in each other, and each has the same text.
  const seen = new Map<string, LineDates>();
  const changedDays = new Set<string>();
  const read = (text: string): LineDates => {
    const known = seen.get(text);
    if (known) return known;
    const dates = readDates(text, context, changedDays);
    seen.set(text, dates);
    return dates;
  };
  const { ld, metas } = evidence;
  add(textValue(ld?.datePublished), 'json-ld:datePublished', 10);
  if (ld?.datePublished === undefined)
    add(textValue(ld?.dateCreated) ?? textValue(ld?.uploadDate), 'json-ld:dateCreated', 7);
  add(textValue(ld?.dateModified), 'json-ld:dateModified', 6, modified);
  for (const [weight, names] of META_PUBLISHED) {
    for (const name of names) if (metas.has(name)) add(metaOf(metas, name), `meta:${name}`, weight);
  }
  for (const name of META_MODIFIED) if (metas.has(name)) add(metaOf(metas, name), `meta:${name}`, 5, modified);
  // Offices in China load documents much later than they are dated; the names that tell more are all in the lists.
  for (const name of context.yearFirst ? [] : otherDateMetas(metas)) {
    const changed = MODIFIED_META.test(name);
    add(metaOf(metas, name), `meta:${name}`, changed ? 5 : 3, changed ? modified : published);
  }

  const nearBody = (line: number): boolean =>
    layout.bodyFirst < 0 ? line < 150 : line <= layout.bodyFirst + 3 && line >= layout.bodyFirst - 40;
  for (const mark of evidence.marks) {
    if (mark.kind !== 'modified' || mark.by === 'prop' || mark.off) continue;
    const date = parseDate(textOf(mark.element, 60), context);
    if (date) changedDays.add(date.iso.slice(0, 10));
  }
  // Structured data outweighs any list of other stories beside the text.
  const told = published.some((one) => one.weight >= 8);
  for (const time of evidence.times.slice(0, 30)) {
    if (told && time.off) continue;
    const { attribs } = time.element;
    const hint = `${attribs.class ?? ''} ${attribs.itemprop ?? ''}`;
    const text = textOf(time.element, 80);
    const stamp = machineDate(attribs);
    const isPublished = attribs.pubdate !== undefined || /publish|pubdate|entry-date|created/i.test(hint);
    const isModified =
      !isPublished &&
      (/modif|updat/i.test(hint) ||
        /updated|modified|更新|aktualisiert/i.test(text) ||
        MODIFIED.test(textBefore(evidence, time, text)));
    // Far above stands the day of the visit, far below stand comments and other stories.
    const weight = (isPublished ? 5 : 3) + (nearBody(time.line) ? 2 : -1.5) - (time.off ? 4 : 0);
    const value = stamp ?? (/\d\p{L}|\p{L}\d/u.test(text) ? wordsOf(time.element, 80) : text);
    add(value, 'time', Math.max(0.5, weight), isModified ? modified : published);
  }
  let looked = 0;
  for (const mark of evidence.marks) {
    if ((mark.kind !== 'date' && mark.kind !== 'modified') || looked > MARKS_MAX || (told && mark.off)) continue;
    looked += 1;
    const { attribs } = mark.element;
    const into = mark.kind === 'date' ? published : modified;
    if (mark.by === 'prop') {
      const value = attribs.content ?? attribs.datetime ?? attribs.title ?? textOf(mark.element, 80);
      add(
        value,
        `microdata:${attribs.itemprop ?? attribs.property}`,
        (mark.kind === 'date' ? 7 : 5) - (mark.off ? 4 : 0),
        into,
      );
      continue;
    }
    const text = textOf(mark.element, 121);
    if (text.length > 120) continue;
    const weight = mark.off ? 0.5 : nearBody(mark.line) ? 4 : 1;
    const from = `${mark.by}:${(attribs[mark.by] ?? 'date').slice(0, 40)}`;
    let line = read(text);
    const stamp = line.published && !line.published.relative ? undefined : machineDate(attribs);
    if (stamp !== undefined && !line.modified) {
      // `<abbr title="2024-03-12T09:41:00Z">9:41</abbr>`
      add(stamp, from, weight, into);
      continue;
    }
    if (!line.published && !line.modified) {
      // Day, month and year in elements of their own.
      line = read(wordsOf(mark.element, 121));
    } else if (line.published && !line.dateLabelled && MODIFIED.test(textBefore(evidence, mark, text)))
      line = { modified: line.published, dateLabelled: false };
    push(into, line.published, from, weight);
    push(modified, line.modified, from, weight);
  }
  for (const [index, line] of layout.head.entries()) {
    const distance = index - layout.headlineAt;
    // Links to tags may fill the line behind the date, but far from the headline such a line lists other stories.
    if (line.length > 200 || (line.linkLength > line.length * 0.8 && !(distance > 0 && distance <= 3))) continue;
    const meta = NOTICE.test(line.text) ? NO_DATES : read(line.text);
    const place = distance > 0 ? -distance * 0.05 : layout.headlineAt < 0 ? -index * 0.05 : distance;
    const weight =
      (meta.dateLabelled && line.length < 100 ? 6 : line.length < 60 ? 5 : line.length < 100 ? 3 : 2) +
      (/来源|來源|稿源/.test(line.text) ? 2 : 0) +
      place -
      (line.off ? 1 : 0);
    // `Today`, `yesterday` in a sentence or a headline tell nothing.
    const idle = meta.published?.relative && (line.length > 60 || distance === 0);
    if (!idle) push(published, meta.published, 'meta-line', weight);
    push(modified, meta.modified, 'meta-line', weight);
  }
  if (!published.some((one) => one.weight >= LABELLED_WEIGHT))
    labelledLines(evidence, layout, context, LABELLED_WEIGHT, published);
  push(published, urlDate(url, context), 'url', 4);
  if (!published.some((one) => one.weight >= NEAR_WEIGHT && trust(one.date) === 1)) {
    lastResort(evidence, layout, context, modified.length === 0, published);
  }
  // `2005-04-05 06:40更新` may be the only date by the headline; dates of far lines are less than that.
  if (!published.some((one) => one.weight >= FAR_WEIGHT))
    for (const one of modified) if (one.weight >= 3) published.push({ ...one, weight: FAR_WEIGHT });
  return { published, modified };
}

/** The instant that an element keeps for scripts beside what it shows. */
function machineDate(attribs: Readonly<Record<string, string>>): string | undefined {
  for (const name of ['datetime', 'data-timestamp', 'data-datetime', 'data-date', 'data-time', 'title'] as const) {
    const value = attribs[name];
    if (value && /\d{4}|\d[./]\d/.test(value)) return value;
  }
  return undefined;
}

/** What stands on its line before a marked date, or on the line before when that is but a label (`<dt>Last updated</dt>`). */
function textBefore(evidence: Evidence, mark: Mark, text: string): string {
  const line = evidence.lines[mark.line]?.text ?? '';
  const at = line.indexOf(text);
  if (at > 0) return line.slice(Math.max(0, at - 40), at);
  const above = at === 0 ? evidence.lines[mark.line - 1]?.text : undefined;
  return above !== undefined && above.length <= 30 && !/\d/.test(above) ? above : '';
}

/** What a date with its label weighs wherever it stands, and what more than a date in the distance weighs. */
const LABELLED_WEIGHT = 3.5;
const FAR_WEIGHT = 2.5;
/** What less than a date beside the text, in a comment or another story's teaser, weighs. */
const NEAR_WEIGHT = 1;

const DAY_MS = 86_400_000;
const dayOf = (date: FoundDate): string => date.iso.slice(0, 10);
const shiftDay = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);

/**
 * Days that a candidate speaks for, with its share of belief. An instant in UTC may be the day before (west of Greenwich) or
 * after (east of it); it speaks for that day too when the page prints it.
 */
function daysOf(date: FoundDate, printed: ReadonlySet<string>): (readonly [string, number])[] {
  const day = dayOf(date);
  const days: (readonly [string, number])[] = [[day, 1]];
  if (date.zone === 'explicit' && date.precision !== 'day' && date.iso.endsWith('+00:00')) {
    const hour = Number(date.iso.slice(11, 13));
    const other = printed.size > 0 ? shiftDay(day, hour < 10 ? -1 : 1) : '';
    if (printed.has(other)) days.push([other, 0.8]);
  }
  return days;
}

/** Moves an instant to an offset without changing it. */
function at(date: FoundDate, offset: number): FoundDate {
  return { ...date, iso: isoText(partsAt(Date.parse(date.iso), offset), offset) };
}

/**
 * The zone that an instant in UTC was printed in, told by another witness of the same instant: one with its own zone, or one
 * whose clock differs by whole quarter hours (`01:49Z` in the metadata, `5:49 p.m.` on the page). Undefined when none tells.
 */
function printedZone(best: DateCandidate, candidates: readonly DateCandidate[]): number | undefined {
  const instant = Math.floor(Date.parse(best.date.iso) / 60_000);
  for (const { date } of candidates) {
    if (date.precision === 'day' || date.relative || date.yearInferred) continue;
    if (
      date.zone === 'explicit' &&
      !date.iso.endsWith('+00:00') &&
      Math.floor(Date.parse(date.iso) / 60_000) === instant
    ) {
      return offsetMinutes(date.iso.slice(19));
    }
    if (date.zone !== 'hint') continue;
    const clock = Math.floor(Date.parse(`${date.iso.slice(0, 19)}Z`) / 60_000);
    const difference = clock - instant;
    if (difference !== 0 && Math.abs(difference) <= 14 * 60 && difference % 30 === 0) return difference;
  }
  return undefined;
}

/** Witnesses of one kind: the page's structured data, its metas, what is printed. */
function groupOf(from: string): string {
  if (from.startsWith('json-ld') || from.startsWith('meta:')) return from.slice(0, 4);
  return from === 'url' || from === 'script' ? from : 'printed';
}

/** Minutes east of UTC. */
const FAR = 3 * 60;
/** What one more witness of a group adds, and how many may. */
const VOUCH = 1;
const VOUCHERS_MAX = 2;
const FULLNESS = { day: 0, minute: 4, second: 6 };

/** Dates without a year, or told from "now", count for the full date of the same day and month when there is one, else for nothing. */
function withYears(candidates: readonly DateCandidate[], others: readonly DateCandidate[]): readonly DateCandidate[] {
  const full = [...candidates, ...others].filter(({ date }) => trust(date) === 1);
  if (full.length === 0) return candidates;
  const known = candidates.filter(({ date }) => trust(date) === 1);
  if (known.length === candidates.length) return candidates;
  return candidates.flatMap((candidate) => {
    if (trust(candidate.date) === 1) return [candidate];
    const same = full.find(({ date }) => date.iso.slice(5, 10) === candidate.date.iso.slice(5, 10));
    if (!same) {
      // `Feb 24` on a page that was changed in March 2015 is of that year, and one of a later day of the year before.
      const later = candidate.date.relative || known.length > 0 ? undefined : others[0]?.date.iso;
      if (!later) return [];
      const year = Number(later.slice(0, 4)) - (candidate.date.iso.slice(5, 10) > later.slice(5, 10) ? 1 : 0);
      return [
        { ...candidate, date: { ...candidate.date, iso: `${year}${candidate.date.iso.slice(4)}`, yearInferred: true } },
      ];
    }
    const iso = `${same.date.iso.slice(0, 10)}${candidate.date.iso.slice(10)}`;
    return [{ ...candidate, date: { ...candidate.date, iso, yearInferred: false, relative: false } }];
  });
}

/** The best-backed candidate: those of one day add up, the fullest of the strongest day speaks for it. */
export function chooseDate(
  all: readonly DateCandidate[],
  context: DateContext,
  others: readonly DateCandidate[] = [],
): Published | undefined {
  const candidates = withYears(all, others);
  const score = new Map<string, number>();
  const changed = new Set(others.map(({ date }) => dayOf(date)));
  const printedDays = new Set(candidates.filter(({ date }) => date.zone === 'hint').map(({ date }) => dayOf(date)));
  // Each kind of witness speaks once per day, as a list of other stories repeats one kind. What a reader sees is one witness,
  // however many elements hold it, and so is all metadata: the best of a group speaks, the others only vouch.
  const spoken = new Map<string, { weight: number; kinds: Set<string> }>();
  for (const { date, weight, from } of candidates) {
    for (const [day, share] of daysOf(date, printedDays)) {
      const group = groupOf(from);
      const key = `${day} ${group}`;
      const before = spoken.get(key) ?? { weight: 0, kinds: new Set<string>() };
      const vouches =
        before.kinds.size > 0 &&
        before.kinds.size <= VOUCHERS_MAX &&
        !before.kinds.has(from) &&
        !(group === 'printed' && changed.has(day));
      const best = Math.max(before.weight, weight * share);
      score.set(day, (score.get(day) ?? 0) + best - before.weight + (vouches ? VOUCH : 0));
      spoken.set(key, { weight: best, kinds: before.kinds.add(from) });
    }
  }
  const top = [...score].toSorted((a, b) => b[1] - a[1])[0]?.[0];
  if (top === undefined) return undefined;
  const rivals = candidates.filter(({ date }) => daysOf(date, printedDays).some(([day]) => day === top));
  const [best] = rivals.toSorted(
    (a, b) => b.weight + FULLNESS[b.date.precision] - a.weight - FULLNESS[a.date.precision],
  );
  if (!best) return undefined;
  if (best.date.zone !== 'explicit' || !best.date.iso.endsWith('+00:00') || best.date.precision === 'day') return best;
  const hint = hintOffset(context, partsAt(Date.parse(best.date.iso), 0));
  // A site east of UTC that stamps its local time with `Z`: the page prints the same clock without a zone.
  const twin = candidates.find(
    ({ date }) =>
      date.zone === 'hint' && date.precision !== 'day' && date.iso.slice(0, 16) === best.date.iso.slice(0, 16),
  );
  if (hint !== 0 && twin) {
    return {
      date: { ...best.date, iso: `${best.date.iso.slice(0, 19)}${offsetText(hint)}`, zone: 'hint' },
      from: `${best.from}, clock of ${twin.from}`,
    };
  }
  const zone = printedZone(best, candidates);
  if (zone !== undefined) return { date: at(best.date, zone), from: `${best.from}, zone of the printed time` };
  // Far from Greenwich the day in UTC is often not the page's, so the instant is told in the page's zone; in Europe it stays as
  // written unless the page prints the local day.
  const local = at(best.date, hint);
  if (Math.abs(hint) >= FAR || (hint !== 0 && dayOf(best.date) !== top && dayOf(local) === top))
    return { date: local, from: best.from };
  // The instant falls on another day than the page prints; the nearest offset that agrees would be made up, so the day stands alone.
  const printed = dayOf(best.date) === top ? undefined : rivals.find(({ date }) => dayOf(date) === top);
  return printed ?? best;
}

/** Finds when the story appeared and was last changed. See `chooseDate` for how witnesses are weighed. */
export function findPublished(evidence: Evidence, layout: Layout, url: string, context: DateContext): Dates {
  const { published, modified } = collectDates(evidence, layout, url, context);
  const changed = chooseDate(modified, context);
  return {
    published: chooseDate(published, context, modified) ?? changed,
    modified: changed,
  };
}
