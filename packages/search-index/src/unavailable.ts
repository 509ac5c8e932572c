import { errors } from '@elastic/elasticsearch';
import { SearchUnavailableError } from './errors.ts';

export const unavailable =
  (what: string) =>
  (error: unknown): never => {
    throw new SearchUnavailableError(`Elasticsearch did not answer the ${what}: ${describe(error)}`, { cause: error });
  };

export function describe(error: unknown): string {
  if (error instanceof errors.ResponseError) return `${error.statusCode}: ${error.message.slice(0, 300)}`;
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 300)}` : String(error);
}
