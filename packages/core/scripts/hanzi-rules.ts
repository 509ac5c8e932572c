/** Rules of our own beside OpenCC's, with the reason for each group. */

/**
 * Characters that search treats as one although a careful conversion must not: one of them is written in both scripts,
 * but for different words (看著 = 看着, yet 著名 in both). Both sides of a comparison are folded, so nothing is lost.
 */
export const foldingExtras: readonly (readonly [string, string])[] = [
  ['著', '着'],
  ['瞭', '了'],
  ['覆', '复'],
  ['藉', '借'],
  ['妳', '你'],
  ['甦', '苏'],
];

/** Phrases where the right simplified character depends on the word and OpenCC has no entry for it. */
export const ownPhrases: readonly (readonly [string, string])[] = [];
