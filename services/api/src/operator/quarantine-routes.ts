import {
  type DropLedger,
  dropQuarantined,
  type JobQueue,
  type Quarantine,
  type QuarantineEntry,
  type QuarantineFilter,
  quarantineSubject,
  type RetryLedger,
  type RetryResult,
  retryQuarantined,
} from '@newsmill/queue';
import { SearchInputError } from '@newsmill/search-index';
import type { FastifyInstance } from 'fastify';
import { ApiProblem } from '../problem.ts';
import { answers, noContent } from '../schemas.ts';
import { readLimit, readQuarantineFilter } from './quarantine-filter.ts';
import {
  droppedSchema,
  entrySchema,
  filterProperties,
  idParameters,
  listSchema,
  retriedSchema,
} from './quarantine-schemas.ts';

export interface QuarantineRoutesDeps {
  readonly quarantine: Quarantine;
  readonly queue: JobQueue;
  readonly ledger: RetryLedger & DropLedger;
  readonly clock: () => number;
}

type One = { Params: { stage: string; jobId: string } };
type Many = { Querystring: Record<string, unknown> };

/** Entries that one request may move: it must not take longer than a client waits. */
const batchMax = 500;
const listMax = 1_000;
const limitOf = (max: number, usual: number) => ({ type: 'integer', minimum: 1, maximum: max, default: usual });
const all = { type: 'boolean', description: 'Needed where there is no filter: nothing named is not everything.' };

/** Jobs that cannot go on: looked at, put back, dropped. */
export function addQuarantine(app: FastifyInstance, deps: QuarantineRoutesDeps): void {
  const { quarantine, queue, ledger, clock } = deps;
  const find = async ({ stage, jobId }: One['Params']): Promise<QuarantineEntry> => {
    const entry = await quarantine.get(`${stage}/${jobId}`);
    if (entry !== undefined) return entry;
    const id = JSON.stringify(`${stage}/${jobId}`.slice(0, 120));
    throw new ApiProblem(404, 'Not found', `Nothing in quarantine is called ${id}.`);
  };
  // An article that was too large for its job lies in the archive, which is not where an API runs.
  const readArticle = async (): Promise<never> => {
    throw new ApiProblem(409, 'Not here', 'Its article lies in the archive: use newsmill quarantine retry.');
  };
  const retry = async (entry: QuarantineEntry): Promise<RetryResult> => {
    const result = retryQuarantined(entry, { quarantine, queue, ledger, readArticle, now: clock() });
    return result.catch((error: unknown) => {
      if (error instanceof ApiProblem) return { status: 'failed', why: error.message };
      throw error;
    });
  };
  /** The next entries of a filter that is really one. */
  const chosen = async (query: Many['Querystring']) => {
    const filter: QuarantineFilter = readQuarantineFilter(query, clock());
    const limit = readLimit(query.limit, batchMax, batchMax);
    if (Object.keys(filter).length === 0 && query.all !== 'true') {
      throw new SearchInputError('all', String(query.all ?? ''), 'is not true', 'Give a filter, or all=true.');
    }
    const found = await quarantine.list({ ...filter, limit: limit + 1 });
    return { entries: found.slice(0, limit), more: found.length > limit };
  };
  const querystring = { type: 'object', properties: { ...filterProperties, all, limit: limitOf(batchMax, batchMax) } };

  app.get<Many>(
    '/quarantine',
    {
      schema: {
        operationId: 'listQuarantine',
        summary: 'Jobs that cannot go on, the newest first',
        querystring: { type: 'object', properties: { ...filterProperties, limit: limitOf(listMax, 100) } },
        response: answers('Entries without their payloads', listSchema, 400, 403),
      },
    },
    async ({ query }) => {
      const filter = readQuarantineFilter(query, clock());
      const [entries, figures] = await Promise.all([
        quarantine.list({ ...filter, limit: readLimit(query.limit, listMax, 100) }),
        quarantine.figures(),
      ]);
      const shown = entries.map(({ payload, ...entry }) => ({ ...quarantineSubject(payload), ...entry }));
      return { total: figures.entries, evicted: figures.evicted, entries: shown };
    },
  );

  app.get<One>(
    '/quarantine/:stage/:jobId',
    {
      schema: {
        operationId: 'getQuarantined',
        summary: 'One of them: reason, error, page, payload, and what happened to it before',
        params: idParameters,
        response: answers('The entry', entrySchema, 403, 404),
      },
    },
    async ({ params }) => {
      const entry = await find(params);
      return { ...quarantineSubject(entry.payload), ...entry };
    },
  );

  app.post<One>(
    '/quarantine/:stage/:jobId/retry',
    {
      schema: {
        operationId: 'retryQuarantined',
        summary: 'Put one back on its queue',
        params: idParameters,
        response: answers('What became of it', retriedSchema, 403, 404, 409),
      },
    },
    async ({ params }) => {
      const result = await retry(await find(params));
      if (result.status === 'failed') throw new ApiProblem(409, 'It stays in quarantine', result.why);
      const { status } = result;
      return {
        retried: Number(status === 'retried'),
        obsolete: Number(status === 'obsolete'),
        failures: [],
        more: false,
      };
    },
  );

  app.delete<One>(
    '/quarantine/:stage/:jobId',
    {
      schema: {
        operationId: 'dropQuarantined',
        summary: 'Forget one for good; its URL is skipped as `dropped`',
        params: idParameters,
        response: noContent('It is gone.', 403, 404),
      },
    },
    async ({ params }, reply) => {
      await dropQuarantined(await find(params), { quarantine, ledger, now: clock() });
      return reply.code(204).send();
    },
  );

  app.post<Many>(
    '/quarantine/retry',
    {
      schema: {
        operationId: 'retryManyQuarantined',
        summary: `Put those back that match, up to ${batchMax} at a time`,
        querystring,
        response: answers('What became of them', retriedSchema, 400, 403),
      },
    },
    async ({ query }) => {
      const { entries, more } = await chosen(query);
      const counts = { retried: 0, obsolete: 0 };
      const failures: { id: string; why: string }[] = [];
      for (const entry of entries) {
        const result = await retry(entry);
        if (result.status === 'failed') failures.push({ id: entry.id, why: result.why });
        else counts[result.status] += 1;
      }
      return { ...counts, failures, more };
    },
  );

  app.post<Many>(
    '/quarantine/drop',
    {
      schema: {
        operationId: 'dropManyQuarantined',
        summary: `Forget those that match, up to ${batchMax} at a time`,
        querystring,
        response: answers('How many', droppedSchema, 400, 403),
      },
    },
    async ({ query }) => {
      const { entries, more } = await chosen(query);
      let dropped = 0;
      for (const entry of entries)
        dropped += Number(await dropQuarantined(entry, { quarantine, ledger, now: clock() }));
      return { dropped, more };
    },
  );
}
