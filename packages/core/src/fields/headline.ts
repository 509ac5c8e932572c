import type { Evidence } from './evidence.ts';
import { metaOf } from './evidence.ts';
import { textValue } from './json-ld.ts';
import { fold, plainText, textOf } from './text.ts';

export interface Headline {
  readonly text: string;
  readonly from: string;
  /** Line of the page where it stands; undefined when it is only in the head. */
  readonly line: number | undefined;
}

interface Candidate {
  readonly text: string;
  readonly folded: string;
  readonly from: string;
  readonly line: number | undefined;
  weight: number;
}

const LENGTH_MAX = 300;
/** What parts a story's title from the site's name in `<title>`. */
const TITLE_SPLIT =
  /\s+[-–—|•·»:/~]\s+|\s*[|｜_»«]+\s*|\s*--+\s*|(?<=\p{Script=Han}|[?!？！”’）)"])[-–—](?=\p{Script=Han})|\s+::\s+|\s+>\s+/gu;
const NOT_A_TITLE =
  /^(?:home|news|article|blog|404|error|not found|untitled|index|search|login|breaking news|正文|新闻|首页|详情|menu|navigation|main menu)$/i;

/** `<title>` and `og:title` cut at their separators, with the place of each piece. */
function pieces(title: string): string[] {
  return title
    .split(TITLE_SPLIT)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

/** Site names in all forms: as declared and the host's own word (`gscn`, `nytimes`). */
function siteWords(evidence: Evidence): Set<string> {
  const words = new Set(evidence.siteNames.map(fold));
  const labels = evidence.host
    .split('.')
    .filter((label) => label.length > 2 && !/^(?:www|com|org|net|edu|gov)$/.test(label));
  for (const label of labels) words.add(fold(label));
  words.add(fold(evidence.host.replace(/^www\./, '')));
  words.delete('');
  return words;
}

/**
 * A title without the site's name: pieces at its ends that are the site's name, or that other evidence of the title
 * does not have. What remains is never empty.
 */
export function stripSite(title: string, evidence: Evidence, known: readonly string[] = []): string {
  const words = siteWords(evidence);
  const isSite = (piece: string): boolean => {
    const folded = fold(piece);
    if (words.has(folded)) return true;
    for (const word of words)
      if (word.length > 4 && folded.length < word.length + 8 && (folded.startsWith(word) || folded.endsWith(word)))
        return true;
    return /^(?:www\.)?[\w-]{2,30}\.(?:com|net|org|de|at|ch|co\.uk|fr|it|es|pl|ru|cn|gr|info|tv|eu|nl|be|com\.\w\w)$/i.test(
      piece,
    );
  };
  let text = title;
  for (let round = 0; round < 4; round += 1) {
    const separators = [...text.matchAll(TITLE_SPLIT)];
    const last = separators.at(-1);
    const first = separators[0];
    if (last && first) {
      const tail = text.slice(last.index + last[0].length);
      const head = text.slice(0, first.index);
      if (isSite(tail) && last.index > 0) {
        text = text.slice(0, last.index);
        continue;
      }
      if (isSite(head)) {
        text = text.slice(first.index + first[0].length);
        continue;
      }
    }
    break;
  }
  for (const other of known) {
    const folded = fold(other);
    if (folded.length >= 8 && text.length > other.length && fold(text).startsWith(folded)) return other;
  }
  return text.trim() || title;
}

/** Share of the shorter text's characters that both have in common, in order of bigrams: 1 = one contains the other. */
function overlap(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  if (a === b) return 1;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.includes(short)) return short.length / long.length;
  const grams = new Map<string, number>();
  for (let at = 0; at + 1 < long.length; at += 1) {
    const gram = long.slice(at, at + 2);
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  let common = 0;
  for (let at = 0; at + 1 < short.length; at += 1) {
    const gram = short.slice(at, at + 2);
    const left = grams.get(gram) ?? 0;
    if (left > 0) {
      common += 1;
      grams.set(gram, left - 1);
    }
  }
  return (2 * common) / Math.max(1, a.length + b.length - 2);
}

/**
 * The story's headline. Every place that may hold it is a candidate; what a reader sees as a heading and what the page's
 * metadata agree on wins. The site's name is cut off and never returned for a story.
 */
export function findHeadline(evidence: Evidence): Headline | undefined {
  const words = siteWords(evidence);
  const candidates: Candidate[] = [];
  const add = (raw: string | undefined, from: string, weight: number, line?: number): void => {
    const text = raw === undefined ? '' : plainText(raw, LENGTH_MAX + 1);
    const folded = fold(text);
    if (folded.length < 2 || text.length > LENGTH_MAX || words.has(folded) || NOT_A_TITLE.test(text)) return;
    candidates.push({ text, folded, from, line, weight });
  };
  for (const heading of evidence.headings) {
    if (candidates.length > 40 || heading.level > 2) continue;
    const early = heading.line < 200 ? 0.3 : 0;
    add(
      textOf(heading.element, LENGTH_MAX + 1),
      `h${heading.level}`,
      (heading.level === 1 ? 3 : 1.2) + early - (heading.off ? 1 : 0),
      heading.line,
    );
  }
  let marked = 0;
  for (const mark of evidence.marks) {
    if (
      mark.kind !== 'title' ||
      marked > 30 ||
      /^(?:a|ul|ol|body|html|section|header|article|nav|form|table)$/.test(mark.element.name)
    )
      continue;
    const text = textOf(mark.element, LENGTH_MAX + 1);
    if (text.length < 4 || text.length > 200) continue;
    marked += 1;
    add(
      text,
      mark.by === 'prop' ? 'microdata:headline' : `${mark.by}:title`,
      (mark.by === 'prop' ? 2.5 : 1) - (mark.off ? 1 : 0),
      mark.line,
    );
  }
  const headTitle = evidence.title ? plainText(evidence.title, LENGTH_MAX * 2) : undefined;
  const ogTitle = metaOf(evidence.metas, 'og:title');
  const ldTitle = textValue(evidence.ld?.headline) ?? undefined;
  if (ogTitle) add(stripSite(ogTitle, evidence), 'og:title', 2.4);
  if (ldTitle) add(stripSite(plainText(ldTitle, LENGTH_MAX), evidence), 'json-ld:headline', 2.4);
  for (const [names, from] of META_TITLES) {
    const value = metaOf(evidence.metas, ...names);
    if (value) add(stripSite(value, evidence), from, 2);
  }
  const titlePieces = headTitle ? pieces(headTitle) : [];
  if (headTitle) {
    add(stripSite(headTitle, evidence), 'title', 1.6);
    const longest = titlePieces.toSorted((a, b) => b.length - a.length)[0];
    if (longest && titlePieces.length > 1) add(longest, 'title', 1.4);
    if (titlePieces[0] && titlePieces[0] !== longest && titlePieces[0].length > 10) add(titlePieces[0], 'title', 1.3);
  }
  if (candidates.length === 0) return undefined;
  const headFolded = [headTitle, ogTitle, ldTitle ? plainText(ldTitle) : undefined]
    .filter((text) => text !== undefined)
    .map(fold);
  for (const candidate of candidates) {
    for (const known of headFolded) {
      if (known.includes(candidate.folded))
        candidate.weight +=
          candidate.folded.length >= 8 ? 2 + Math.min(1, candidate.folded.length / known.length) : 0.7;
      else candidate.weight += overlap(candidate.folded, known) > 0.75 ? 1.2 : 0;
    }
    for (const other of candidates)
      if (other !== candidate && other.from !== candidate.from && other.folded === candidate.folded)
        candidate.weight += 0.8;
    // A title is rarely one or two words.
    if (candidate.folded.length < 8) candidate.weight -= /\p{Script=Han}/u.test(candidate.folded) ? 0.5 : 1.5;
  }
  candidates.sort((a, b) => b.weight - a.weight);
  const best = candidates[0];
  if (!best) return undefined;
  const twin = candidates.find((other) => other.line !== undefined && other.folded === best.folded);
  const line =
    twin?.line ?? evidence.lines.findIndex((candidate) => !candidate.off && fold(candidate.text) === best.folded);
  return { text: twin?.text ?? best.text, from: twin?.from ?? best.from, line: line >= 0 ? line : undefined };
}

const META_TITLES: readonly (readonly [readonly string[], string])[] = [
  [
    [
      'articletitle',
      'hdl',
      'headline',
      'sailthru.title',
      'parsely-title',
      'citation_title',
      'dc.title',
      'dcterms.title',
    ],
    'meta:title',
  ],
  [['twitter:title'], 'twitter:title'],
];
