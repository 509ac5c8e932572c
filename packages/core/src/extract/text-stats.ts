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
  brackets: number;
}

const functionChars = new Set(
  [...'的了是在和有也不就都而及與与着著這这那我他她之於于以為为被把但從从到對对說说'].map((c) => c.charCodeAt(0)),
);
const separators = new Set([...'|»«·•›‹→>/_+=©®#@*'].map((c) => c.charCodeAt(0)));

export function textStats(text: string): TextStats {
  const stats: TextStats = {
    words: 0,
    latinWords: 0,
    denseChars: 0,
    letters: 0,
    digits: 0,
    capitalWords: 0,
    shortWords: 0,
    functionChars: 0,
    terminals: 0,
    commas: 0,
    colons: 0,
    separators: 0,
    quotes: 0,
    brackets: 0,
  };
  let wordLength = 0;
  let capital = false;
  const endWord = () => {
    if (wordLength === 0) return;
    stats.latinWords += 1;
    if (capital) stats.capitalWords += 1;
    else if (wordLength <= 3) stats.shortWords += 1;
    wordLength = 0;
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 97 && code <= 122) {
      if (wordLength === 0) capital = false;
      wordLength += 1;
      stats.letters += 1;
    } else if (code === 32) {
      endWord();
    } else if (code >= 65 && code <= 90) {
      if (wordLength === 0) capital = true;
      wordLength += 1;
      stats.letters += 1;
    } else if (code >= 48 && code <= 57) {
      if (wordLength === 0) capital = false;
      wordLength += 1;
      stats.digits += 1;
    } else if (code < 128) {
      if (code === 46 || code === 33 || code === 63) stats.terminals += 1;
      else if (code === 44 || code === 59) stats.commas += 1;
      else if (code === 58) stats.colons += 1;
      else if (code === 34) stats.quotes += 1;
      else if (code === 40 || code === 41 || code === 91 || code === 93) stats.brackets += 1;
      else if (separators.has(code)) stats.separators += 1;
      if (code !== 39 && code !== 45) endWord();
    } else if (isDense(code)) {
      endWord();
      stats.denseChars += 1;
      if (functionChars.has(code)) stats.functionChars += 1;
    } else if (code >= 0x2010 && code <= 0x206f) {
      if (code === 0x2026) stats.terminals += 1;
      else if (code === 0x201c || code === 0x201d) stats.quotes += 1;
      else if (separators.has(code)) stats.separators += 1;
      if (code !== 0x2019) endWord();
    } else if (code >= 0x3000 && code <= 0x303f) {
      endWord();
      if (code === 0x3002) stats.terminals += 1;
      else if (code === 0x3001) stats.commas += 1;
      else stats.quotes += code >= 0x300c && code <= 0x300f ? 1 : 0;
      if (code === 0x3010 || code === 0x3011) stats.brackets += 1;
    } else if (code >= 0xff00 && code <= 0xff65) {
      endWord();
      if (code === 0xff01 || code === 0xff1f) stats.terminals += 1;
      else if (code === 0xff0c || code === 0xff1b) stats.commas += 1;
      else if (code === 0xff1a) stats.colons += 1;
      else if (code === 0xff08 || code === 0xff09) stats.brackets += 1;
      else if (code === 0xff5c) stats.separators += 1;
    } else if (separators.has(code)) {
      stats.separators += 1;
      endWord();
    } else if (code >= 0xc0) {
      // Greek, Cyrillic, accented Latin and the rest: case by the usual lower-case offset is good enough for capitals.
      if (wordLength === 0) capital = isUpper(code);
      wordLength += 1;
      stats.letters += 1;
    }
  }
  endWord();
  stats.words = stats.latinWords + 0.6 * stats.denseChars;
  return stats;
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
