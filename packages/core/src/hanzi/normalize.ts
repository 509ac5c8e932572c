/**
 * One printed form for text that is kept: what differs only by how a page was typed becomes equal, what a reader would
 * call different stays. Punctuation stays as printed (，and , are the author's choice); scripts are never changed here.
 *
 *   removed    control characters, zero-width spaces, soft hyphens, bidi marks, variation selectors
 *   narrowed   full-width letters and digits, and signs that are no Chinese punctuation (％ ＋ ＠ …)
 *   widened    half-width katakana and hangul
 *   unified    CJK compatibility ideographs, Kangxi radicals, vertical presentation forms, canonical forms (NFC)
 *   replaced   lone surrogates, by U+FFFD
 *   blanks     any kind becomes one space; none at the beginning or end of a line; at most one empty line in a row;
 *              a no-break space that stands alone inside a line is the author's and stays (see normalizeLine)
 *
 * It runs over every article, so it is one table look-up per code unit and copies only what changes.
 */

const keep = 0;
const drop = 1;
const blank = 2;
const lineBreak = 3;
/** Replaced by itself in compatibility form. */
const unify = 4;
/** Needs a look at its neighbours. */
const look = 5;
/** Stays, but the result has to be composed (NFC). */
const compose = 6;

const ranges: readonly (readonly [kind: number, ...ranges: readonly (number | readonly [number, number])[]])[] = [
  // All that can compose or be put in order: combining marks, and letters with canonical equivalents.
  [compose, [0x300, 0x36f], [0x374, 0x3ff], [0x483, 0x489], [0x591, 0x109f], [0x1100, 0x11ff], [0x135d, 0x135f]],
  [compose, [0x1712, 0x17dd], [0x1885, 0x1aff], [0x1b00, 0x1cff], [0x1dc0, 0x1fff], [0x20d0, 0x20f0]],
  [compose, 0x2126, 0x212a, 0x212b, 0x2329, 0x232a, 0x2adc, [0x2cef, 0x2cf1], 0x2d7f, [0x2de0, 0x2dff]],
  [compose, [0x302a, 0x302f], 0x3099, 0x309a, [0xa66f, 0xa6ff], [0xa802, 0xabff], [0xfb1d, 0xfb4f], [0xfe20, 0xfe2f]],
  [drop, [0x00, 0x08], [0x0e, 0x1f], [0x7f, 0x84], [0x86, 0x9f], 0xad, 0x61c, [0x180b, 0x180f], 0x200b],
  [drop, 0x200e, 0x200f, [0x202a, 0x202e], [0x2060, 0x2064], [0x2066, 0x206f], [0xfe00, 0xfe0f], 0xfeff],
  [drop, [0xfff0, 0xfffb], 0xfffe, 0xffff],
  [blank, 0x09, 0x1680, [0x2000, 0x200a], 0x202f, 0x205f, 0x3000],
  [lineBreak, [0x0b, 0x0d], 0x85, 0x2028, 0x2029],
  [unify, 0x2e9f, 0x2ef3, [0x2f00, 0x2fdf], [0xf900, 0xfaff], [0xfe30, 0xfe44], 0xfe47, 0xfe48, [0xfe50, 0xfe6f]],
  [unify, [0xff02, 0xff07], 0xff0a, 0xff0b, [0xff10, 0xff19], 0xff1d, [0xff20, 0xff3a], 0xff3c, [0xff3e, 0xff5a]],
  // Half-width kana, surrogates.
  [look, [0xff61, 0xffdc], [0xd800, 0xdfff]],
];

let kindOfUnit: Uint8Array | undefined;

function load(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const [kind, ...list] of ranges) {
    for (const range of list) {
      const [first, last] = typeof range === 'number' ? [range, range] : range;
      table.fill(kind, first, last + 1);
    }
  }
  return table;
}

const narrowPunctuation = /^[(){}[\],:;!?]$/;

function unified(character: string): string {
  const plain = character.normalize('NFKC');
  const unit = character.charCodeAt(0);
  // Vertical and small forms stand for Chinese punctuation, which is full-width.
  const isPunctuationForm = unit >= 0xfe30 && unit <= 0xfe6f && narrowPunctuation.test(plain);
  return isPunctuationForm ? String.fromCharCode(plain.charCodeAt(0) + 0xfee0) : plain;
}

/** Joiners mean something inside Arabic and Indic words and in emoji; anywhere else they are litter. */
const takesJoiner = '\\u0600-\\u109f\\u1780-\\u18af\\u2600-\\u27bf\\ud800-\\udfff';
const strayJoiner = new RegExp(
  `(?<![${takesJoiner}])[\\u200c\\u200d]+|[\\u200c\\u200d]+(?![${takesJoiner}\\u200c\\u200d])`,
  'g',
);
const dotInNumber = /(?<=[0-9])．(?=[0-9])/g;

interface Piece {
  readonly text: string;
  /** Code units of the input that it stands for. */
  readonly length: number;
}

function surrogatePiece(text: string, i: number): Piece {
  const code = text.codePointAt(i) ?? 0;
  if (code < 0x10000) return { text: '\ufffd', length: 1 };
  if (code >= 0xe0100 && code <= 0xe01ef) return { text: '', length: 2 };
  const character = text.slice(i, i + 2);
  return { text: code >= 0x2f800 && code <= 0x2fa1f ? character.normalize('NFKC') : character, length: 2 };
}

function lookAround(text: string, i: number): Piece {
  const unit = text.charCodeAt(i);
  if (unit >= 0xd800 && unit <= 0xdfff) return surrogatePiece(text, i);
  let end = i + 1;
  while (text.charCodeAt(end) >= 0xff61 && text.charCodeAt(end) <= 0xffdc) end++;
  return { text: text.slice(i, end).normalize('NFKC'), length: end - i };
}

/** Not among the characters that most texts are made of, all of which are kept: a pattern tells faster than the table. */
const mayChange = /[^\n -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u3001-\u3029\u3400-\u9fff！（），：；？]/;

function unifyCharacters(text: string): string {
  if (!mayChange.test(text)) return text;
  kindOfUnit ??= load();
  const kinds = kindOfUnit;
  let result = '';
  let from = 0;
  let mustCompose = false;
  for (let i = 0; i < text.length; i++) {
    const kind = kinds[text.charCodeAt(i)];
    if (kind === keep) continue;
    if (kind === compose) {
      mustCompose = true;
      continue;
    }
    let replacement = '';
    let length = 1;
    if (kind === blank) replacement = ' ';
    else if (kind === unify) replacement = unified(text.charAt(i));
    else if (kind === lineBreak) {
      replacement = '\n';
      if (text.startsWith('\r\n', i)) length = 2;
    } else if (kind === look) ({ text: replacement, length } = lookAround(text, i));
    result += text.slice(from, i) + replacement;
    from = i + length;
    i = from - 1;
    // Removing what stood between a letter and its mark, or unifying kana, can make a pair that composes.
    mustCompose ||= kind === drop || kind === look;
  }
  if (from > 0) result += text.slice(from);
  else result = text;
  return mustCompose ? result.normalize('NFC') : result;
}

/** What depends on its neighbours comes last, when those are what they will be. */
function dropLitter(text: string): string {
  const joined = /[\u200c\u200d]/.test(text) ? text.replace(strayJoiner, '').normalize('NFC') : text;
  return joined.includes('．') ? joined.replace(dotInNumber, '.') : joined;
}

const untidyBlanks = /[ \u00a0]{2}|[ \u00a0]\n|\n[ \u00a0]|\n{3}/;

/**
 * Normalized form of running text: a paragraph, a body with blank lines between paragraphs.
 * Line feeds are kept (no more than two in a row), everything else as the table above says. Idempotent.
 */
export function normalizeText(text: string): string {
  const unifiedText = dropLitter(unifyCharacters(text));
  if (!untidyBlanks.test(unifiedText)) return unifiedText.trim();
  return unifiedText
    .replace(/[ \u00a0]{2,}/g, ' ')
    .replace(/[ \u00a0]?\n[ \u00a0\n]*/g, (run) => (run.indexOf('\n') === run.lastIndexOf('\n') ? '\n' : '\n\n'))
    .trim();
}

/**
 * Normalized form of what is one line by nature (a headline, a name, a section): as normalizeText, and every blank,
 * line feed and no-break space is one plain space, because such values are compared and filtered by.
 */
export function normalizeLine(text: string): string {
  const normalized = normalizeText(text);
  return /[\n\u00a0]/.test(normalized) ? normalized.replace(/[\n\u00a0]+/g, ' ') : normalized;
}
