import type { Contributor } from '@newsmill/contracts';
import { type DateContext, type FoundDate, findDates } from '../dates/index.ts';
import { labelledContributors } from './byline.ts';
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

const MODIFIED =
  /(?:更新|修改|最後更新|updated?|modified|aktualisiert|actualizado|mis à jour|aggiornato|обновлено|aktualizov\w+|zuletzt|last)[^\d]{0,24}$/iu;
const PUBLISHED =
  /(?:发布|發布|發佈|发表|發表|时间|時間|日期|published|posted|created|veröffentlicht|erstellt|publié|publicado|pubblicato|опубликовано|^on|^am|^vom)[^\d]{0,24}$/iu;

/** Reads a meta line: `22-01-26 10:15 来源:中国甘肃网-兰州日报 编辑:马瑞芝`. Never fails; what is not there is absent or empty. */
export function parseMetaLine(source: string, context: DateContext): MetaLine {
  const text = tidy(source.length > 400 ? source.slice(0, 400) : source);
  let published: FoundDate | undefined;
  let modified: FoundDate | undefined;
  let dateLabelled = false;
  for (const date of findDates(text, context)) {
    const before = text.slice(Math.max(0, date.start - 40), date.start);
    // `（2/21 22:08更新）` has its label behind.
    if (MODIFIED.test(before) || /^\s?更新/.test(text.slice(date.end))) modified ??= date;
    else {
      published ??= date;
      if (PUBLISHED.test(before)) dateLabelled = true;
    }
  }
  const sourceChain: string[] = [];
  let originalTitle: string | undefined;
  for (const segment of segmentsOf(text)) {
    if (segment.kind === 'source' && sourceChain.length === 0)
      sourceChain.push(...parseSourceChain(segment.value, true));
    if (segment.kind === 'title' && segment.value) originalTitle ??= segment.value.replace(/[)）】\]]$/, '');
  }
  return {
    ...(published ? { published } : {}),
    ...(modified ? { modified } : {}),
    ...(originalTitle ? { originalTitle } : {}),
    sourceChain,
    contributors: labelledContributors(text),
    dateLabelled,
  };
}
