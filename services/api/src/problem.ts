import { SearchInputError, SearchUnavailableError } from '@newsmill/search-index';

/** RFC 9457 problem details. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The parameter that is wrong, its value (cut) and what to do. */
  readonly field?: string;
  readonly value?: string;
  readonly hint?: string;
}

/** A refusal that is no error of ours. Fastify reads `statusCode`. */
export class ApiProblem extends Error {
  readonly statusCode: number;
  readonly title: string;

  constructor(statusCode: number, title: string, detail: string) {
    super(detail);
    this.name = 'ApiProblem';
    this.statusCode = statusCode;
    this.title = title;
  }
}

export const problemType = 'application/problem+json; charset=utf-8';

/** What a client is told about an error; what is ours to know stays in the log. */
export function toProblem(error: unknown): Problem {
  if (error instanceof SearchInputError) {
    const { field, value, hint, message } = error;
    return { title: 'This cannot be searched', status: 400, detail: message, field, value, hint };
  }
  if (error instanceof SearchUnavailableError) {
    return {
      title: 'Search is unavailable',
      status: 503,
      detail: 'Elasticsearch did not answer. Try again in a few seconds.',
    };
  }
  if (error instanceof ApiProblem) return { title: error.title, status: error.statusCode, detail: error.message };
  const status = statusOf(error);
  if (status >= 400 && status < 500) {
    return { title: 'Bad request', status, detail: error instanceof Error ? error.message : String(error) };
  }
  return { title: 'Internal error', status: 500, detail: 'Something failed here; the log of the API has the details.' };
}

/** Fastify puts the status of its own errors (URI too long, unsupported media type) on them. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}

export const notFound = (detail: string): Problem => ({ title: 'Not found', status: 404, detail });

/** An article of which nothing but its address was kept. */
export const goneArticle = (removedAt: string): ApiProblem =>
  new ApiProblem(410, 'Gone', `The page was gone on ${removedAt}, and its text was deleted.`);

export const noArticle = (id: string): ApiProblem =>
  new ApiProblem(404, 'Not found', `There is no article ${JSON.stringify(id.slice(0, 80))}.`);
