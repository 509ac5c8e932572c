import { fnvStart, fnvStep, fnvText } from '../fnv.ts';
import { codeUnits } from '../hanzi/index.ts';
import { functionWords } from './function-words.ts';

/** Tells the languages of Latin script apart by their function words. */

const languages = Object.keys(functionWords);

/** The function words by their hashes: looking one up needs no string of its own, which every word of a text would be. */
interface Words {
  /** Place of a word in `words` and one more, by its hash; 0 is empty. A taken slot sends on to the next. */
  readonly slots: Uint16Array;
  readonly words: readonly string[];
  /** The languages of each word. */
  readonly owners: readonly (readonly number[])[];
  /** 1 for the code units of lower-case Latin letters. */
  readonly isLetter: Uint8Array;
}

/** A lower-case letter of Latin script. */
const letter = /[a-zß-öø-ž\u01a0\u01a1\u01af\u01b0\u0219\u021b\u1ea0-\u1eff]/;

/** A power of two, several times the number of words. */
const slotCount = 1 << 13;
let functionWordTable: Words | undefined;

const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & (slotCount - 1);
const after = (slot: number): number => (slot + 1) & (slotCount - 1);

function load(): Words {
  const byWord = new Map<string, number[]>();
  languages.forEach((language, index) => {
    for (const word of new Set(functionWords[language]?.split(' ')))
      byWord.set(word, [...(byWord.get(word) ?? []), index]);
  });
  const words = [...byWord.keys()];
  const slots = new Uint16Array(slotCount);
  words.forEach((word, place) => {
    let slot = slotOf(fnvText(word));
    while (slots[slot] !== 0) slot = after(slot);
    slots[slot] = place + 1;
  });
  const isLetter = Uint8Array.from({ length: 0x10000 }, (_, unit) => (letter.test(String.fromCharCode(unit)) ? 1 : 0));
  return { slots, words, owners: [...byWord.values()], isLetter };
}

/** The languages of the word that stands in a text from `start` to `end`. */
function ownersOf(table: Words, hash: number, text: string, start: number, end: number): readonly number[] | undefined {
  for (let slot = slotOf(hash); ; slot = after(slot)) {
    const place = (table.slots[slot] as number) - 1;
    if (place < 0) return undefined;
    const word = table.words[place] as string;
    if (word.length === end - start && text.startsWith(word, start)) return table.owners[place];
  }
}

export interface LatinGuess {
  readonly language: string;
  /** Share of the words that belong to it, a word of several languages counting for all of them. */
  readonly share: number;
  /** How far the second language is behind, 0 to 1. */
  readonly margin: number;
  readonly second: string;
}

/** This many words are plenty. */
const wordsMax = 250;

/** Best guess for a text in Latin script, or undefined when it has none of the words. */
export function guessLatin(text: string): LatinGuess | undefined {
  functionWordTable ??= load();
  const { isLetter } = functionWordTable;
  const scores = new Float64Array(languages.length);
  const lower = text.toLowerCase();
  const { units, length } = codeUnits(lower);
  let count = 0;
  let start = -1;
  let hash = fnvStart;
  for (let at = 0; at <= length; at += 1) {
    const unit = at < length ? (units[at] as number) : 0;
    if (isLetter[unit] === 1) {
      if (start < 0) {
        start = at;
        hash = fnvStart;
      }
      hash = fnvStep(hash, unit);
      continue;
    }
    if (start < 0) continue;
    if (++count > wordsMax) break;
    const owners = ownersOf(functionWordTable, hash, lower, start, at);
    if (owners !== undefined) {
      // A word of one language alone is worth more, and single letters (initials, list marks) are worth less.
      const weight = (at - start === 1 ? 0.5 : 1) * (1 + 1 / owners.length);
      for (const owner of owners) scores[owner] = (scores[owner] as number) + weight;
    }
    start = -1;
  }
  let best = -1;
  let second = -1;
  for (let i = 0; i < scores.length; i++) {
    if (best === -1 || (scores[i] ?? 0) > (scores[best] ?? 0)) {
      second = best;
      best = i;
    } else if (second === -1 || (scores[i] ?? 0) > (scores[second] ?? 0)) second = i;
  }
  const bestScore = scores[best] ?? 0;
  if (bestScore === 0) return undefined;
  return {
    language: languages[best] ?? 'en',
    share: bestScore / Math.min(count, wordsMax),
    margin: 1 - (scores[second] ?? 0) / bestScore,
    second: languages[second] ?? 'en',
  };
}
