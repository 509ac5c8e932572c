import { gbkCharacter, gbkPair } from './gbk.ts';
import type { PageWords } from './page-words.ts';
import { charactersReadAs, normalizeSyllable, readsAs } from './readings.ts';
import { traditionalToSimplified } from './simplification.ts';

/**
 * Damage of the gloss machine. It replaced GBK byte pairs without looking where characters begin, so a pattern could
 * match the second byte of one character and the first of the next: `侵犯個人` (…B8 | 82 80…, and B8 82 is 競) came out
 * as `侵犯?jìng)€(gè)人`. From the `?` on, the bytes are out of step until an ASCII trail byte, a second accident or the
 * end of the line puts them right. The lost lead byte follows from the reading that was inserted; the rest from the
 * bytes that are there. Sentence marks do the same without leaving a reading: the machine cut at `！` (A3 A1) inside
 * `。“` (A1 A3 A1 B0).
 */

const letters = 'a-zü\u00e0-\u00fc\u0101-\u01dc\u01f9\u0251\u0261\u0300\u0301\u0304\u0308\u030c';
const readingAt = new RegExp(`\\?([${letters}]{1,8})\\)`, 'y');
const damagePattern = new RegExp(
  `([\\u3000-\\u301f\\u3400-\\u9fff\\uff01-\\uff5e])(\\([${letters}]{1,8}\\))?\\?[${letters}]{1,8}\\)|\\?[！；？。，：（!;?,:(]`,
  'g',
);
const asciiGloss = new RegExp(`([\\u3000-\\u9fff\\uff01-\\uff5e])([@-~])\\(([${letters}]{1,8})\\)`, 'g');

/** A chain of plausible characters proves itself; this only bounds the work. */
const chainLengthMax = 120;
/** A chain that ends with its line has nothing that puts it right, so it must be this long to be believed. */
const openChainMin = 3;

/** Full-width marks that were made half-width after the accident. */
const fullWidth: Readonly<Record<string, string>> = {
  '!': '！',
  ';': '；',
  '?': '？',
  ',': '，',
  ':': '：',
  '(': '（',
};

/** A page has a few dozen such spots; thousands that cannot be restored are made to cost time. */
const failuresMax = 1_000;

interface Restored {
  readonly text: string;
  readonly end: number;
}

/** What is known of the page around the text. */
export interface DamageContext {
  /** Characters that this page glosses. */
  readonly hitTypes: ReadonlySet<string>;
  readonly words: PageWords;
}

const plausibleMarks = '　、。·…‘’“”〔〕《》「」【】，！？：；（）％—～';

/** True for what a news page prints: its punctuation, or a character whose simplified form GB2312 has. */
function isPlausible(character: string): boolean {
  const pair = gbkPair(traditionalToSimplified.get(character) ?? character) ?? 0;
  const lead = pair >> 8;
  if (lead < 0xb0) return plausibleMarks.includes(character);
  return (pair & 0xff) >= 0xa1 && lead <= 0xf7;
}

/** Trail bytes T so that lead·T is a character with this reading; those that the page glosses come first. */
function trailsForReading(lead: number, printed: string, { hitTypes }: DamageContext): number[] {
  const found: { trail: number; rank: number }[] = [];
  const syllable = normalizeSyllable(printed);
  // In any tone: the machine's dictionary has some of its own (績 jī); with the lead byte known, the syllable alone is enough.
  for (const character of charactersReadAs(syllable)) {
    const pair = gbkPair(character);
    if (pair === undefined || pair >> 8 !== lead || !traditionalToSimplified.has(character)) continue;
    found.push({ trail: pair & 0xff, rank: hitTypes.has(character) ? 0 : 1 });
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ trail }) => trail);
}

/** Reads on from `at`, out of step by the byte `lead`, until the bytes are in step again. */
function followChain(text: string, at: number, lead: number, context: DamageContext): Restored | undefined {
  let pending = lead;
  let result = '';
  for (let i = at; i < text.length && i - at < chainLengthMax; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x0a || unit === 0x3c) return endOfLine(result, i, pending);
    readingAt.lastIndex = i;
    const reading = readingAt.exec(text);
    if (reading !== null) {
      const [trail] = trailsForReading(pending, reading[1] ?? '', context);
      const character = trail === undefined ? undefined : gbkCharacter(pending, trail);
      return character === undefined ? undefined : { text: result + character, end: readingAt.lastIndex };
    }
    const trail = unit === 0x20ac ? 0x80 : unit;
    if (trail >= 0x40 && trail <= 0x80) {
      const last = gbkCharacter(pending, trail);
      return last === undefined || !isPlausible(last) ? undefined : { text: result + last, end: i + 1 };
    }
    const printed = text.charAt(i);
    const pair = gbkPair(fullWidth[printed] ?? printed);
    if (pair === undefined) return undefined;
    const character = gbkCharacter(pending, pair >> 8);
    if (character !== undefined && isPlausible(character)) result += character;
    else {
      // `，` is A3 AC, and AC with any lead byte is a hole of GBK: that pair vanished from the page.
      const second = pending === 0xa3 ? secondAfterComma(text, i, pair, context) : undefined;
      if (second === undefined) return undefined;
      result += `，${second}`;
    }
    pending = pair & 0xff;
  }
  return endOfLine(result, text.length, pending);
}

function secondAfterComma(text: string, i: number, pair: number, { words }: DamageContext): string | undefined {
  const next = gbkPair(text.charAt(i + 1));
  const after = next === undefined ? undefined : gbkCharacter(pair & 0xff, next >> 8);
  return words.guess(pair >> 8, '，', after ?? '');
}

/** The last character of the line lost its second half; only the full stop can be told by its first. */
function endOfLine(result: string, end: number, pending: number): Restored | undefined {
  if (result.length < openChainMin) return undefined;
  return { text: result + (pending === 0xa1 ? '。' : ''), end };
}

/** Damage that left its reading: `犯?jìng)€`, or `當(dāng)?shù)氐` where the character before has its own gloss. */
function restoreAtReading(
  text: string,
  at: number,
  before: string,
  gloss: string,
  context: DamageContext,
): Restored | undefined {
  readingAt.lastIndex = at + before.length + gloss.length;
  const reading = readingAt.exec(text);
  const pair = gbkPair(before);
  if (reading === null || pair === undefined) return undefined;
  const printed = reading[1] ?? '';
  // Then the bracket belongs to that very character, and only its opening was lost.
  if (readsAs(before, normalizeSyllable(printed))) return undefined;
  const end = readingAt.lastIndex;
  for (const lost of trailsForReading(pair & 0xff, printed, context)) {
    const rest = followChain(text, end, lost, context);
    if (rest !== undefined) return { text: before + gloss + rest.text, end: rest.end };
  }
  return undefined;
}

/** Damage at a sentence mark: the lead byte that was lost has left no trace, so the page's words must tell. */
function restoreAtMark(text: string, at: number, context: DamageContext): Restored | undefined {
  const printed = text.charAt(at + 1);
  const pair = gbkPair(fullWidth[printed] ?? printed);
  if (pair === undefined) return undefined;
  const rest = followChain(text, at + 2, pair & 0xff, context);
  if (rest === undefined) return undefined;
  const before = text
    .slice(0, at)
    .replace(/\([^()]{1,8}\)$/, '')
    .slice(-1);
  // A1 A1 is the blank that indents a paragraph.
  const isIndent = pair >> 8 === 0xa1 && !/[\u3400-\u9fff]/.test(before);
  const first = isIndent ? '' : context.words.guess(pair >> 8, before, rest.text.charAt(0));
  return first === undefined ? undefined : { text: first + rest.text, end: rest.end };
}

/** `諾基亞W(wǎng)P`: the trail byte before and the letter made 網, but both were whole: only the gloss is too much. */
function dropAsciiGlosses(text: string): string {
  return text.replace(asciiGloss, (all, before: string, letter: string, printed: string) => {
    const pair = gbkPair(before);
    const character = pair === undefined ? undefined : gbkCharacter(pair & 0xff, letter.charCodeAt(0));
    if (character === undefined || !traditionalToSimplified.has(character)) return all;
    return readsAs(character, normalizeSyllable(printed)) ? before + letter : all;
  });
}

/**
 * Puts back what the gloss machine broke, where that can be known; everything else stays as it is.
 * Only for pages that are known to be mangled.
 */
export function alignDamage(text: string, context: DamageContext): string {
  const whole = dropAsciiGlosses(text);
  if (!whole.includes('?')) return whole;
  let result = '';
  let from = 0;
  let failures = 0;
  damagePattern.lastIndex = 0;
  for (let match = damagePattern.exec(whole); match !== null; match = damagePattern.exec(whole)) {
    const at = match.index;
    const restored =
      match[1] === undefined
        ? restoreAtMark(whole, at, context)
        : restoreAtReading(whole, at, match[1], match[2] ?? '', context);
    if (restored === undefined) {
      if (++failures > failuresMax) break;
      damagePattern.lastIndex = at + 1;
      continue;
    }
    result += whole.slice(from, at) + restored.text;
    from = restored.end;
    damagePattern.lastIndex = restored.end;
  }
  return from === 0 ? whole : result + whole.slice(from);
}
