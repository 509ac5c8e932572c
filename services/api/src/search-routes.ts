import type { ArticleIndex } from '@newsmill/search-index';
import type { FastifyInstance } from 'fastify';
import { notFound, problemType } from './problem.ts';
import { type RawQuery, readSearchParams } from './read-search-params.ts';
import { answers, articleResponseSchema, searchQuerySchema, searchResultSchema } from './schemas.ts';

export function addSearch(app: FastifyInstance, index: ArticleIndex): void {
  app.get<{ Querystring: RawQuery }>(
    '/search',
    {
      schema: {
        operationId: 'search',
        summary: 'Search articles',
        description: 'Words are found in either script; marks are in the script as printed. Pages follow by `cursor`.',
        querystring: searchQuerySchema,
        response: answers('Hits, the best or newest first', searchResultSchema, 400, 503),
      },
    },
    async (request) => index.search(readSearchParams(request.query), { signal: request.signal }),
  );

  app.get<{ Params: { id: string } }>(
    '/articles/:id',
    {
      schema: {
        operationId: 'getArticle',
        summary: 'One article, complete',
        params: {
          type: 'object',
          properties: { id: { type: 'string', examples: ['u0kUoo3WUvnKFgEH4QK_lA'] } },
          required: ['id'],
        },
        response: answers('The article', articleResponseSchema, 404, 503),
      },
    },
    async (request, reply) => {
      const stored = await index.get(request.params.id);
      if (stored === undefined) {
        const problem = notFound(`There is no article ${JSON.stringify(request.params.id.slice(0, 80))}.`);
        return reply.code(404).type(problemType).send(JSON.stringify(problem));
      }
      // Weak: a proxy may compress it.
      const etag = `W/"${stored.revision}"`;
      reply.header('etag', etag).header('cache-control', 'no-cache');
      const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
      if (known.includes(etag) || known.includes('*')) return reply.code(304).send();
      return stored.article;
    },
  );
}
