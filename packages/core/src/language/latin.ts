import { functionWords } from './function-words.ts';

/** Tells the languages of Latin script apart by their function words. */

const languages = Object.keys(functionWords);
let languagesOfWord: Map<string, number[]> | undefined;

function load(): Map<string, number[]> {
  const table = new Map<string, number[]>();
  languages.forEach((language, index) => {
    for (const word of new Set(functionWords[language]?.split(' ')))
      table.set(word, [...(table.get(word) ?? []), index]);
  });
  return table;
}

export interface LatinGuess {
  readonly language: string;
  /** Share of the words that belong to it, a word of several languages counting for all of them. */
  readonly share: number;
  /** How far the second language is behind, 0 to 1. */
  readonly margin: number;
  readonly second: string;
}

const word = /[a-zß-öø-ž\u01a0\u01a1\u01af\u01b0\u0219\u021b\u1ea0-\u1eff]+/g;

/** This many words are plenty. */
const wordsMax = 250;

/** Best guess for a text in Latin script, or undefined when it has none of the words. */
export function guessLatin(text: string): LatinGuess | undefined {
  languagesOfWord ??= load();
  const scores = new Float64Array(languages.length);
  let count = 0;
  for (const [found] of text.toLowerCase().matchAll(word)) {
    if (++count > wordsMax) break;
    const owners = languagesOfWord.get(found);
    if (owners === undefined) continue;
    // A word of one language alone is worth more, and single letters (initials, list marks) are worth less.
    const weight = (found.length === 1 ? 0.5 : 1) * (1 + 1 / owners.length);
    for (const owner of owners) scores[owner] = (scores[owner] ?? 0) + weight;
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
