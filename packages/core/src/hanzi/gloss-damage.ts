import { gbkCharacter, gbkPair } from './gbk.ts';
import { charactersRead, fitReading, normalizeSyllable } from './readings.ts';
import { traditionalToSimplified } from './simplification.ts';

/**
 * Damage of the gloss machine. It replaced GBK byte pairs without looking where characters begin, so a pattern could
 * match the second byte of one character and the first of the next: `侵犯個人` (…B8 | 82 80…, and B8 82 is 競) came out
 * as `侵犯?jìng)€(gè)人`. From the `?` on, the bytes are out of step until an ASCII trail byte or a second accident puts
 * them right. The lost lead byte follows from the reading that was inserted; the rest from the bytes that are there.
 *
 * Sentence marks do the same without leaving a reading: the machine cut at `！` (A3 A1) inside `。“` (A1 A3 A1 B0).
 */

const letters = 'a-zü\u00e0-\u00fc\u0101-\u01dc\u01f9\u0251\u0261\u0300\u0301\u0304\u0308\u030c';
const readingAt = new RegExp(`\\?([${letters}]{1,8})\\)`, 'y');
const damagePattern = new RegExp(`[\\u3400-\\u9fff]\\?[${letters}]{1,8}\\)|\\?[！；？。，：（!;?,:(]`, 'g');

/** A chain of characters out of step is short: the next ASCII trail byte is never far in traditional GBK text. */
const chainLengthMax = 24;

/** Full-width marks that were made half-width after the accident. */
const fullWidth: Readonly<Record<string, string>> = {
  '!': '！',
  ';': '；',
  '?': '？',
  ',': '，',
  ':': '：',
  '(': '（',
};

interface Restored {
  readonly text: string;
  readonly end: number;
}

/** True for what a news page prints: punctuation, or a character whose simplified form GB2312 has. */
function isPlausible(character: string): boolean {
  const pair = gbkPair(traditionalToSimplified.get(character) ?? character) ?? 0;
  const lead = pair >> 8;
  const isGb2312 = (pair & 0xff) >= 0xa1 && lead <= 0xf7;
  return isGb2312 && (lead >= 0xb0 || lead === 0xa1 || lead === 0xa3);
}

/** Trail bytes T so that lead·T is a character with this reading; those that the page glosses come first. */
function trailsForReading(lead: number, printed: string, hitTypes: ReadonlySet<string>): number[] {
  const found: { trail: number; rank: number }[] = [];
  for (const character of charactersRead(normalizeSyllable(printed))) {
    const pair = gbkPair(character);
    if (pair === undefined || pair >> 8 !== lead || !traditionalToSimplified.has(character)) continue;
    found.push({ trail: pair & 0xff, rank: hitTypes.has(character) ? 0 : 1 });
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ trail }) => trail);
}

/** Reads on from `at`, out of step by the byte `lead`, until the bytes are in step again. */
function followChain(text: string, at: number, lead: number, hitTypes: ReadonlySet<string>): Restored | undefined {
  let pending = lead;
  let result = '';
  for (let i = at; i < text.length && i - at < chainLengthMax; i++) {
    const unit = text.charCodeAt(i);
    readingAt.lastIndex = i;
    const reading = readingAt.exec(text);
    if (reading !== null) {
      const [trail] = trailsForReading(pending, reading[1] ?? '', hitTypes);
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
    const character = pair === undefined ? undefined : gbkCharacter(pending, pair >> 8);
    if (pair === undefined || character === undefined || !isPlausible(character)) return undefined;
    result += character;
    pending = pair & 0xff;
  }
  return undefined;
}

/** Damage that left its reading: `犯?jìng)€`. */
function restoreAtReading(text: string, at: number, hitTypes: ReadonlySet<string>): Restored | undefined {
  const before = text.charAt(at);
  readingAt.lastIndex = at + 1;
  const reading = readingAt.exec(text);
  const pair = gbkPair(before);
  if (reading === null || pair === undefined) return undefined;
  const printed = reading[1] ?? '';
  // Then the bracket belongs to that very character, and only its opening was lost.
  if (fitReading(before, normalizeSyllable(printed)) !== 'none') return undefined;
  const end = readingAt.lastIndex;
  for (const lost of trailsForReading(pair & 0xff, printed, hitTypes)) {
    const rest = followChain(text, end, lost, hitTypes);
    if (rest !== undefined) return { text: before + rest.text, end: rest.end };
  }
  return undefined;
}

/** Two-character words whose last character has the trail byte that a cut at a sentence mark leaves behind. */
const wordsBeforeCut: Readonly<Record<number, readonly string[]>> = {
  163: [
    '日常',
    '经常',
    '非常',
    '正常',
    '异常',
    '通常',
    '平常',
    '时常',
    '环保',
    '社保',
    '医保',
    '确保',
    '担保',
    '规模',
    '大海',
    '上海',
    '沿海',
    '海淀',
    '负担',
    '承担',
    '处罚',
    '暂停',
    '郑',
    '希',
  ],
  161: ['市场', '现场', '广场', '立场', '机场', '基础', '全省', '我省', '本省', '疾病', '健', '尽', '选'],
};

/** Damage at a sentence mark: the byte that was lost has left no trace, so the word before it must tell. */
function restoreAtMark(text: string, at: number, hitTypes: ReadonlySet<string>): Restored | undefined {
  const printed = text.charAt(at + 1);
  const pair = gbkPair(fullWidth[printed] ?? printed);
  if (pair === undefined) return undefined;
  const rest = followChain(text, at + 2, pair & 0xff, hitTypes);
  if (rest === undefined) return undefined;
  const before = traditionalToSimplified.get(text.charAt(at - 1)) ?? text.charAt(at - 1);
  const word = wordsBeforeCut[pair >> 8]?.find((candidate) => candidate.length === 2 && candidate.startsWith(before));
  if (word !== undefined) return { text: word.slice(1) + rest.text, end: rest.end };
  // A1 A3 is `。`, by far the most frequent; A1 A1 is the blank that indents a paragraph.
  return { text: (pair >> 8 === 0xa3 ? '。' : '') + rest.text, end: rest.end };
}

/**
 * Puts back what the gloss machine broke, where that can be known; everything else stays as it is.
 * Only for pages that are known to be mangled.
 */
export function alignDamage(text: string, hitTypes: ReadonlySet<string>): string {
  if (!text.includes('?')) return text;
  let result = '';
  let from = 0;
  damagePattern.lastIndex = 0;
  for (let match = damagePattern.exec(text); match !== null; match = damagePattern.exec(text)) {
    const at = match.index;
    const restored = match[0].startsWith('?')
      ? restoreAtMark(text, at, hitTypes)
      : restoreAtReading(text, at, hitTypes);
    if (restored === undefined) {
      damagePattern.lastIndex = at + 1;
      continue;
    }
    result += text.slice(from, at) + restored.text;
    from = restored.end;
    damagePattern.lastIndex = restored.end;
  }
  return from === 0 ? text : result + text.slice(from);
}
