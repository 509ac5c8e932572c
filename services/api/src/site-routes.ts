import { siteCard } from '@newsmill/contracts';
import type { SiteIndex } from '@newsmill/search-index';
import type { FastifyInstance } from 'fastify';
import { siteExample } from './examples.ts';
import { ApiProblem } from './problem.ts';
import { one, type RawQuery, readSize, refuseUnknown } from './read-search-params.ts';
import { answers, sizeSchema } from './schemas.ts';

const text = { type: 'string' };
const reference = (description: string) => ({
  type: 'object',
  description,
  properties: { id: text, url: text, headline: text, datePublished: { ...text, format: 'date-time' } },
  required: ['id', 'url', 'headline'],
});

const { $schema: _, ...cardSchema } = siteCard.toJSONSchema() as { readonly $schema?: string };
export const siteSchema = {
  title: 'SiteRecord',
  examples: [siteExample],
  type: 'object',
  properties: {
    id: { ...text, description: 'The registrable domain.' },
    site: { ...cardSchema, description: 'As the newest pages of the site agree on it; figures as printed.' },
    articles: { type: 'integer', description: 'In the index.' },
    firstArticle: reference('By date of publication.'),
    lastArticle: reference('By date of publication.'),
    articlesPerDay: { type: 'number', description: 'Published in the last 30 days.' },
    languages: { type: 'array', items: text },
    updatedAt: { ...text, format: 'date-time' },
  },
  required: ['id', 'site', 'articles', 'articlesPerDay', 'languages', 'updatedAt'],
};

export const noSite = (domain: string): ApiProblem =>
  new ApiProblem(404, 'Not found', `No site ${JSON.stringify(domain.slice(0, 80))} is known. GET /sites lists them.`);

/** @throws SearchInputError for a name that is not known */
export function readSiteList(query: RawQuery) {
  refuseUnknown(query, ['q', 'size', 'cursor']);
  const [q, size, cursor] = [one(query, 'q'), one(query, 'size'), one(query, 'cursor')];
  return {
    ...(q === undefined ? {} : { q }),
    ...(size === undefined ? {} : { size: readSize(size) }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** What is known of the sites themselves. */
export function addSites(app: FastifyInstance, sites: Pick<SiteIndex, 'get' | 'list'>): void {
  app.get<{ Querystring: RawQuery }>(
    '/sites',
    {
      schema: {
        operationId: 'listSites',
        summary: 'Sites, those with the most articles first',
        querystring: {
          type: 'object',
          properties: {
            q: { ...text, maxLength: 100, description: 'Of the name or the operator, or how the domain begins.' },
            size: sizeSchema(100, 20),
            cursor: { ...text, description: '`nextCursor` of the page before.' },
          },
        },
        response: answers(
          'Cards',
          {
            type: 'object',
            properties: { total: { type: 'integer' }, sites: { type: 'array', items: siteSchema }, nextCursor: text },
            required: ['total', 'sites'],
          },
          400,
          503,
        ),
      },
    },
    async (request) => sites.list(readSiteList(request.query)),
  );

  app.get<{ Params: { domain: string } }>(
    '/sites/:domain',
    {
      schema: {
        operationId: 'getSite',
        summary: 'One site: who runs it, its licences and feeds, and how much of it is here',
        params: {
          type: 'object',
          properties: { domain: { ...text, examples: ['gscn.com.cn'] } },
          required: ['domain'],
        },
        response: answers('The card', siteSchema, 404, 503),
      },
    },
    async (request) => {
      const record = await sites.get(request.params.domain);
      if (record === undefined) throw noSite(request.params.domain);
      return record;
    },
  );
}
