import {
  type DateContext,
  type FoundDate,
  findDates,
  isoText,
  offsetMinutes,
  offsetText,
  parseDate,
  parseEpoch,
  partsAt,
} from '../dates/index.ts';
import { type Evidence, metaOf } from './evidence.ts';
import { textValue } from './json-ld.ts';
import type { Layout } from './layout.ts';
import { parseMetaLine } from './meta-line.ts';
import { textOf } from './text.ts';

export interface Published {
  readonly date: FoundDate;
  readonly from: string;
}
export interface Dates {
  readonly published: Published | undefined;
  readonly modified: Published | undefined;
}
interface Candidate {
  readonly date: FoundDate;
  readonly from: string;
  readonly weight: number;
}

/** Metas that say when a story appeared, the most reliable first. */
const META_PUBLISHED: readonly (readonly [number, readonly string[]])[] = [
  [
    9,
    [
      'article:published_time',
      'article:published',
      'og:article:published_time',
      'og:published_time',
      'bt:pubdate',
      'parsely-pub-date',
      'sailthru.date',
      'rnews:datepublished',
      'datepublished',
      'vr:published_time',
      'article.published',
      'cxenseparse:recs:publishtime',
      'cxense:publishtime',
      'lp.article:published_time',
      'weibo:article:create_at',
      'weibo: article:create_at',
    ],
  ],
  [
    8,
    [
      'publishdate',
      'pubdate',
      'publish_date',
      'publish-date',
      'publication_date',
      'publication-date',
      'published',
      'published_date',
      'og:release_date',
      'article:published_date',
      'article:publicationdate',
      'article_date_original',
      'originalpublicationdate',
      'citation_publication_date',
      'citation_online_date',
      'dcterms.created',
      'dc.date.issued',
      'dcterms.issued',
      'dcsext.wt_firstpublished',
      'ptime',
      'pdate',
      'firstpublished',
      'first_published_date',
      'article:post_date',
      'cdate',
      'createddate',
      'dc.date.created',
      'dc.created',
      'release_date',
      'timestamp',
      'displaydate',
      'shareaholic:article_published_time',
      'utime',
    ],
  ],
  [
    6,
    [
      'date',
      'dc.date',
      'dcterms.date',
      'article:create_at',
      'created',
      'creation_date',
      'pub_date',
      'createdate',
      'create_date',
      'docdate',
      'others',
      'dc.date.publish',
      'firstcreatetime',
      'time',
      'eomportal-lastupdate',
    ],
  ],
];
const META_MODIFIED = [
  'article:modified_time',
  'og:updated_time',
  'lastmod',
  'last-modified',
  'dcterms.modified',
  'dc.date.modified',
  'moddate',
  'datemodified',
  'article:modified',
  'revised',
  'utime',
];

const URL_DATE =
  /\/((?:19|20)\d{2})[-/_.]?(0[1-9]|1[0-2])[-/_.]?(0[1-9]|[12]\d|3[01])(?=\D|\d{2,9}(?:\D|$)|$)|[/_-]t?((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)|\/((?:19|20)\d{2})-?(1[0-2]|0?[1-9])[-/](3[01]|[12]\d|0?[1-9])(?=[/_.-])/;

/** The day that many portals put into the path, `/2022/01/26/`, `/t20220126_1.html`; never a time. */
export function urlDate(url: string, context: DateContext): FoundDate | undefined {
  let path: string;
  try {
    path = new URL(url).pathname;
  } catch {
    return undefined;
  }
  const match = URL_DATE.exec(path);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).filter((part) => part !== undefined);
  return parseDate(`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`, context);
}

/** Moves an instant that is really a local time labelled `Z` back to the page's zone. */
function relabel(date: FoundDate, context: DateContext): FoundDate {
  const offset = offsetMinutes(context.zoneHint ?? '') ?? 0;
  return { ...date, iso: `${date.iso.slice(0, 19)}${offsetText(offset)}`, zone: 'hint' };
}

const dayOf = (date: FoundDate): string => date.iso.slice(0, 10);
const localDay = (date: FoundDate, offset: number): string =>
  isoText(partsAt(Date.parse(date.iso), offset), offset).slice(0, 10);

/** The best-backed candidate: candidates of one day add up, the fullest of the strongest day speaks for it. */
function choose(candidates: readonly Candidate[], context: DateContext): Published | undefined {
  if (candidates.length === 0) return undefined;
  const offset = offsetMinutes(context.zoneHint ?? '') ?? 0;
  const score = new Map<string, number>();
  for (const { date, weight } of candidates) {
    for (const day of new Set([dayOf(date), localDay(date, offset)])) score.set(day, (score.get(day) ?? 0) + weight);
  }
  const strength = (candidate: Candidate): number =>
    Math.max(score.get(dayOf(candidate.date)) ?? 0, score.get(localDay(candidate.date, offset)) ?? 0);
  const top = candidates.reduce((best, candidate) => (strength(candidate) > strength(best) ? candidate : best));
  const rival = candidates.filter((candidate) => strength(candidate) === strength(top));
  const fullness = { day: 0, minute: 1, second: 1.5 };
  const best = rival.reduce((a, b) =>
    b.weight + fullness[b.date.precision] * 4 > a.weight + fullness[a.date.precision] * 4 ? b : a,
  );
  // A site east of UTC that stamps its local time with `Z`: the page prints the same clock without a zone.
  const clock = best.date.iso.slice(0, 16);
  const printed = candidates.find(
    ({ date }) => date.zone === 'hint' && date.precision !== 'day' && date.iso.slice(0, 16) === clock,
  );
  if (
    offset !== 0 &&
    best.date.zone === 'explicit' &&
    best.date.iso.endsWith('+00:00') &&
    best.date.precision !== 'day' &&
    printed
  ) {
    return { date: relabel(best.date, context), from: `${best.from} (zone of ${printed.from})` };
  }
  return { date: best.date, from: best.from };
}

/** Finds when the story appeared and was last changed. See `choose` for how witnesses are weighed. */
export function findPublished(evidence: Evidence, layout: Layout, url: string, context: DateContext): Dates {
  const published: Candidate[] = [];
  const modified: Candidate[] = [];
  const add = (text: string | undefined, from: string, weight: number, into = published): void => {
    if (!text) return;
    const date = parseDate(text.slice(0, 120), context) ?? parseEpoch(text.trim(), context);
    if (date) into.push({ date, from, weight });
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
  const nearBody = (line: number): boolean =>
    layout.bodyFirst < 0 ? line < 150 : line <= layout.bodyFirst + 3 && line >= layout.bodyFirst - 40;
  for (const time of evidence.times.slice(0, 30)) {
    const text = textOf(time.element, 80);
    const isPub =
      time.element.attribs.pubdate !== undefined ||
      /publish|pubdate|entry-date|created/i.test(
        `${time.element.attribs.class ?? ''} ${time.element.attribs.itemprop ?? ''}`,
      );
    const isMod =
      /modif|updat/i.test(`${time.element.attribs.class ?? ''} ${time.element.attribs.itemprop ?? ''}`) ||
      /updated|modified|更新|aktualisiert/i.test(text);
    const weight = (isPub ? 5 : 3) + (nearBody(time.line) ? 2 : 0) - (time.off ? 3 : 0);
    add(
      time.datetime && /\d/.test(time.datetime) ? time.datetime : text,
      'time',
      Math.max(0.5, weight),
      isMod && !isPub ? modified : published,
    );
  }
  let looked = 0;
  for (const mark of evidence.marks) {
    if ((mark.kind !== 'date' && mark.kind !== 'modified') || looked > 60) continue;
    const { attribs } = mark.element;
    if (mark.by === 'prop') {
      add(
        attribs.content ?? attribs.datetime ?? attribs.title ?? textOf(mark.element, 80),
        `microdata:${attribs.itemprop ?? attribs.property}`,
        mark.kind === 'date' ? 7 - (mark.off ? 3 : 0) : 5,
        mark.kind === 'date' ? published : modified,
      );
      continue;
    }
    const text = textOf(mark.element, 121);
    if (text.length > 120) continue;
    looked += 1;
    const line = parseMetaLine(text, context);
    const weight = mark.off ? 0.5 : nearBody(mark.line) ? 4 : 1;
    const from = `${mark.by}:${(attribs[mark.by] ?? 'date').slice(0, 30)}`;
    if (line.published)
      (mark.kind === 'modified' ? modified : published).push({
        date: line.published,
        from,
        weight: weight - (line.published.yearInferred ? 1 : 0),
      });
    if (line.modified) modified.push({ date: line.modified, from, weight });
  }
  for (const [index, line] of layout.head.entries()) {
    if (line.length > 200 || line.linkLength > line.length * 0.8) continue;
    const meta = parseMetaLine(line.text, context);
    const weight =
      (meta.dateLabelled ? 6 : line.length < 60 ? 5 : 3) +
      (meta.sourceChain.length > 0 ? 2 : 0) -
      index * 0.05 -
      (line.off ? 1 : 0);
    if (meta.published && !(meta.published.relative && published.length > 0)) {
      published.push({
        date: meta.published,
        from: 'meta-line',
        weight: meta.published.yearInferred ? weight - 2 : weight,
      });
    }
    if (meta.modified) modified.push({ date: meta.modified, from: 'meta-line', weight });
  }
  const byUrl = urlDate(url, context);
  if (byUrl) published.push({ date: byUrl, from: 'url', weight: 4 });
  if (published.length === 0) lastResort(evidence, layout, context, published);
  const main = choose(published, context) ?? choose(modified, context);
  const changed = choose(modified, context);
  return { published: main, modified: changed };
}

const SCRIPT_DATE =
  /["']?\b(?:pubtime|pub_time|publish_?time|publishTime|publish_?date|publishDate|pubDate|pub_?date|datePublished|published_?at|publishedAt|ptime|createTime|create_time|createdAt|newstime|ct)["']?\s{0,3}[:=]\s{0,3}["']([\d][^"'\n]{7,34})["']/;

/** Only when nothing better spoke: scripts' data, the text's end, any short dated line. */
function lastResort(evidence: Evidence, layout: Layout, context: DateContext, into: Candidate[]): void {
  for (const script of evidence.scripts) {
    const value = SCRIPT_DATE.exec(script)?.[1];
    const date = value ? (parseEpoch(value, context) ?? parseDate(value, context)) : undefined;
    if (date) {
      into.push({ date, from: 'script', weight: 3 });
      return;
    }
  }
  for (const line of layout.tail) {
    if (line.length > 120 || line.off) continue;
    const date = findDates(line.text, { ...context, rocCodes: true })[0];
    if (date && !date.yearInferred) into.push({ date, from: 'tail-line', weight: 2 });
  }
  if (into.length > 0) return;
  for (const line of evidence.lines.slice(0, 600)) {
    if (line.length > 80 || line.linkLength > line.length / 2) continue;
    const date = parseDate(line.text, context);
    if (date && !date.yearInferred && !date.relative && !/copyright|©|版权/i.test(line.text))
      into.push({ date, from: 'line', weight: line.off ? 0.5 : 1 });
    if (into.length > 5) return;
  }
}
