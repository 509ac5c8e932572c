import type { Evidence } from './evidence.ts';
import { fold } from './text.ts';

/** Cutting `<title>` and `og:title` into the story's title and the names of site and section around it. */

/** What parts them. A dash needs blanks around it, except between Han characters or behind closing punctuation. */
const SEPARATOR =
  /\s+[-–—|•·»:/~>＞｜]\s+|\s*[|｜_»«¦]+\s*|\s*--+\s*|\s+::\s+|(?<=[\p{Script=Han}?!？！”’）)"》】])[-–—](?=[\p{Script=Han}《A-Z])|(?<=^\p{Lu}[\p{L}.]{1,19}):\s+/gu;
const DOMAIN_LIKE =
  /(?:^|\s|\()(?:www\.)?[\w-]{2,30}\.(?:com|net|org|de|at|ch|co\.uk|uk|fr|it|es|pl|ru|cn|gr|info|tv|eu|nl|be|io|ca|com\.\w\w|gov|edu)(?:\s|\)|[—–-]|$)/i;

export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The pieces with their places, so that a run of them can be cut out as printed. */
export function titlePieces(title: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  const push = (end: number): void => {
    const text = title.slice(start, end).trim();
    if (text !== '') pieces.push({ text, start, end });
  };
  for (const match of title.matchAll(SEPARATOR)) {
    push(match.index);
    start = match.index + match[0].length;
    if (pieces.length >= 10) break;
  }
  push(title.length);
  return pieces;
}

/** All runs of neighbouring pieces, longest first. */
export function titleRuns(title: string): string[] {
  const pieces = titlePieces(title);
  const runs: string[] = [];
  for (let length = pieces.length; length > 0; length -= 1) {
    for (let from = 0; from + length <= pieces.length; from += 1) {
      const [first, last] = [pieces[from], pieces[from + length - 1]];
      if (first && last) runs.push(title.slice(first.start, last.end).trim());
    }
  }
  return runs.toSorted((a, b) => b.length - a.length);
}

/** Names of the site, folded: as declared, and the host's own words (`gscn`, `nytimes`). */
export function siteWords(evidence: Evidence): ReadonlySet<string> {
  const words = new Set(evidence.siteNames.map(fold));
  for (const label of evidence.host.split('.')) {
    if (label.length > 2 && !/^(?:www\d?|com|org|net|edu|gov|page|invalid)$/.test(label)) words.add(fold(label));
  }
  const bare = fold(evidence.host.replace(/^www\d?\./, ''));
  words.add(bare);
  words.delete('');
  return words;
}

/** A piece that is the site's or a section's name rather than a story's. */
export function isSiteName(piece: string, words: ReadonlySet<string>): boolean {
  const folded = fold(piece);
  if (folded === '' || words.has(folded)) return true;
  if (DOMAIN_LIKE.test(piece) && piece.length < 90) return true;
  if (folded.length > 40) return false;
  for (const word of words) {
    if (word.length > 3 && folded.length < word.length + 12 && (folded.startsWith(word) || folded.endsWith(word)))
      return true;
  }
  return /(?:网|網|频道|頻道|新闻中心|新聞網|日报|晚报|電子報|电子报)$/u.test(piece) && piece.length <= 14;
}

const HAN = /\p{Script=Han}/u;

/** A title without the pieces at its ends that are known names of the site. */
export function stripKnown(title: string, words: ReadonlySet<string>): string {
  const pieces = titlePieces(title);
  let [from, to] = [0, pieces.length - 1];
  while (to > from && isSiteName(pieces[to]?.text ?? '', words)) to -= 1;
  while (to > from && isSiteName(pieces[from]?.text ?? '', words)) from += 1;
  return title.slice(pieces[from]?.start, pieces[to]?.end).trim();
}

/**
 * A title without site and section: known names at its ends go first; then what a bar or underscore parts from a piece that
 * is long enough to be a title alone. What remains is never empty.
 */
export function stripSite(title: string, words: ReadonlySet<string>): string {
  const pieces = titlePieces(title);
  let [from, to] = [0, pieces.length - 1];
  const textOf = (index: number): string => pieces[index]?.text ?? '';
  while (to > from && isSiteName(textOf(to), words)) to -= 1;
  while (to > from && isSiteName(textOf(from), words)) from += 1;
  const enough = (text: string): boolean => (HAN.test(text) ? text.length >= 9 : text.split(' ').length >= 4);
  // `标题_频道_站`, `Title | Section | Site`: from the right, while a title remains.
  while (to > from) {
    const gap = title.slice(pieces[to - 1]?.end, pieces[to]?.start);
    const rest = title.slice(pieces[from]?.start, pieces[to - 1]?.end);
    const strong = /[|｜_»¦]/.test(gap) || (HAN.test(title) && textOf(to).length <= 8);
    if (!strong || !enough(rest) || (textOf(to).length > rest.length && enough(textOf(to)))) break;
    to -= 1;
  }
  // `Section | Title`.
  while (
    to > from &&
    /[|｜»¦]/.test(title.slice(pieces[from]?.end, pieces[from + 1]?.start)) &&
    !enough(textOf(from)) &&
    enough(textOf(from + 1))
  )
    from += 1;
  const text = title.slice(pieces[from]?.start, pieces[to]?.end).trim();
  return text === '' ? title : text;
}
