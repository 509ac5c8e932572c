import type { ArticleIndex, ArticleVersion, VersionIndex } from '@newsmill/search-index';
import type { FastifyInstance } from 'fastify';
import { noArticle } from './problem.ts';
import { answers, articleSchema } from './schemas.ts';

const versionSchema = {
  ...articleSchema,
  title: 'ArticleVersion',
  properties: {
    ...articleSchema.properties,
    id: { type: 'string', description: 'Of this state.' },
    articleId: { type: 'string' },
    replacedAt: { type: 'string', format: 'date-time', description: 'When the page was first seen to be different.' },
    replacedBy: { type: 'integer', description: 'The `version` of the next state.' },
    changes: {
      type: 'object',
      description: 'What the next state changed.',
      properties: {
        headline: { type: 'boolean' },
        paragraphsAdded: { type: 'integer' },
        paragraphsRemoved: { type: 'integer' },
        paragraphsChanged: { type: 'integer' },
        parser: { type: 'boolean', description: 'Read by another version of the parser: the page may be the same.' },
      },
    },
  },
};

/** The former states of an article, beside the one that `GET /articles/:id` gives. */
export function addVersions(
  app: FastifyInstance,
  index: Pick<ArticleIndex, 'get'>,
  versions: Pick<VersionIndex, 'list'>,
): void {
  app.get<{ Params: { id: string } }>(
    '/articles/:id/versions',
    {
      schema: {
        operationId: 'versions',
        summary: 'Former states of an article, and what was changed',
        params: {
          type: 'object',
          properties: { id: { type: 'string', examples: ['u0kUoo3WUvnKFgEH4QK_lA'] } },
          required: ['id'],
        },
        response: answers(
          'The newest first, at most 100; none when the article never changed',
          { type: 'object', properties: { versions: { type: 'array', items: versionSchema } }, required: ['versions'] },
          404,
          503,
        ),
      },
    },
    async (request): Promise<{ versions: ArticleVersion[] }> => {
      const { id } = request.params;
      const former = await versions.list(id);
      if (former.length === 0 && (await index.get(id)) === undefined) throw noArticle(id);
      return { versions: former };
    },
  );
}
