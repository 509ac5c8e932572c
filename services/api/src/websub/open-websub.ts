import { createPoster, userAgent } from '@newsmill/fetch';
import { createRedisSubscriptions, type Frontier, visitsOf } from '@newsmill/frontier';
import { createBullJobQueue } from '@newsmill/queue';
import { emit, type ServiceKit } from '@newsmill/service-kit';
import type { Redis } from 'ioredis';
import { Counter, Gauge } from 'prom-client';
import { repeat } from '../alerts/repeat.ts';
import type { WebSubDeps } from './callback-routes.ts';
import { createSubscriber } from './subscriber.ts';

export interface OpenWebSub extends AsyncDisposable {
  readonly routes: WebSubDeps;
}

export interface OpenWebSubOptions extends Pick<ServiceKit, 'logger' | 'registry'> {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly callbackUrl: string;
  readonly redis: Redis;
  readonly frontier: Frontier;
}

/** Pause between two looks at the subscriptions; one process at a time looks. */
const lookEveryMs = 60_000;

/** Everything of WebSub that runs with the API: hubs are asked from here, and call back here. */
export function openWebSub(options: OpenWebSubOptions): OpenWebSub {
  const { logger, registry, redis, frontier, prefix } = options;
  const clock = Date.now;
  const subscriptions = createRedisSubscriptions(redis, prefix);
  // Who offers a hub is a stranger: none that is not public is asked.
  const poster = createPoster({ userAgent: userAgent(undefined) });
  const queue = createBullJobQueue({ redisUrl: options.redisUrl, prefix });
  const notifications = new Counter({
    name: 'newsmill_websub_notifications_total',
    help: 'Notifications of WebSub hubs: feeds made due, and those without a signature or a subscription.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const states = new Gauge({
    name: 'newsmill_websub_subscriptions',
    help: 'Feeds that offer a WebSub hub, by the state of their subscription at the last look.',
    labelNames: ['state'],
    registers: [registry],
  });
  const look = createSubscriber({
    ...{ subscriptions, frontier, poster, clock, callbackUrl: options.callbackUrl },
    onTrouble: (what, about) => logger.info({ what, ...about }, 'a WebSub hub refuses'),
  });
  const rounds = repeat(
    async () => {
      const won = await redis.set(`${prefix}:websub-look`, '1', 'PX', Math.ceil(lookEveryMs * 0.9), 'NX');
      if (won !== null) await look();
      states.reset();
      for (const { state } of await subscriptions.list()) states.inc({ state });
    },
    lookEveryMs,
    (err) => logger.warn({ err }, 'WebSub subscriptions wait'),
  );
  return {
    routes: {
      ...{ subscriptions, frontier, clock },
      give: async (turn) => emit(queue, visitsOf([turn], clock())),
      onNotified: (outcome) => notifications.inc({ outcome }),
    },
    async [Symbol.asyncDispose]() {
      await rounds[Symbol.asyncDispose]();
      await poster[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
    },
  };
}
