import { traditionalToSimplifiedRules } from './folding.ts';
import { soundRules } from './sounds.ts';

/**
 * How text becomes terms. Measured in facts on 6,000 documents: traditional→simplified by single characters, width and
 * case folding, Latin word splitting and stemming, and for Han text unigrams + bigrams in the index but only bigrams in
 * queries (a query of one character still becomes its unigram). Every component is on a plain Elasticsearch.
 *
 * `news_phrase` makes unigrams only and is what a quoted text is analysed with: the unigrams in the index keep one
 * position per character, while bigrams of a query are one position short at the end of each Han run, so that a phrase
 * such as `兰州AI` or `兰州，北京` would never match.
 *
 * `news_sound` is how a text sounds, in pairs of syllables: who types by sound picks a wrong character (`品质学效`) and is
 * found by it. `news_spelling` keeps Latin words unstemmed, so that a proposed spelling is a word and no stem.
 */
export function analysis() {
  const words = ['cjk_width', 'split_words', 'lowercase', 'asciifolding', 'english_stems'];
  const chain = { type: 'custom', char_filter: ['traditional_to_simplified'], tokenizer: 'standard' };
  return {
    char_filter: {
      traditional_to_simplified: { type: 'mapping', mappings: [...traditionalToSimplifiedRules()] },
      han_to_syllables: { type: 'mapping', mappings: soundRules() },
    },
    filter: {
      split_words: { type: 'word_delimiter_graph', split_on_numerics: true, split_on_case_change: false },
      english_stems: { type: 'stemmer', language: 'english' },
      han_unigrams_and_bigrams: { type: 'cjk_bigram', output_unigrams: true },
      han_bigrams: { type: 'cjk_bigram', output_unigrams: false },
      syllable_pairs: {
        type: 'shingle',
        min_shingle_size: 2,
        max_shingle_size: 2,
        output_unigrams: false,
        output_unigrams_if_no_shingles: false,
      },
    },
    analyzer: {
      news_index: { ...chain, filter: [...words, 'han_unigrams_and_bigrams'] },
      news_search: { ...chain, filter: [...words, 'han_bigrams'] },
      news_phrase: { ...chain, filter: words },
      news_sound: {
        ...chain,
        char_filter: ['traditional_to_simplified', 'han_to_syllables'],
        filter: ['cjk_width', 'lowercase', 'asciifolding', 'syllable_pairs'],
      },
      news_spelling: { ...chain, filter: words.filter((filter) => filter !== 'english_stems') },
    },
    normalizer: {
      /** For exact values: `site`, names, keywords. Filters cross scripts, width and case as searches do. */
      folded: {
        type: 'custom',
        char_filter: ['traditional_to_simplified'],
        filter: ['cjk_width', 'lowercase', 'asciifolding'],
      },
    },
  };
}
