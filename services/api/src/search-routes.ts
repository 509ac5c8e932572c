import { type ArticleIndex, isTombstone } from '@newsmill/search-index';
import type { FastifyInstance } from 'fastify';
import { goneArticle, noArticle } from './problem.ts';
import { one, type RawQuery, readSearchParams, readSize, refuseUnknown } from './read-search-params.ts';
import {
  answers,
  articleResponseSchema,
  completionsSchema,
  searchQuerySchema,
  searchResultSchema,
  similarSchema,
  sizeSchema,
} from './schemas.ts';

const idParameter = {
  type: 'object',
  properties: { id: { type: 'string', examples: ['u0kUoo3WUvnKFgEH4QK_lA'] } },
  required: ['id'],
};

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
        params: idParameter,
        response: answers('The article', articleResponseSchema, 404, 410, 503),
      },
    },
    async (request, reply) => {
      const stored = await index.get(request.params.id);
      if (stored === undefined) throw noArticle(request.params.id);
      if (isTombstone(stored.article)) throw goneArticle(stored.article.removedAt ?? '');
      // Weak: a proxy may compress it.
      const etag = `W/"${stored.revision}"`;
      reply.header('etag', etag).header('cache-control', 'no-cache');
      const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim()) ?? [];
      if (known.includes(etag) || known.includes('*')) return reply.code(304).send();
      return stored.article;
    },
  );

  app.get<{ Params: { id: string }; Querystring: RawQuery }>(
    '/articles/:id/similar',
    {
      schema: {
        operationId: 'similar',
        summary: 'Articles on the same thing, without the copies of this one',
        params: idParameter,
        querystring: { type: 'object', properties: { size: sizeSchema(20, 5) } },
        response: answers('Hits, the likest first', similarSchema, 400, 404, 503),
      },
    },
    async (request) => {
      refuseUnknown(request.query, ['size']);
      const hits = await index.similar(request.params.id, { ...sizeOf(request.query), signal: request.signal });
      if (hits === undefined) throw noArticle(request.params.id);
      return { hits };
    },
  );

  app.get<{ Querystring: RawQuery }>(
    '/complete',
    {
      schema: {
        operationId: 'complete',
        summary: 'Headlines that go on as somebody has begun to type',
        querystring: {
          type: 'object',
          properties: {
            q: { type: 'string', maxLength: 100, description: 'In either script; the last word may be unfinished.' },
            size: sizeSchema(20, 8),
          },
        },
        response: answers('Headlines', completionsSchema, 400, 503),
      },
    },
    async (request) => {
      refuseUnknown(request.query, ['q', 'size']);
      const beginning = one(request.query, 'q') ?? '';
      return { completions: await index.complete(beginning, { ...sizeOf(request.query), signal: request.signal }) };
    },
  );
}

function sizeOf(query: RawQuery): { readonly size?: number } {
  const size = one(query, 'size');
  return size === undefined ? {} : { size: readSize(size) };
}
