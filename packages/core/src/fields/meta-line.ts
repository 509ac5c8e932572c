import type { Contributor } from '@newsmill/contracts';
import { type DateContext, type FoundDate, findDates } from '../dates/index.ts';
import { labelledContributors } from './byline.ts';
import { CHANGED_BEHIND, MODIFIED, PUBLISHED } from './date-labels.ts';
import { segmentsOf } from './labels.ts';
import { parseSourceChain } from './source-chain.ts';
import { tidy } from './text.ts';

/** What the line under a headline tells. */
export interface MetaLine {
  readonly published?: FoundDate;
  readonly modified?: FoundDate;
  readonly sourceChain: readonly string[];
  readonly contributors: readonly Contributor[];
  readonly originalTitle?: string;
  /** The publication date has a label (`发布时间：`) or is the only one. */
  readonly dateLabelled: boolean;
}

/** `10:01 AM EDT, Thu` between a label and its date. */
const CLOCK_AT_END = /\d{1,2}[:.h]\d{2}[^\d]{0,24}$/;

/** Something in the text may be a date. */
const MAY_BE_DATE =
  /\d|[今昨前]天|[今昨]日|[刚剛]|年|ago|day|hour|hier|oggi|ieri|ontem|hoje|hoy|ayer|heute|gestern|вчера|сегодня|назад|dnes|včera|dzisiaj|wczoraj|vandaag|gisteren|now|[٠-٩۰-۹]/i;

export type LineDates = Pick<MetaLine, 'published' | 'modified' | 'dateLabelled'>;
export const NO_DATES: LineDates = { dateLabelled: false };

const labelAtEnd = (text: string): 'modified' | 'published' | undefined =>
  MODIFIED.test(text) ? 'modified' : PUBLISHED.test(text) ? 'published' : undefined;

/**
 * Only the dates of a meta line.
 * @param changed days (`2024-03-12`) that the page marks as those of a change: they are not the story's when the line has another date.
 */
export function readDates(text: string, context: DateContext, changed?: ReadonlySet<string>): LineDates {
  if (!MAY_BE_DATE.test(text)) return NO_DATES;
  let published: FoundDate | undefined;
  let modified: FoundDate | undefined;
  let dateLabelled = false;
  const dates = findDates(text, context);
  let from = 0;
  for (const date of dates) {
    const before = text.slice(Math.max(from, date.start - 48), date.start);
    const label = labelAtEnd(before) ?? labelAtEnd(before.replace(CLOCK_AT_END, ''));
    from = date.end;
    if (label === 'modified' || CHANGED_BEHIND.test(text.slice(date.end, date.end + 24))) modified ??= date;
    else if (!dateLabelled && label === 'published') {
      published = date;
      dateLabelled = true;
    } else if (dates.length > 1 && changed?.has(date.iso.slice(0, 10))) modified ??= date;
    else published ??= date;
  }
  return { ...(published ? { published } : {}), ...(modified ? { modified } : {}), dateLabelled };
}

const ORIGINAL_OF = /^\s?[\p{Script=Han}A-Za-z\d]{1,12}(?:网|網|报|報|社|台|新闻|财经|客户端|周刊)/u;

/** Only the labelled source of a meta line, the republisher first. */
export function readSource(text: string): string[] {
  // `原创：` stands before a writer as often as before an outlet.
  const segment = segmentsOf(text).find(
    (one) => one.kind === 'source' && (one.label !== '原创' || ORIGINAL_OF.test(one.value)),
  );
  return segment ? parseSourceChain(segment.value, true) : [];
}

/** Reads a meta line: `22-01-26 10:15 来源:中国甘肃网-兰州日报 编辑:马瑞芝`. Never fails; what is not there is absent or empty. */
export function parseMetaLine(source: string, context: DateContext): MetaLine {
  const text = tidy(source.length > 400 ? source.slice(0, 400) : source);
  const title = segmentsOf(text).find((segment) => segment.kind === 'title' && segment.value !== '')?.value;
  return {
    ...readDates(text, context),
    ...(title ? { originalTitle: title.replace(/[)）】\]]$/, '') } : {}),
    sourceChain: readSource(text),
    contributors: labelledContributors(text),
  };
}
