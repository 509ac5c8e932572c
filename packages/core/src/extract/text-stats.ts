import { unitsOf } from '../hanzi/index.ts';

/** Counts over one block of text that tell prose from labels, in any language. */
export interface TextStats {
  /** Latin-like words plus 0.6 per Han, Kana or Thai character (which are not parted by blanks). */
  words: number;
  latinWords: number;
  /** Characters of scripts without blanks between words. */
  denseChars: number;
  letters: number;
  digits: number;
  /** Words that start with a capital letter. */
  capitalWords: number;
  /** Lower-case words of at most three letters: mostly function words in European languages. */
  shortWords: number;
  /** Han characters that are function words in running Chinese and Japanese text. */
  functionChars: number;
  /** `.` `!` `?` `。` … */
  terminals: number;
  commas: number;
  colons: number;
  /** `|` `»` `·` and other signs between entries of a list in one line. */
  separators: number;
  quotes: number;
}

const functionChars = new Set(
  [...'的了是在和有也不就都而及與与着著這这那我他她之於于以為为被把但從从到對对說说'].map((c) => c.charCodeAt(0)),
);
const separators = new Set([...'|»«·•›‹→>/_+=©®#@*'].map((c) => c.charCodeAt(0)));

/** What a character is to the counts; up to `digit` it is of a word, from `gap` on it ends one, 0 does neither. */
const kind = {
  lower: 1,
  upper: 2,
  digit: 3,
  gap: 4,
  terminal: 5,
  comma: 6,
  colon: 7,
  separator: 8,
  quote: 9,
  dense: 10,
  functional: 11,
} as const;
const kindCount = 12;

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return kind.lower;
  if (code >= 65 && code <= 90) return kind.upper;
  if (code >= 48 && code <= 57) return kind.digit;
  // An apostrophe or a hyphen stands inside of a word.
  if (code === 39 || code === 45 || code === 0x2019) return 0;
  const char = String.fromCharCode(code);
  if ('.!?…。！？'.includes(char)) return kind.terminal;
  if (',;、，；'.includes(char)) return kind.comma;
  if (':：'.includes(char)) return kind.colon;
  if ('"“”「」『』'.includes(char)) return kind.quote;
  if (separators.has(code) || code === 0xff5c) return kind.separator;
  if (code < 128) return kind.gap;
  if (isDense(code)) return functionChars.has(code) ? kind.functional : kind.dense;
  if ((code >= 0x2010 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xff65))
    return kind.gap;
  // Greek, Cyrillic, accented Latin and the rest: case by the usual lower-case offset is good enough for capitals.
  return code < 0xc0 ? 0 : isUpper(code) ? kind.upper : kind.lower;
}

const kinds = Uint8Array.from({ length: 0x10000 }, (_, code) => kindOf(code));
/** How many of each kind the text has that is being read. */
const counts = new Int32Array(kindCount);

export function textStats(text: string): TextStats {
  counts.fill(0);
  let latinWords = 0;
  let capitalWords = 0;
  let shortWords = 0;
  let wordLength = 0;
  let capital = false;
  const units = unitsOf(text);
  // The zero behind its end ends a text's last word.
  for (let index = 0; index <= text.length; index += 1) {
    const own = kinds[units[index] as number] as number;
    if (own === 0) continue;
    counts[own] = (counts[own] as number) + 1;
    if (own < kind.gap) {
      if (wordLength === 0) capital = own === kind.upper;
      wordLength += 1;
    } else if (wordLength > 0) {
      latinWords += 1;
      if (capital) capitalWords += 1;
      else if (wordLength <= 3) shortWords += 1;
      wordLength = 0;
    }
  }
  const denseChars = (counts[kind.dense] as number) + (counts[kind.functional] as number);
  return {
    words: latinWords + 0.6 * denseChars,
    latinWords,
    denseChars,
    letters: (counts[kind.lower] as number) + (counts[kind.upper] as number),
    digits: counts[kind.digit] as number,
    capitalWords,
    shortWords,
    functionChars: counts[kind.functional] as number,
    terminals: counts[kind.terminal] as number,
    commas: counts[kind.comma] as number,
    colons: counts[kind.colon] as number,
    separators: counts[kind.separator] as number,
    quotes: counts[kind.quote] as number,
  };
}

/** Han, Kana, Thai, Lao, Khmer, Burmese; not Hangul, which has blanks. */
export function isDense(code: number): boolean {
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x0e00 && code <= 0x0eff) ||
    (code >= 0x1000 && code <= 0x109f) ||
    (code >= 0x1780 && code <= 0x17ff) ||
    (code >= 0xf900 && code <= 0xfaff)
  );
}

function isUpper(code: number): boolean {
  return (
    (code >= 0xc0 && code <= 0xde) ||
    (code >= 0x391 && code <= 0x3a9) ||
    (code >= 0x410 && code <= 0x42f) ||
    code === 0x386
  );
}

/** True when the text ends like a sentence, closing quotes and brackets aside. */
export function endsSentence(text: string): boolean {
  for (let index = text.length - 1; index >= 0 && index > text.length - 4; index -= 1) {
    const char = text.charAt(index);
    if ('.!?。！？…:：;；'.includes(char)) return true;
    if (!'"\'”’»)）」』】 '.includes(char)) return false;
  }
  return false;
}

/** Ends with dots or an arrow, the way teasers do. */
export function endsOpen(text: string): boolean {
  const last = text.charAt(text.length - 1);
  return '…»›>'.includes(last) || (last === '.' && text.endsWith('...')) || (last === ']' && text.endsWith('[…]'));
}

/** Has no small letter. */
export function isUpperCase(text: string): boolean {
  // Nearly every text has a small letter among its first.
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) return false;
  }
  return text === text.toUpperCase();
}
