import type { Article } from '@newsmill/contracts';
import { SearchInputError } from './errors.ts';
import { type Clause, searchFields } from './match-text.ts';
import { leftOut } from './source-fields.ts';

/** Articles that a page can ask for beside another one. */
const similarMax = 20;
/** The first characters of a story say what it is about; the rest only costs. */
const bodyMax = 3_000;

export function checkedSimilarSize(size = 5): number {
  if (Number.isInteger(size) && size >= 1 && size <= similarMax) return size;
  throw new SearchInputError('size', String(size), 'is out of range', `Use 1 to ${similarMax}.`);
}

/** The request for articles on the same thing that are not copies of the same story. Only bigrams and words are compared. */
export function similarRequest(article: Article, size: number): Clause {
  return {
    query: {
      bool: {
        must: {
          more_like_this: {
            fields: ['headline', 'body'],
            like: [article.headline.slice(0, 500), article.body.slice(0, bodyMax)],
            analyzer: 'news_search',
            min_term_freq: 1,
            min_doc_freq: 2,
            min_word_length: 2,
            max_query_terms: 30,
            minimum_should_match: '15%',
          },
        },
        // Of articles on the same thing those of the same headline words come first.
        should: { multi_match: { query: article.headline.slice(0, 200), fields: searchFields, tie_breaker: 0.3 } },
        must_not: [
          { term: { id: article.id } },
          ...(article.clusterId === undefined ? [] : [{ term: { clusterId: article.clusterId } }]),
        ],
      },
    },
    collapse: { field: 'clusterId' },
    size,
    track_total_hits: false,
    timeout: '3s',
    _source: { excludes: leftOut },
  };
}
