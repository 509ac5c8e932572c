import type { SearchPlan } from './search-params.ts';

export type Clause = Readonly<Record<string, unknown>>;

/** Where words are looked for, and how much a match there counts. */
export const searchFields = ['headline^2', 'alternativeHeadline^1.5', 'description', 'body'] as const;

/** Lucene tells one or two letters wrong from another word only in a word of some length. */
const latinWord = /(?<![\p{L}\p{N}])\p{Script=Latin}{4,30}(?![\p{L}\p{N}])/gu;
/** Each costs up to 30 similar words in 5 fields; who pastes a paragraph does not mistype it. */
const latinWordsMax = 8;
const partsMax = 8;
/** Characters of a question; what is longer was copied from somewhere. */
const wholeQuestionMax = 100;

/** The scoring part of a bool query: words and phrases. Weights were chosen on test/bench/relevance, class by class. */
export function matchText(plan: Pick<SearchPlan, 'text' | 'phrases' | 'sort' | 'lenient'>): Clause {
  const { text, phrases, sort, lenient } = plan;
  const exact = phrases.map((phrase) => phraseClause(phrase));
  if (text === '') return { must: exact };
  // By date nothing ranks, so that what matches must match well: up to three terms all, of more three quarters.
  if (sort === 'newest') return { must: [wordsClause(text, '3<75%'), ...exact] };
  const words = wordsClause(text, lenient === false ? wordsMin : lenientMin);
  const ways = [words, ...mistyped(text), ...misheard(text, lenient === 'sound' ? 2 : 3)];
  const main = ways.length === 1 ? words : { dis_max: { queries: ways } };
  // A new article wins over an equal old one, and only then: a decay over the whole score ruins relevance. Whoever
  // quotes looks for one thing, whatever its age.
  const fresh = { distance_feature: { field: 'datePublished', origin: 'now', pivot: '7d', boost: 0.5 } };
  return {
    must: [main, ...exact],
    should: [...everyWord(text), ...inOrder(text), ...(phrases.length > 0 ? [] : [fresh])],
  };
}

/** What is marked in a text: the words and phrases as they were typed. */
export function marked({ text, phrases }: Pick<SearchPlan, 'text' | 'phrases'>): Clause {
  const typed = text === '' ? [] : [wordsClause(text, '1'), phraseClause(text, 1.5)];
  return { bool: { should: [...typed, ...phrases.map((phrase) => phraseClause(phrase))] } };
}

/** What is marked in a headline: words that are nearly those as well. */
export function markedInHeadline({ text, phrases }: Pick<SearchPlan, 'text' | 'phrases'>): Clause {
  const words = mistypable(text);
  if (words.length === 0) return marked({ text, phrases });
  return {
    bool: { should: [marked({ text, phrases }), { match: { headline: { query: words.join(' '), ...nearly } } }] },
  };
}

/** Of two to five terms half must be there, of more (a sentence) a fifth; the ranking does the rest. */
const wordsMin = '1<50% 5<20%';
/** A word that is written together in the text (重卡 for 重型卡车) leaves a question with one of its four pairs. */
const lenientMin = '1<1 5<20%';

const wordsClause = (query: string, minimum: string): Clause => ({
  multi_match: {
    query,
    type: 'best_fields',
    fields: searchFields,
    tie_breaker: 0.3,
    minimum_should_match: minimum,
  },
});

/** Analysed by `search_quote_analyzer`, unless a single run of Han characters lets bigrams do it with fewer postings. */
export function phraseClause(phrase: string, boost = 1): Clause {
  const bigrams = /^\p{Script=Han}{2,}$/u.test(phrase) ? { analyzer: 'news_search' } : {};
  return { multi_match: { query: phrase, type: 'phrase', fields: searchFields, tie_breaker: 0.3, boost, ...bigrams } };
}

/** Every word somewhere in the article, whichever fields they are spread over, beats some of them in a headline. */
function everyWord(text: string): Clause[] {
  // Of a pasted sentence there is always a word that is not there.
  if (text.length > wholeQuestionMax) return [];
  return [{ combined_fields: { query: text, fields: searchFields, minimum_should_match: '100%', boost: 0.5 } }];
}

/**
 * What is better in order: the whole (names .905 → .977 nDCG@10), each part between blanks (headlines .981 → 1), and the
 * digits around a point, which are terms of their own (7.2 is not 2.7; numbers .973 → .989).
 */
function inOrder(text: string): Clause[] {
  const parts = text.split(/\s+/).filter((part) => part.length > 2 && part !== text);
  const decimals = text.match(/\d+[.:,]\d+/g) ?? [];
  return [
    phraseClause(text, 1.5),
    ...parts.slice(0, partsMax).map((part) => phraseClause(part, 0.5)),
    ...decimals.slice(0, partsMax).map((decimal) => phraseClause(decimal)),
  ];
}

const mistypable = (text: string): readonly string[] => {
  const words = text.match(latinWord) ?? [];
  return words.length > latinWordsMax ? [] : words;
};

const nearly = { fuzziness: 'AUTO:4,8', prefix_length: 1, max_expansions: 30 };

/** Latin words with a letter or two wrong; the unstemmed headline helps where the mistake changed the stem. */
function mistyped(text: string): Clause[] {
  const words = mistypable(text);
  if (words.length === 0) return [];
  const rest = text.replace(latinWord, ' ').trim();
  const similar = {
    multi_match: {
      query: words.join(' '),
      type: 'best_fields',
      fields: ['headline.spelling^2', ...searchFields],
      tie_breaker: 0.3,
      minimum_should_match: wordsMin,
      ...nearly,
    },
  };
  const others = { multi_match: { query: rest, type: 'best_fields', fields: searchFields, tie_breaker: 0.3 } };
  return [{ bool: { must: [similar], ...(rest === '' ? {} : { should: [others] }), boost: 0.7 } }];
}

/** Han characters that sound right: 品质学效 for 品质学校. Of two alone too many words sound alike while others match. */
function misheard(text: string, lengthMin: number): Clause[] {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (han < lengthMin) return [];
  return [{ match: { 'headline.sound': { query: text, minimum_should_match: '2<60%', boost: 0.5 } } }];
}
