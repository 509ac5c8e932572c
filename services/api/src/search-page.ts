import { createHash } from 'node:crypto';
import { type ArticleIndex, SearchInputError, type SearchResult, SearchUnavailableError } from '@newsmill/search-index';
import type { FastifyInstance } from 'fastify';
import { labelsFor } from './labels.ts';
import { type RawQuery, readSearchParams } from './read-search-params.ts';
import { renderSearchPage, styles } from './render-search-page.ts';

const styleHash = createHash('sha256').update(styles).digest('base64');
/** The page has one style sheet of its own and nothing else: no script can run, whatever an article holds. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The search page for people: plain HTML that works without scripts. */
export function addSearchPage(app: FastifyInstance, index: ArticleIndex): void {
  app.get<{ Querystring: RawQuery }>('/', { schema: { hide: true } }, async (request, reply) => {
    const labels = labelsFor(request.headers['accept-language']);
    const { query } = request;
    let result: SearchResult | undefined;
    let message: string | undefined;
    let status = 200;
    try {
      const params = readSearchParams(query);
      const asked = Object.values(query).some((value) => value !== undefined && value !== '');
      if (asked) result = await index.search(params, { signal: request.signal });
    } catch (error) {
      if (!(error instanceof SearchInputError) && !(error instanceof SearchUnavailableError)) throw error;
      status = error instanceof SearchInputError ? 400 : 503;
      message = error instanceof SearchInputError ? error.message : labels.unavailable;
      if (status === 503) request.log.error({ err: error }, 'search failed');
    }
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('vary', 'accept-language')
      .send(`<!doctype html>\n${renderSearchPage({ labels, query, result, message }).markup}`);
  });
}
