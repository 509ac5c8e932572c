import { SearchInputError } from './errors.ts';
import type { Clause } from './match-text.ts';
import { withoutInvisible } from './query-parser.ts';

/** A headline that goes on as somebody has begun to type. */
export interface Completion {
  readonly headline: string;
  readonly id: string;
}

const completionsMax = 20;
const beginningMax = 100;

export interface CompletionPlan {
  readonly text: string;
  readonly size: number;
}

/** @throws SearchInputError for a beginning that is too long. */
export function planCompletion(beginning: string, size = 8): CompletionPlan {
  if (beginning.length > beginningMax * 2 || [...beginning].length > beginningMax) {
    throw new SearchInputError(
      'q',
      beginning,
      `is ${beginning.length} characters long`,
      `Use at most ${beginningMax}.`,
    );
  }
  if (!Number.isInteger(size) || size < 1 || size > completionsMax) {
    throw new SearchInputError('size', String(size), 'is out of range', `Use 1 to ${completionsMax}.`);
  }
  return { text: withoutInvisible(beginning).trim(), size };
}

/**
 * The words in order, the last one unfinished, anywhere in a headline. Not the completion suggester: it holds its terms in
 * memory, begins at the beginning only, and refuses a whole document for a NUL in its headline.
 */
export function completionRequest({ text, size }: CompletionPlan): Clause {
  return {
    query: {
      bool: {
        must: { match_phrase_prefix: { 'headline.spelling': { query: text, max_expansions: 50 } } },
        should: { distance_feature: { field: 'datePublished', origin: 'now', pivot: '30d', boost: 1 } },
      },
    },
    collapse: { field: 'clusterId' },
    size,
    track_total_hits: false,
    timeout: '1s',
    _source: ['headline'],
  };
}
