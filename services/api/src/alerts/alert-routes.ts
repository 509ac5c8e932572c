import { randomUUID } from 'node:crypto';
import type { Poster } from '@newsmill/fetch';
import { filterFields, planArrivals, SearchInputError, type SearchParams } from '@newsmill/search-index';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { savedSearchExample } from '../examples.ts';
import { ApiProblem } from '../problem.ts';
import { readSearchParams } from '../read-search-params.ts';
import { answers, created, noContent, searchQuerySchema } from '../schemas.ts';
import { type AlertState, type SavedSearch, searchesPerOwnerMax } from './saved-search.ts';
import { newSecret } from './signature.ts';
import type { AlertStore } from './store.ts';

export interface AlertRoutesDeps {
  readonly store: AlertStore;
  readonly poster: Pick<Poster, 'refusalOf'>;
  /** Names of keys whose holders see and delete the saved searches of everybody. */
  readonly operators: readonly string[];
  readonly clock: () => number;
}

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const input = z.strictObject({
  name: z.string().trim().min(1).max(200),
  query: z.record(z.string().max(40), z.union([value, z.array(value).max(50)])),
  webhook: z.string().max(2_048),
});

/** Parts of a search that make no sense of one that nobody looks at. */
const pageParts = ['cursor', 'snapshot', 'collapse', 'facets', 'didYouMean', 'highlight', 'sort', 'size'];

const text = { type: 'string' };
const time = { type: 'string', format: 'date-time' };
const { properties: searchProperties } = searchQuerySchema as { readonly properties: Record<string, object> };
const querySchema = {
  title: 'SavedQuery',
  type: 'object',
  description: 'The parameters of /search, without those of a page of hits. Lists for several values.',
  properties: Object.fromEntries(Object.entries(searchProperties).filter(([name]) => !pageParts.includes(name))),
  examples: [{ q: '兰州 学校', site: ['gscn.com.cn'] }],
};
const savedSearchSchema = {
  title: 'SavedSearch',
  examples: [savedSearchExample],
  type: 'object',
  properties: {
    id: text,
    owner: { ...text, description: 'Name of the key that made it.' },
    name: text,
    query: querySchema,
    webhook: { ...text, format: 'uri' },
    createdAt: time,
    status: { ...text, enum: ['active', 'failing', 'suspended'] },
    reason: { ...text, description: 'Why it is suspended.' },
    failures: { type: 'integer', description: 'Failed attempts in a row.' },
    nextAttemptAt: { ...time, description: 'While it fails.' },
    deliveries: { type: 'integer' },
    articles: { type: 'integer', description: 'Delivered so far.' },
    lastDeliveredAt: time,
  },
  required: ['id', 'owner', 'name', 'query', 'webhook', 'createdAt', 'status', 'failures', 'deliveries', 'articles'],
};
const attemptSchema = {
  title: 'DeliveryAttempt',
  type: 'object',
  properties: {
    at: time,
    delivery: { ...text, description: '`webhook-id` of the request.' },
    articles: { type: 'integer' },
    attempt: { type: 'integer' },
    outcome: { ...text, enum: ['delivered', 'failed'] },
    status: { type: 'integer', description: 'What the receiver answered.' },
    reason: { ...text, description: 'Why there was no answer.' },
    tookMs: { type: 'integer' },
  },
  required: ['at', 'delivery', 'articles', 'attempt', 'outcome', 'tookMs'],
};
const list = (name: string, items: object) => ({
  type: 'object',
  properties: { [name]: { type: 'array', items } },
  required: [name],
});
const idParameter = { type: 'object', properties: { id: text }, required: ['id'] };
type WithId = { Params: { id: string } };

/** Saved searches: made, listed and deleted by whoever has the key that they were made with, or by an operator. */
export function addAlerts(app: FastifyInstance, { store, poster, operators, clock }: AlertRoutesDeps): void {
  const ownerOf = ({ keyName }: FastifyRequest): string => {
    if (keyName !== undefined) return keyName;
    // Else anybody who reaches this could make it send requests.
    throw new ApiProblem(
      403,
      'A key is needed',
      'Saved searches belong to a key, and this API has none: set API_KEYS.',
    );
  };
  const own = async (request: FastifyRequest<WithId>): Promise<SavedSearch> => {
    const owner = ownerOf(request);
    const search = await store.get(request.params.id);
    if (search !== undefined && (search.owner === owner || operators.includes(owner))) return search;
    throw new ApiProblem(
      404,
      'Not found',
      `You have no saved search ${JSON.stringify(request.params.id.slice(0, 80))}.`,
    );
  };
  const shown = async (search: SavedSearch) => present(search, await store.state(search.id));

  app.post(
    '/saved-searches',
    {
      bodyLimit: 32_768,
      schema: {
        operationId: 'createSavedSearch',
        summary: 'Have new articles that match a search sent to an address',
        description:
          'Each delivery is a POST of JSON, signed as the Standard Webhooks specification has it, and repeated until the receiver answers 2xx. The `secret` is told here and never again.',
        body: {
          type: 'object',
          properties: {
            name: { ...text, maxLength: 200, examples: ['Schools of Lanzhou'] },
            query: querySchema,
            webhook: { ...text, format: 'uri', maxLength: 2_048, examples: ['https://hooks.example.com/newsmill'] },
          },
          required: ['name', 'query', 'webhook'],
        },
        response: created(
          'The saved search with its secret',
          {
            ...savedSearchSchema,
            title: 'NewSavedSearch',
            examples: [{ ...savedSearchExample, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
            properties: { ...savedSearchSchema.properties, secret: text },
            required: [...savedSearchSchema.required, 'secret'],
          },
          400,
          403,
          409,
        ),
      },
    },
    async (request, reply) => {
      const owner = ownerOf(request);
      const parsed = input.safeParse(request.body);
      if (!parsed.success) throw new ApiProblem(400, 'This cannot be saved', z.prettifyError(parsed.error));
      const { name, webhook } = parsed.data;
      const query = readQuery(parsed.data.query);
      const refused = poster.refusalOf(webhook);
      if (refused !== undefined)
        throw new SearchInputError('webhook', webhook, `cannot be used (${refused})`, 'Give a public http(s) address.');
      const search: SavedSearch = {
        id: randomUUID(),
        owner,
        name,
        query,
        webhook,
        secret: newSecret(),
        createdAt: new Date(clock()).toISOString(),
      };
      if (!(await store.create(search)))
        throw new ApiProblem(
          409,
          'Too many',
          `There may be ${searchesPerOwnerMax} saved searches of one key. Delete one.`,
        );
      return reply.code(201).send({ ...(await shown(search)), secret: search.secret });
    },
  );

  app.get(
    '/saved-searches',
    {
      schema: {
        operationId: 'listSavedSearches',
        summary: 'Your saved searches and how they do; all of them for an operator',
        response: answers('The oldest first', list('savedSearches', savedSearchSchema), 403),
      },
    },
    async (request) => {
      const owner = ownerOf(request);
      const all = await store.list();
      const visible = operators.includes(owner) ? all : all.filter((search) => search.owner === owner);
      return { savedSearches: await Promise.all(visible.map(shown)) };
    },
  );

  app.get<WithId>(
    '/saved-searches/:id',
    {
      schema: {
        operationId: 'getSavedSearch',
        summary: 'One saved search',
        params: idParameter,
        response: answers('The saved search', savedSearchSchema, 403, 404),
      },
    },
    async (request) => shown(await own(request)),
  );

  app.delete<WithId>(
    '/saved-searches/:id',
    {
      schema: {
        operationId: 'deleteSavedSearch',
        summary: 'Stop and forget a saved search',
        params: idParameter,
        response: noContent('It is gone.', 403, 404),
      },
    },
    async (request, reply) => {
      await store.remove((await own(request)).id);
      return reply.code(204).send();
    },
  );

  app.get<WithId>(
    '/saved-searches/:id/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        summary: 'The last 100 attempts to deliver',
        params: idParameter,
        response: answers('The newest first', list('deliveries', attemptSchema), 403, 404),
      },
    },
    async (request) => ({ deliveries: await store.log((await own(request)).id) }),
  );

  app.post<WithId>(
    '/saved-searches/:id/resume',
    {
      schema: {
        operationId: 'resumeSavedSearch',
        summary: 'Go on with a suspended search, or try a failing one now; nothing that came in meanwhile is left out',
        params: idParameter,
        response: answers('The saved search', savedSearchSchema, 403, 404),
      },
    },
    async (request) => {
      const search = await own(request);
      await store.resume(search.id, clock());
      return shown(search);
    },
  );
}

/** @throws SearchInputError for a search that cannot be made, or that would match everything */
function readQuery(query: Readonly<Record<string, string | readonly string[]>>): SearchParams {
  const part = Object.keys(query).find((name) => pageParts.includes(name));
  if (part !== undefined)
    throw new SearchInputError(`query.${part}`, String(query[part]), 'has no meaning here', 'Leave it out.');
  const params = readSearchParams(query);
  const { text: words, phrases, filters } = planArrivals(params);
  if (words === '' && phrases.length === 0 && filters.length === 0) {
    const hint = `Give q or one of ${filterFields.join(', ')}.`;
    throw new SearchInputError('query', JSON.stringify(query), 'would match every article', hint);
  }
  return params;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Without its secret. */
function present({ secret: _, ...search }: SavedSearch, state: AlertState | undefined) {
  const { failures = 0, suspended, deliveries = 0, articles = 0, deliveredAtMs, nextAtMs } = state ?? {};
  return {
    ...search,
    status: suspended !== undefined ? 'suspended' : failures > 0 ? 'failing' : 'active',
    ...(suspended === undefined ? {} : { reason: suspended.reason }),
    failures,
    ...(failures > 0 && nextAtMs !== undefined && suspended === undefined ? { nextAttemptAt: iso(nextAtMs) } : {}),
    deliveries,
    articles,
    ...(deliveredAtMs === undefined ? {} : { lastDeliveredAt: iso(deliveredAtMs) }),
  };
}
