import type { AnyNode } from 'domhandler';
import type { Evidence } from './evidence.ts';
import { isLabel, startsWithLabel } from './labels.ts';
import { hasHan, isElement, textOf, tidy } from './text.ts';
import type { Line } from './walk.ts';

/** Where the story lies among the page's lines. */
export interface Layout {
  /** First and last line of the body; both -1 when there is none. */
  readonly bodyFirst: number;
  readonly bodyLast: number;
  /** Lines around the headline and down to the body: meta line, byline, original title. */
  readonly head: readonly Line[];
  /** Index of the headline in `head`; -1 when it is not there. */
  readonly headlineAt: number;
  /** The body's own lines, at most 400. */
  readonly body: readonly Line[];
  /** Lines right behind the body and its last ones: editors, source, copyright. */
  readonly tail: readonly Line[];
  /** Texts of the first blocks of the body. */
  readonly lead: readonly string[];
}

const HEAD_LINES_MAX = 30;
const TAIL_LINES_MAX = 25;
const BODY_LINES_MAX = 400;

const isProse = (line: Line): boolean =>
  !line.off &&
  line.linkLength < line.length * 0.4 &&
  (line.length >= 90 || (line.length >= 45 && hasHan(line.text) && /[。，；]/.test(line.text)));

/** First prose line after the headline and the last before a long stretch without any. A stand-in until the body is known. */
function guessBody(lines: readonly Line[], from: number): [number, number] {
  let first = -1;
  let last = -1;
  for (let at = Math.max(0, from); at < lines.length; at += 1) {
    const line = lines[at];
    if (!line || !isProse(line)) {
      if (last >= 0 && at - last > 25) break;
      continue;
    }
    if (first < 0) first = at;
    last = at;
  }
  return [first, last];
}

function isUnder(node: AnyNode | null, roots: ReadonlySet<AnyNode>): boolean {
  for (let at: AnyNode | null = node, depth = 0; at && depth < 40; at = at.parent, depth += 1)
    if (roots.has(at)) return true;
  return false;
}

/** `作者：` in one block, the name in the next. */
const APART_MAX = 40;
const LABEL_MAX = 20;

/** Lines that are nothing but a label are joined with the value behind them, which then has no line of its own. */
function joinLabels(lines: readonly Line[]): readonly Line[] {
  let joined: Line[] | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as Line;
    const value = lines[at + 1];
    if (
      line.length <= LABEL_MAX &&
      value &&
      value.length <= APART_MAX &&
      isLabel(line.text) &&
      !startsWithLabel(value.text)
    ) {
      joined ??= lines.slice(0, at);
      const text = `${line.text.replace(/[\s:：/／|丨▏│]+$/u, '')}${hasHan(line.text) ? '：' : ': '}${value.text}`;
      joined.push({ ...line, text, length: text.length, linkLength: value.linkLength });
      at += 1;
    } else joined?.push(line);
  }
  return joined ?? lines;
}

const GAPPED_MAX = 120;
const squeeze = (text: string): string => text.replace(/\s+/g, '');

/**
 * A Chinese line of credits whose elements touch (`<span>山谷日报</span><span>葛翎山</span>`), as applications print them and
 * style sheets part them: with blanks between elements that nothing else parts.
 */
function withGaps(line: Line): Line {
  const { parent } = line.element;
  if (line.length > GAPPED_MAX || line.off || !isElement(parent) || !hasHan(line.text)) return line;
  let text = '';
  let gaps = 0;
  let wasElement = false;
  for (const child of parent.children.slice(0, 20)) {
    const part = isElement(child) ? textOf(child, GAPPED_MAX) : child.type === 'text' ? child.data : '';
    if (part === '') continue;
    const isGap = wasElement && isElement(child) && part.length > 1 && /[^\s:：/／|][^\s:：/／|]$/u.test(text);
    if (isGap) gaps += 1;
    text += isGap ? ` ${part}` : part;
    wasElement = isElement(child);
  }
  return gaps > 0 && squeeze(text) === squeeze(line.text) ? { ...line, text: tidy(text) } : line;
}

const KEY_LENGTH = 24;
/** The first two characters as one number. */
const beginningOf = (text: string): number => (text.charCodeAt(0) << 16) | text.charCodeAt(1);

/** First and last line of the body: lines that begin as its blocks do, or that lie under its nodes. */
function bodyRange(
  lines: readonly Line[],
  nodes: ReadonlySet<AnyNode>,
  blockTexts: readonly string[],
  from: number,
): [number, number] {
  const keys = new Set<string>();
  // Short blocks (a name, a subheading) may stand anywhere on the page.
  const long = blockTexts.filter((text) => text.length >= KEY_LENGTH);
  for (const text of long.length > 0 ? long : blockTexts) keys.add(tidy(text.slice(0, 80)).slice(0, KEY_LENGTH));
  // Most lines begin with other characters than any block.
  const beginnings = new Set([...keys].map(beginningOf));
  let first = -1;
  let last = -1;
  for (let at = Math.max(0, from); at < lines.length; at += 1) {
    const line = lines[at];
    if (!line) continue;
    const isBody =
      keys.size === 0
        ? isUnder(line.element, nodes)
        : beginnings.has(beginningOf(line.text)) && keys.has(line.text.slice(0, KEY_LENGTH));
    if (!isBody) continue;
    if (first < 0) first = at;
    last = at;
  }
  return first < 0 && from > 0 ? bodyRange(lines, nodes, blockTexts, 0) : [first, last];
}

/**
 * @param nodes nodes of the body's blocks (or its root), when it is known.
 * @param blockTexts texts of the body's blocks, when known.
 */
export function layoutOf(
  evidence: Evidence,
  headlineLine: number | undefined,
  nodes: readonly AnyNode[],
  blockTexts: readonly string[],
): Layout {
  const { lines } = evidence;
  const known =
    nodes.length > 0 ? bodyRange(lines, new Set(nodes), blockTexts, (headlineLine ?? -1) + 1) : ([-1, -1] as const);
  const [bodyFirst, bodyLast] = known[0] >= 0 ? known : guessBody(lines, headlineLine ?? 0);
  // A bar that scrolls along repeats the title: the place next to the text is the one with the meta line.
  const title = headlineLine === undefined ? undefined : lines[headlineLine]?.text;
  let place = headlineLine;
  for (
    let at = bodyFirst - 1;
    title !== undefined && headlineLine !== undefined && at > Math.max(headlineLine, bodyFirst - 20);
    at -= 1
  ) {
    if (lines[at]?.text === title) {
      place = at;
      break;
    }
  }
  const from = place === undefined ? Math.max(0, bodyFirst - 15) : Math.max(0, place - 4);
  const to = bodyFirst >= 0 ? Math.min(bodyFirst + 2, from + HEAD_LINES_MAX) : from + HEAD_LINES_MAX;
  const tailFrom = bodyLast >= 0 ? Math.max(bodyFirst, bodyLast - 5) : lines.length;
  const head = lines.slice(from, Math.max(to, from + 6));
  const headlineAt = place === undefined ? -1 : place - from;
  const above = (at: number): boolean => headlineAt >= 0 && (bodyFirst < 0 || from + at < bodyFirst);
  const credits = head.slice(headlineAt + 1).map((line, at) => (above(headlineAt + 1 + at) ? withGaps(line) : line));
  const lead =
    blockTexts.length > 0
      ? blockTexts.slice(0, 3)
      : lines.slice(Math.max(0, bodyFirst), Math.max(0, bodyFirst) + 3).map((line) => line.text);
  return {
    bodyFirst,
    bodyLast,
    head: [...head.slice(0, headlineAt + 1), ...joinLabels(credits)],
    headlineAt,
    body: bodyFirst < 0 ? [] : lines.slice(bodyFirst, Math.min(bodyLast + 1, bodyFirst + BODY_LINES_MAX)),
    tail: joinLabels(lines.slice(tailFrom, tailFrom + TAIL_LINES_MAX)),
    lead: bodyFirst < 0 && blockTexts.length === 0 ? [] : lead,
  };
}
