import type { ArticleIndex, SearchHit } from '@newsmill/search-index';
import type { FastifyInstance } from 'fastify';
import { ApiProblem } from './problem.ts';
import { one, type RawQuery, readSize, refuseUnknown } from './read-search-params.ts';
import { answers, hitSchema, sizeSchema, summarySchema } from './schemas.ts';

/** The copies of one story. */
export function addClusters(app: FastifyInstance, index: Pick<ArticleIndex, 'search'>): void {
  app.get<{ Params: { id: string }; Querystring: RawQuery }>(
    '/clusters/:id',
    {
      schema: {
        operationId: 'getCluster',
        summary: 'All copies of one story, which of them was first, and who wrote it',
        params: {
          type: 'object',
          properties: { id: { type: 'string', description: '`clusterId` of an article.' } },
          required: ['id'],
        },
        querystring: {
          type: 'object',
          properties: {
            size: sizeSchema(100, 20),
            cursor: { type: 'string', description: '`nextCursor` of the page before.' },
          },
        },
        response: answers(
          'The copies, the newest first',
          {
            type: 'object',
            properties: {
              id: { type: 'string' },
              total: { type: 'integer', description: 'Copies, the first one included.' },
              first: { ...summarySchema, description: 'The copy that was first.' },
              origin: {
                type: 'string',
                description: 'Who wrote it, by the word of most copies; else the site of the first.',
              },
              origins: {
                type: 'array',
                description: 'Whom the copies name, and how many of them do.',
                items: {
                  type: 'object',
                  properties: { name: { type: 'string' }, copies: { type: 'integer' } },
                  required: ['name', 'copies'],
                },
              },
              copies: { type: 'array', items: hitSchema },
              nextCursor: { type: 'string', description: 'Absent on the last page.' },
            },
            required: ['id', 'total', 'origins', 'copies'],
          },
          400,
          404,
          503,
        ),
      },
    },
    async (request) => {
      refuseUnknown(request.query, ['size', 'cursor']);
      const { id } = request.params;
      const [size, cursor] = [one(request.query, 'size'), one(request.query, 'cursor')];
      const options = { signal: request.signal };
      const copies = { cluster: [id], sort: 'newest', highlight: false } as const;
      const [page, whole] = await Promise.all([
        index.search(
          {
            ...copies,
            size: size === undefined ? 20 : readSize(size),
            ...(cursor === undefined ? {} : { cursor }),
          },
          options,
        ),
        index.search({ ...copies, size: 1, collapse: true, facets: ['origin'] }, options),
      ]);
      const [shown] = whole.hits;
      if (shown === undefined) {
        const hint = 'The cluster of an article is in its field clusterId.';
        throw new ApiProblem(404, 'Not found', `There is no cluster ${JSON.stringify(id.slice(0, 80))}. ${hint}`);
      }
      const first = await firstOf(index, shown, options);
      const origins = (whole.facets?.origin ?? []).map(({ label, count }) => ({ name: label, copies: count }));
      const origin = origins[0]?.name ?? first?.site.name ?? first?.site.domain;
      return {
        id,
        total: page.total,
        ...(first === undefined ? {} : { first }),
        ...(origin === undefined ? {} : { origin }),
        origins,
        copies: page.hits,
        ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
      };
    },
  );
}

/** The summary of the copy that was first: the collapsed hit names it, but may itself be another. */
async function firstOf(
  index: Pick<ArticleIndex, 'search'>,
  { article, first }: SearchHit,
  options: { readonly signal: AbortSignal },
) {
  if (first === undefined || first.id === article.id) return article;
  const { hits } = await index.search(
    {
      cluster: [article.clusterId ?? article.id],
      site: [first.site.domain],
      sort: 'newest',
      size: 100,
      highlight: false,
    },
    options,
  );
  return hits.find(({ id }) => id === first.id)?.article;
}
