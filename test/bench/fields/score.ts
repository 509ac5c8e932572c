import { createHash } from 'node:crypto';

/** The measures of the labelled data's own scorer, for fields. */

const tokens = (text: string): string[] => text.match(/[\p{L}\p{N}_\p{M}]+/gu) ?? [];
const title = (text: string | undefined): string => tokens((text ?? '').normalize('NFKC').toLowerCase()).join(' ');

export function sameTitle(gold: string, ours: string | undefined): boolean {
  return title(gold) === title(ours);
}

/** Names compared without case, width and punctuation. */
export function sameName(gold: string, ours: string): boolean {
  return title(gold).replace(/\s/g, '') === title(ours).replace(/\s/g, '') && title(ours) !== '';
}

/** The same calendar day as printed, or the UTC day of a full gold date. */
export function sameDay(gold: string, full: string | undefined, ours: string | undefined): boolean {
  if (!ours) return false;
  const days = new Set([gold.slice(0, 10)]);
  if (full && /(?:Z|[+-]\d\d:?\d\d)$/.test(full)) {
    const at = new Date(full.replace(' ', 'T'));
    if (!Number.isNaN(at.getTime())) days.add(at.toISOString().slice(0, 10));
  }
  return days.has(ours.slice(0, 10));
}

const SPLIT = /\s*(?:;|,|、|，|\||\/|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\boch\b|\bog\b)\s*/i;
function names(list: readonly string[]): Set<string> {
  const set = new Set<string>();
  for (const item of list) {
    for (const part of item.split(SPLIT)) {
      const name = title(
        part.replace(/^\s*(?:by|von|par|por|di|de|door|av|od|autor|author|文|作者|记者)\s*[:：]?\s+/i, ''),
      );
      if (name) set.add(name);
    }
  }
  return set;
}

/** Set F1 of normalised names. */
export function authorsF1(gold: readonly string[], ours: readonly string[]): number {
  const [wanted, found] = [names(gold), names(ours)];
  if (wanted.size === 0) return 1;
  let common = 0;
  for (const name of wanted) if (found.has(name)) common += 1;
  return (2 * common) / (wanted.size + found.size);
}

/** Splits the pages: a (60 %) and b (20 %) for development, c (20 %) for the developer's own check. */
export function inHalf(id: string, half: string): boolean {
  const first = createHash('sha256').update(id).digest()[0] ?? 0;
  return half === 'a' ? first < 154 : half === 'b' ? first >= 154 && first < 205 : first >= 205;
}
