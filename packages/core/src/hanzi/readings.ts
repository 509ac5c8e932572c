import data from './data/readings.json' with { type: 'json' };
import { traditionalToSimplified } from './simplification.ts';

/**
 * Pinyin readings of Han characters, and reading them in the spellings that pages use.
 * Built at first use: only pages with something like `網(wǎng)` ever ask.
 */

let charactersBySyllable: Map<string, string> | undefined;
let charactersByPlainSyllable: Map<string, string> | undefined;

const toneMarks = /[\u0300\u0301\u0304\u030c]/g;

/** `lǜ` → `lü`; the two dots stay, they are a letter and not a tone. */
export function withoutTone(syllable: string): string {
  return syllable.normalize('NFD').replace(toneMarks, '').normalize('NFC');
}

/** One spelling of a syllable: composed, the script forms of a and g made plain, lower case. */
export function normalizeSyllable(printed: string): string {
  return printed.toLowerCase().replaceAll('ɡ', 'g').replaceAll('ɑ', 'a').normalize('NFC');
}

function load(): void {
  charactersBySyllable = new Map();
  charactersByPlainSyllable = new Map();
  for (const line of data.syllables.split('|')) {
    const cut = line.indexOf('=');
    const syllable = line.slice(0, cut);
    const characters = line.slice(cut + 1);
    const plain = withoutTone(syllable);
    charactersBySyllable.set(syllable, characters);
    charactersByPlainSyllable.set(plain, (charactersByPlainSyllable.get(plain) ?? '') + characters);
  }
}

/** The characters that are read as this (normalized) syllable; without a tone mark, in any tone. */
export function charactersRead(syllable: string): string {
  if (charactersBySyllable === undefined) load();
  const exact = charactersBySyllable?.get(syllable);
  if (exact !== undefined) return exact;
  const plain = syllable.replaceAll('v', 'ü');
  return withoutTone(plain) === plain ? (charactersByPlainSyllable?.get(plain) ?? '') : '';
}

/** True if the syllable is one of pinyin at all. */
export const isSyllable = (syllable: string): boolean => charactersRead(syllable) !== '';

/**
 * How well a gloss fits: `exact` with its tone, `plain` when it prints no tone or another tone of the same syllable
 * would fit, `none` when the character is never read so in any tone.
 */
export function fitReading(character: string, syllable: string): 'exact' | 'plain' | 'none' {
  const simplified = traditionalToSimplified.get(character) ?? character;
  const isRead = (by: string): boolean => by.includes(character) || by.includes(simplified);
  const plain = withoutTone(syllable);
  if (plain !== syllable && isRead(charactersRead(syllable))) return 'exact';
  return isRead(charactersRead(plain)) ? 'plain' : 'none';
}
