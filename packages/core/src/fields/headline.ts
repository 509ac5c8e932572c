import type { AnyNode } from 'domhandler';
import { type Evidence, metaOf } from './evidence.ts';
import { textValue } from './json-ld.ts';
import { fold, isElement, plainText, textOf } from './text.ts';
import { isSiteName, siteWords, stripKnown, stripSite, titlePieces, titleRuns } from './title-parts.ts';
import type { Heading } from './walk.ts';

export interface Headline {
  readonly text: string;
  readonly from: string;
  /** Line of the page where it stands; undefined when it is only in the head. */
  readonly line: number | undefined;
}

interface Shown {
  readonly text: string;
  readonly folded: string;
  readonly heading: Heading;
}

const LENGTH_MAX = 300;
const NOT_A_TITLE =
  /^(?:home|news|articles?|blog|404|error|not found|page not found|untitled|index|search|login|sign in|breaking news|正文|新闻|首页|详情|menu|navigation|main menu|site navigation|photo gallery|all the news|welcome|comments?|related.{0,20}|contact( us)?|latest news|top stories)$/i;
const HAN = /\p{Script=Han}/u;

/** Share of bigrams that two folded texts have in common; 1 = the same. */
export function overlap(a: string, b: string): number {
  if (a.length < 2 || b.length < 2) return a === b ? 1 : 0;
  const grams = new Map<string, number>();
  for (let at = 0; at + 1 < b.length; at += 1)
    grams.set(b.slice(at, at + 2), (grams.get(b.slice(at, at + 2)) ?? 0) + 1);
  let common = 0;
  for (let at = 0; at + 1 < a.length; at += 1) {
    const gram = a.slice(at, at + 2);
    const left = grams.get(gram) ?? 0;
    if (left > 0) {
      common += 1;
      grams.set(gram, left - 1);
    }
  }
  return (2 * common) / (a.length + b.length - 2);
}

/**
 * The heading's text without a kicker: when the whole is in no title of the page's head but the text of one of its
 * elements is, that element is the headline (`<h1><span>Kicker</span> <span>Headline</span></h1>`).
 */
function headingText(heading: Heading, known: readonly string[]): string {
  const whole = textOf(heading.element, LENGTH_MAX + 1);
  const folded = fold(whole);
  if (known.some((title) => title.includes(folded))) return whole;
  const parts: AnyNode[] = [...heading.element.children];
  for (const child of heading.element.children) if (isElement(child)) parts.push(...child.children);
  for (const part of parts) {
    const text = textOf(part, LENGTH_MAX);
    const piece = fold(text);
    if (
      piece.length > folded.length * 0.4 &&
      piece.length >= (HAN.test(piece) ? 6 : 12) &&
      known.some((title) => title.includes(piece))
    )
      return text;
  }
  if (
    heading.element.children.some(
      (child) =>
        isElement(child) &&
        /kicker|overline|eyebrow|dachzeile|rubrik|topline|roof|prefix|supertitle|label/i.test(
          child.attribs.class ?? '',
        ),
    )
  ) {
    const rest = heading.element.children.filter(
      (child) =>
        !(
          isElement(child) &&
          /kicker|overline|eyebrow|dachzeile|rubrik|topline|roof|prefix|supertitle|label/i.test(
            child.attribs.class ?? '',
          )
        ),
    );
    const text = rest
      .map((child) => textOf(child, LENGTH_MAX))
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (fold(text).length >= 6) return text;
  }
  return whole;
}

/** A heading that is the site's logo: it links to the front page or says so in its class. */
function isLogo(heading: Heading): boolean {
  const { attribs } = heading.element;
  if (
    /(?:^|[\s_-])(?:logo|site-?(?:title|name)|blog-?(?:title|name)|brand(?:ing)?|masthead)(?:$|[\s_-])/i.test(
      `${attribs.class ?? ''} ${attribs.id ?? ''}`,
    )
  )
    return true;
  const link = heading.element.children.find((child) => isElement(child) && child.name === 'a');
  const href = link && isElement(link) ? link.attribs.href?.trim() : undefined;
  return href !== undefined && /^(?:(?:https?:)?\/\/[^/]+)?\/?(?:index\.\w+)?$/.test(href) && href !== '';
}

const wordy = (text: string): boolean =>
  HAN.test(text) ? text.length >= 8 : text.split(' ').length >= 4 && text.length >= 18;

/**
 * The story's headline: what a reader sees as one. An `h1` that the page's metadata knows; else any line that is a run of
 * `<title>`'s pieces; else a lone telling `h1` that was edited apart from the metadata; else the metadata. Never the site's name.
 */
export function findHeadline(evidence: Evidence): Headline | undefined {
  const words = siteWords(evidence);
  const usable = (text: string): boolean => {
    if (text.length > LENGTH_MAX || NOT_A_TITLE.test(text)) return false;
    const folded = fold(text);
    return folded.length >= 2 && !words.has(folded);
  };
  const title = evidence.title ? plainText(evidence.title, LENGTH_MAX * 2) : '';
  const ogTitle = metaOf(evidence.metas, 'og:title') ?? '';
  const ldTitle = plainText(textValue(evidence.ld?.headline) ?? '', LENGTH_MAX);
  const metaTitle =
    metaOf(
      evidence.metas,
      'articletitle',
      'hdl',
      'headline',
      'sailthru.title',
      'parsely-title',
      'citation_title',
      'dc.title',
      'dcterms.title',
      'twitter:title',
    ) ?? '';
  const heads = [title, ogTitle, ldTitle, metaTitle].filter((text) => text !== '');
  const known = heads.map(fold).filter((text) => text !== '');

  const shown: Shown[] = [];
  for (const heading of evidence.headings) {
    if (heading.level !== 1 || shown.length > 20 || isLogo(heading)) continue;
    const text = headingText(heading, known);
    if (usable(text)) shown.push({ text, folded: fold(text), heading });
  }
  const inPlace = shown.filter((one) => !one.heading.off);
  const h1s = inPlace.length > 0 ? inPlace : shown;
  const h1 = (one: Shown, from = 'h1'): Headline => ({ text: one.text, from, line: one.heading.line });

  /** How much of the best title the text covers when it is part of it. */
  const coverage = (folded: string): number =>
    Math.max(0, ...known.map((text) => (text.includes(folded) ? folded.length / text.length : 0)));
  const agreed = h1s
    .map((one) => ({ one, share: coverage(one.folded) }))
    .filter(({ one, share }) => share > 0 && (share >= 0.3 || one.folded.length >= (HAN.test(one.folded) ? 8 : 20)))
    .toSorted((a, b) => b.share - a.share)[0];
  if (agreed && !isSiteName(agreed.one.text, words)) return h1(agreed.one);

  const [bareOg, bareLd] = [ogTitle, ldTitle].map((text) => (text === '' ? '' : stripSite(text, words)));
  const close = h1s
    .map((one) => ({ one, share: Math.max(0, ...known.map((text) => overlap(one.folded, text))) }))
    .toSorted((a, b) => b.share - a.share)[0];
  // Two kinds of metadata that agree were written on purpose; an h1 apart from both is mostly another cut of the story.
  if (bareOg && bareLd && fold(bareOg) === fold(bareLd) && usable(bareOg))
    return {
      text: bareOg,
      from: 'json-ld:headline',
      line: close && close.share >= 0.25 ? close.one.heading.line : undefined,
    };
  if (close && close.share >= 0.6) return h1(close.one);

  const visible = visibleRun(evidence, [ogTitle, title, ldTitle, metaTitle], words, usable);
  if (visible) return visible;

  if (close && wordy(close.one.text) && (close.share >= 0.25 || h1s.length === 1)) return h1(close.one);
  for (const [text, from] of [
    [ldTitle, 'json-ld:headline'],
    [ogTitle, 'og:title'],
    [metaTitle, 'meta:title'],
    [title, 'title'],
  ] as const) {
    const bare = text === '' ? '' : stripSite(text, words);
    if (bare !== '' && !wordy(bare) && HAN.test(bare)) break;
    if (bare !== '' && usable(bare)) return { text: bare, from, line: undefined };
  }
  const dated = aboveMetaLine(evidence, usable);
  if (dated) return dated;
  const marked = evidence.marks.find(
    (mark) =>
      mark.kind === 'title' &&
      !mark.off &&
      usable(textOf(mark.element, LENGTH_MAX + 1)) &&
      wordy(textOf(mark.element, LENGTH_MAX + 1)),
  );
  if (marked) return { text: textOf(marked.element, LENGTH_MAX), from: `${marked.by}:title`, line: marked.line };
  const any = h1s[0] ?? shown[0];
  if (any) return h1(any);
  const weak = [ldTitle, ogTitle, title].find((text) => text !== '' && usable(stripSite(text, words)));
  if (weak) return { text: stripSite(weak, words), from: 'title', line: undefined };
  const lower = evidence.headings.find(
    (heading) =>
      heading.level > 1 && !heading.off && wordy(textOf(heading.element, 200)) && usable(textOf(heading.element, 200)),
  );
  return lower ? { text: textOf(lower.element, 200), from: `h${lower.level}`, line: lower.line } : undefined;
}

const DATE_TIME = /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s{0,3}\d{1,2}[:：]\d{2}|\s.{0,20}来源|$)/;

/** Pages whose head says nothing: the line right above the first line with a date. */
function aboveMetaLine(evidence: Evidence, usable: (text: string) => boolean): Headline | undefined {
  for (let at = 1; at < Math.min(evidence.lines.length, 300); at += 1) {
    const line = evidence.lines[at];
    const above = evidence.lines[at - 1];
    if (!line || !above || line.length > 120 || !DATE_TIME.test(line.text)) continue;
    if (above.linkLength > 0 || above.length > 80 || !wordy(above.text) || !usable(above.text)) continue;
    return { text: above.text, from: 'above-meta-line', line: at - 1 };
  }
  return undefined;
}

/** First and last character of `fold(text)`; undefined when it takes more than a look to tell. */
function edgesOf(text: string): readonly [string, string] | undefined {
  let first = 0;
  while (first < text.length && !isWordChar(text.charCodeAt(first))) first += 1;
  let last = text.length - 1;
  while (last > first && !isWordChar(text.charCodeAt(last))) last -= 1;
  const [head, tail] = [text.charCodeAt(first), text.charCodeAt(last)];
  if (first >= text.length || (head > 127 && !isHanUnit(head)) || (tail > 127 && !isHanUnit(tail))) return undefined;
  // A mark of its own behind a letter becomes one with it.
  if (head <= 127 && text.charCodeAt(first + 1) > 127) return undefined;
  return [text.charAt(first).toLowerCase(), text.charAt(last).toLowerCase()];
}

/** Characters that `fold` leaves as they are. */
const isHanUnit = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff;

/** What `fold` keeps of ASCII, and all beyond it. */
function isWordChar(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code > 127;
}

/** What texts begin and end with. */
function endsOf(texts: readonly string[]): {
  readonly firsts: ReadonlySet<string>;
  readonly lasts: ReadonlySet<string>;
} {
  return { firsts: new Set(texts.map((text) => text.charAt(0))), lasts: new Set(texts.map((text) => text.slice(-1))) };
}

/** The longest run of a title's pieces that the page prints as a line of its own. */
function visibleRun(
  evidence: Evidence,
  titles: readonly string[],
  words: ReadonlySet<string>,
  usable: (text: string) => boolean,
): Headline | undefined {
  const runs = new Map<string, string>();
  for (const title of titles) {
    if (title === '' || title.length > LENGTH_MAX) continue;
    for (const run of titleRuns(title)) {
      // A piece at an end that names the site is not part of it, even where the page prints the whole `<title>`.
      if (titlePieces(run).length > 1 && stripKnown(run, words) !== run) continue;
      const folded = fold(run);
      if (folded.length >= (HAN.test(folded) ? 5 : 10) && usable(run) && !isSiteName(run, words) && !runs.has(folded))
        runs.set(folded, run);
    }
  }
  // `News, Weather and Sports: Title` is cut at the colon too, because the page has to confirm it.
  for (const title of titles) {
    const colon = title.lastIndexOf(': ');
    const rest = colon > 0 ? title.slice(colon + 2) : '';
    if (wordy(rest) && !runs.has(fold(rest))) runs.set(fold(rest), rest);
  }
  const whole = titles.map(fold).filter((folded) => folded.length >= 12);
  const longest = Math.min(LENGTH_MAX, Math.max(...titles.map((title) => title.length)) + 20);
  const ofRuns = endsOf([...runs.keys()]);
  const ofWhole = endsOf(whole);
  let best: { folded: string; text: string; line: number; off: boolean } | undefined;
  for (const [index, line] of evidence.lines.entries()) {
    if (line.length > longest || line.length < 5) continue;
    // Most lines begin and end otherwise than every title, and need not be folded.
    const ends = edgesOf(line.text);
    const mayBeRun = !ends || (ofRuns.firsts.has(ends[0]) && ofRuns.lasts.has(ends[1]));
    const mayBePart =
      !(line.off || line.linkLength > 0) && (!ends || ofWhole.firsts.has(ends[0]) || ofWhole.lasts.has(ends[1]));
    if (!mayBeRun && !mayBePart) continue;
    const folded = fold(line.text);
    if (!runs.has(folded)) {
      // Titles with separators of their own kind: a line that makes up most of one from an end.
      if (
        !mayBePart ||
        folded.length < (HAN.test(folded) ? 8 : 16) ||
        isSiteName(line.text, words) ||
        stripKnown(line.text, words) !== line.text
      )
        continue;
      if (
        !whole.some(
          (title) => folded.length >= title.length * 0.4 && (title.startsWith(folded) || title.endsWith(folded)),
        )
      )
        continue;
    }
    if (!best || (best.off && !line.off) || (best.off === line.off && folded.length > best.folded.length))
      best = { folded, text: line.text, line: index, off: line.off };
  }
  if (!best) return undefined;
  const heading = evidence.headings.find((one) => one.line === best.line);
  return { text: best.text, from: heading ? `h${heading.level}` : 'title-line', line: best.line };
}
