import data from './data/readings.json' with { type: 'json' };
import { traditionalToSimplified } from './simplification.ts';

/**
 * Pinyin readings of Han characters, and reading them in the spellings that pages use.
 * Built at first use: only pages with something like `網(wǎng)` ever ask.
 */

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

function load(): Map<string, string> {
  const table = new Map<string, string>();
  for (const line of data.syllables.split('|')) {
    const cut = line.indexOf('=');
    table.set(line.slice(0, cut), line.slice(cut + 1));
  }
  return table;
}

/** The characters that are read as this (normalized) syllable, in whatever tone. */
export function charactersReadAs(syllable: string): string {
  charactersByPlainSyllable ??= load();
  return charactersByPlainSyllable.get(withoutTone(syllable).replaceAll('v', 'ü')) ?? '';
}

/** True if the syllable is one of pinyin at all. */
export const isSyllable = (syllable: string): boolean => charactersReadAs(syllable) !== '';

/** Answers of `readsAs`: a page repeats its few characters thousands of times. */
const known = new Map<string, boolean>();
const knownMax = 20_000;

/**
 * True if a (normalized) syllable is a reading of the character or of its simplified form. Another tone of the same
 * syllable will do: pages leave tones out, and their dictionaries differ in them.
 */
export function readsAs(character: string, syllable: string): boolean {
  const key = character + syllable;
  const answer = known.get(key);
  if (answer !== undefined) return answer;
  const readers = charactersReadAs(syllable);
  const reads = readers.includes(character) || readers.includes(traditionalToSimplified.get(character) ?? character);
  if (known.size >= knownMax) known.clear();
  known.set(key, reads);
  return reads;
}
