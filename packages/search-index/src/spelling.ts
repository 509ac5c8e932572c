import { foldCharacter, foldText, isSimplified } from './folding.ts';
import { type Clause, phraseClause } from './match-text.ts';
import { soundOf } from './sounds.ts';

/** Runs of a query that are looked at; a mistake in a pasted paragraph does not matter. */
const runsMax = 8;
const runLengthMax = 20;

const hanRuns = (text: string): string[] =>
  [...new Set(text.match(/\p{Script=Han}{2,}/gu))].filter(([...run]) => run.length <= runLengthMax).slice(0, runsMax);
const latinWords = (text: string): string[] =>
  [...new Set(text.match(/(?<![\p{L}\p{N}])\p{Script=Latin}{4,30}(?![\p{L}\p{N}])/gu))].slice(0, runsMax);

/** Asks for headlines that sound like the Han runs, whether the runs occur as they are, and for words near the Latin ones. */
export function spellingRequest(text: string): Clause | undefined {
  const [runs, words] = [hanRuns(text), latinWords(text)];
  if (runs.length + words.length === 0) return undefined;
  const bySound = { match: { 'headline.sound': { query: runs.join(' '), minimum_should_match: 1 } } };
  return {
    query: runs.length === 0 ? { match_none: {} } : bySound,
    size: runs.length === 0 ? 0 : 50,
    track_total_hits: false,
    timeout: '2s',
    _source: ['headline'],
    ...(runs.length === 0
      ? {}
      : {
          aggs: {
            all: {
              global: {},
              aggs: { runs: { filters: { filters: Object.fromEntries(runs.map((run) => [run, phraseClause(run)])) } } },
            },
          },
        }),
    ...(words.length === 0
      ? {}
      : {
          suggest: {
            words: {
              text: words.join(' '),
              // `missing`: a word that the index knows is right. Sorted by likeness, then by how often it occurs.
              term: { field: 'headline.spelling', suggest_mode: 'missing', size: 1, prefix_length: 1, max_edits: 2 },
            },
          },
        }),
  };
}

export interface SpellingAnswer {
  readonly hits: { readonly hits: readonly { readonly _source?: { readonly headline?: string } }[] };
  readonly aggregations?: {
    readonly all: { readonly runs: { readonly buckets: Readonly<Record<string, { readonly doc_count: number }>> } };
  };
  readonly suggest?: {
    readonly words?: readonly { readonly text: string; readonly options: readonly { readonly text: string }[] }[];
  };
}

/** The query with its unknown parts in another spelling; undefined when nothing better is known. */
export function readSpelling(q: string, answer: SpellingAnswer): string | undefined {
  const headlines = answer.hits.hits.map(({ _source }) => _source?.headline?.slice(0, 200) ?? '');
  let corrected = q;
  for (const run of hanRuns(q)) {
    const count = answer.aggregations?.all.runs.buckets[run]?.doc_count ?? 1;
    const better = count > 0 ? undefined : soundingAlike(run, headlines);
    if (better !== undefined) corrected = corrected.replaceAll(run, () => better);
  }
  for (const word of latinWords(q)) {
    const option = answer.suggest?.words?.find(({ text }) => text === foldText(word))?.options[0]?.text;
    if (option !== undefined) corrected = corrected.replaceAll(word, () => option);
  }
  return corrected === q ? undefined : corrected;
}

/**
 * The run with its longest part that a headline writes with other characters of the same sound; the likeliest by votes. What
 * was right stays as it was typed, and what was wrong is not made traditional in a simplified run.
 */
export function soundingAlike(run: string, headlines: readonly string[]): string | undefined {
  const typed = [...run];
  const simplified = isSimplified(run);
  const corrected = (typed: string, printed: string): string => {
    if (foldCharacter(typed) === foldCharacter(printed)) return typed;
    return simplified ? foldCharacter(printed) : printed;
  };
  const votes = new Map<string, { readonly length: number; readonly count: number }>();
  for (const headline of headlines) {
    const printed = [...headline];
    const { length, at, from } = longestCommon(typed.map(sound), printed.map(sound));
    // Two syllables in a row are alike by chance, unless they are all there is.
    if (length < Math.min(3, typed.length)) continue;
    const better = typed
      .map((character, n) =>
        n < at || n >= at + length ? character : corrected(character, printed[from + n - at] ?? character),
      )
      .join('');
    if (foldText(better) === foldText(run)) continue;
    votes.set(better, { length, count: (votes.get(better)?.count ?? 0) + 1 });
  }
  return [...votes].sort(([, a], [, b]) => b.length - a.length || b.count - a.count)[0]?.[0];
}

const sound = (character: string): string => soundOf(character) ?? '';

/** The longest part that two lists share, nothing equal to nothing. */
function longestCommon(a: readonly string[], b: readonly string[]) {
  let best = { length: 0, at: 0, from: 0 };
  let above: number[] = [];
  for (const [at, left] of a.entries()) {
    const row: number[] = [];
    for (const [from, right] of b.entries()) {
      const length = left !== '' && left === right ? (above[from - 1] ?? 0) + 1 : 0;
      row.push(length);
      if (length > best.length) best = { length, at: at - length + 1, from: from - length + 1 };
    }
    above = row;
  }
  return best;
}
