import { timingSafeEqual } from 'node:crypto';
import type { Subscription } from '@newsmill/contracts';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import type { Frontier, Subscriptions, Turn } from '@newsmill/frontier';
import type { FastifyInstance } from 'fastify';
import { ApiProblem } from '../problem.ts';
import { isSigned } from './signature.ts';

export interface WebSubDeps {
  readonly subscriptions: Subscriptions;
  readonly frontier: Pick<Frontier, 'record'>;
  /** Puts a host's turn on its queue. */
  readonly give: (turn: Turn) => Promise<void>;
  readonly clock: () => number;
  /** Tells what came of a notification: `due`, `unsigned`, `unknown`. */
  readonly onNotified?: (what: 'due' | 'unsigned' | 'unknown') => void;
}

const notFound = (detail: string): ApiProblem => new ApiProblem(404, 'Not found', detail);

/** Bytes of a notification; more than any feed needs, since its content is not used. */
const notificationBytesMax = 2_000_000;
/** A lease that a hub gives is believed up to here. */
const leaseMaxMs = 90 * 86_400_000;
const leaseMinMs = 60_000;

type Query = Readonly<Record<string, unknown>>;
const textOf = (query: Query, name: string): string => (typeof query[name] === 'string' ? query[name] : '');

/**
 * What hubs call (WebSub): they verify that a subscription is meant, and say that a feed has changed. What they push along is
 * not looked at: a notification only makes the feed due, and is worth nothing without a signature.
 */
export async function addWebSub(app: FastifyInstance, deps: WebSubDeps): Promise<void> {
  const { subscriptions, clock } = deps;
  /** The subscription whose callback this is, by an id that nobody can guess. */
  async function called(id: string): Promise<Subscription | undefined> {
    const [feedId = '', token = ''] = id.split('.', 2);
    const known = await subscriptions.get(feedId);
    const own = Buffer.from(known?.token ?? '');
    const theirs = Buffer.from(token);
    return own.length > 0 && own.length === theirs.length && timingSafeEqual(own, theirs) ? known : undefined;
  }

  await app.register((routes, _, done) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));

    routes.get<{ Params: { id: string }; Querystring: Query }>(
      '/websub/:id',
      { schema: { hide: true } },
      async ({ params, query }, reply) => {
        const known = await called(params.id);
        if (known === undefined || textOf(query, 'hub.topic') !== known.topic) throw notFound('No such subscription.');
        const challenge = textOf(query, 'hub.challenge');
        switch (textOf(query, 'hub.mode')) {
          case 'denied':
            await subscriptions.put({ ...known, state: 'denied', askedAt: clock() });
            return reply.send('noted');
          case 'unsubscribe':
            if (known.state !== 'ending') throw notFound('Nobody has asked to end this.');
            await subscriptions.remove(urlIdOf(known.feedUrl));
            break;
          case 'subscribe': {
            if (known.state !== 'asked' && known.state !== 'active') throw notFound('Nobody has asked for this.');
            const seconds = Number(textOf(query, 'hub.lease_seconds'));
            const leaseMs = Math.min(leaseMaxMs, Math.max(leaseMinMs, Number.isFinite(seconds) ? seconds * 1_000 : 0));
            await subscriptions.put({ ...known, state: 'active', leaseMs, expiresAt: clock() + leaseMs, failures: 0 });
            break;
          }
          default:
            throw notFound('No such mode.');
        }
        // As text: what a stranger sends back must not become a page.
        return reply.type('text/plain; charset=utf-8').send(challenge.slice(0, 1_000));
      },
    );

    routes.post<{ Params: { id: string }; Body: Buffer | undefined }>(
      '/websub/:id',
      { schema: { hide: true }, bodyLimit: notificationBytesMax },
      async ({ params, headers, body }, reply) => {
        const known = await called(params.id);
        // 410 tells a hub that nobody listens any more.
        if (known === undefined || known.state === 'ending') {
          deps.onNotified?.('unknown');
          return reply.code(410).send();
        }
        const signature = headers['x-hub-signature'];
        const isOurs =
          known.secret !== undefined &&
          isSigned(body ?? Buffer.alloc(0), typeof signature === 'string' ? signature : undefined, known.secret);
        deps.onNotified?.(isOurs ? 'due' : 'unsigned');
        if (isOurs) {
          const { feedUrl } = known;
          const recorded = await deps.frontier.record(hostIdOf(feedUrl), urlIdOf(feedUrl), { type: 'nudged' }, clock());
          if (recorded?.turn !== undefined) await deps.give(recorded.turn);
        }
        // The same answer to what is not signed by it: whoever tries learns nothing.
        return reply.code(202).send();
      },
    );
    done();
  });
}
