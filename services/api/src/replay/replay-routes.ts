import { randomUUID } from 'node:crypto';
import { pipeline } from '@newsmill/contracts';
import type { JobQueue } from '@newsmill/queue';
import type { FastifyInstance } from 'fastify';
import { ApiProblem } from '../problem.ts';
import { answers, created } from '../schemas.ts';
import { readReplayChoice } from './read-choice.ts';
import type { Replay, ReplayStore } from './store.ts';

export interface ReplayRoutesDeps {
  readonly replays: Pick<ReplayStore, 'load' | 'begin' | 'cancel'>;
  readonly queue: Pick<JobQueue, 'depth'>;
  /** Articles in the index. */
  readonly countArticles: () => Promise<number>;
  readonly clock: () => number;
}

const text = { type: 'string' };
const time = { ...text, format: 'date-time' };
const count = (description: string) => ({ type: 'integer', description });
const chosen = {
  source: { ...text, description: 'Only articles of this source.' },
  host: { ...text, description: 'Only pages of this host.', examples: ['www.example.com'] },
  from: { ...text, description: 'Only pages fetched at or after.', examples: ['2026-05-01'] },
  to: { ...text, description: 'Only pages fetched before.', examples: ['2026-06-01'] },
  parserOlderThan: { ...text, description: 'Only articles that an older parser has made.', examples: ['2.1'] },
};
const querystring = {
  type: 'object',
  properties: {
    ...chosen,
    all: { type: 'boolean', description: 'Needed where nothing else is named: nothing named is not everything.' },
  },
};
const replaySchema = {
  title: 'Replay',
  type: 'object',
  properties: {
    id: text,
    state: { ...text, enum: ['running', 'done', 'cancelled'] },
    choice: { type: 'object', description: 'Which articles.', properties: chosen },
    startedAt: time,
    endedAt: time,
    documents: count('In the index as it began.'),
    looked: count('Of those, looked at so far.'),
    queued: count('Given to the parsers.'),
    filtered: count('Not asked for.'),
    leftAlone: count('On their way through the pipeline already, gone, or unknown to the ledger.'),
    waiting: count('Pages that wait for a parser now, these and others.'),
    etaMs: count('Until all are looked at, at the pace so far.'),
  },
  required: [
    ...['id', 'state', 'choice', 'startedAt', 'documents', 'looked', 'queued', 'filtered', 'leftAlone', 'waiting'],
  ],
};

/** Articles parsed again from the archive: asked for, watched, broken off. */
export function addReplay(app: FastifyInstance, { replays, queue, countArticles, clock }: ReplayRoutesDeps): void {
  const shown = async (replay: Replay | undefined) => {
    if (replay === undefined) throw new ApiProblem(404, 'Not found', 'No replay was asked for through the API.');
    const { id, state, startedAt, endedAt, documents, looked, queued, filtered, leftAlone } = replay;
    const { sourceId, from, to, ...choice } = replay.choice;
    const iso = (ms: number) => new Date(ms).toISOString();
    const left = Math.max(0, documents - looked);
    return {
      ...{ id, state, startedAt: iso(startedAt), documents, looked, queued, filtered, leftAlone },
      choice: {
        ...choice,
        ...(sourceId === undefined ? {} : { source: sourceId }),
        ...(from === undefined ? {} : { from: iso(from) }),
        ...(to === undefined ? {} : { to: iso(to) }),
      },
      ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
      ...(state === 'running' && looked > 0
        ? { etaMs: Math.round((left * Math.max(0, clock() - startedAt)) / looked) }
        : {}),
      waiting: (await queue.depth(pipeline.parse.queue)).waiting,
    };
  };

  app.post<{ Querystring: Record<string, unknown> }>(
    '/replay',
    {
      schema: {
        operationId: 'startReplay',
        summary:
          'Parse articles again from the archive, without fetching anything; the indexer takes over what differs',
        querystring,
        response: created('It runs', replaySchema, 400, 403, 409, 503),
      },
    },
    async ({ query }, reply) => {
      const choice = readReplayChoice(query);
      const replay: Replay = {
        ...{ id: randomUUID(), state: 'running', choice, startedAt: clock(), documents: await countArticles() },
        ...{ looked: 0, queued: 0, filtered: 0, leftAlone: 0 },
      };
      if (await replays.begin(replay)) return reply.code(201).send(await shown(replay));
      throw new ApiProblem(
        409,
        'Conflict',
        'A replay is running already: GET /replay shows it, DELETE /replay ends it.',
      );
    },
  );

  app.get(
    '/replay',
    {
      schema: {
        operationId: 'lastReplay',
        summary: 'How far the last replay is that was started here',
        response: answers('Its figures', replaySchema, 403, 404),
      },
    },
    async () => shown(await replays.load()),
  );

  app.delete(
    '/replay',
    {
      schema: {
        operationId: 'cancelReplay',
        summary: 'End a replay; what was given to the parsers is still done',
        response: answers('What it had come to', replaySchema, 403, 404, 409),
      },
    },
    async () => {
      if (await replays.cancel(clock())) return shown(await replays.load());
      const last = await shown(await replays.load());
      throw new ApiProblem(409, 'Conflict', `No replay is running; the last one is ${last.state}.`);
    },
  );
}
