import { RetryLaterError } from '@newsmill/contracts';
import { type ArticleIndex, SearchUnavailableError } from '@newsmill/search-index';

const pauseMs = 5_000;

/** Reads as patient as the bulk writer's writes: an Elasticsearch that is away costs a job time, but no attempt. */
export function patientReads(index: Pick<ArticleIndex, 'get'>): Pick<ArticleIndex, 'get'> {
  return {
    async get(id) {
      try {
        return await index.get(id);
      } catch (error) {
        if (!(error instanceof SearchUnavailableError)) throw error;
        throw new RetryLaterError(pauseMs, error.message, { cause: error });
      }
    },
  };
}
