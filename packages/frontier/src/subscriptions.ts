import { type Subscription, subscription } from '@newsmill/contracts';
import { urlIdOf } from '@newsmill/core/url';
import type { Redis } from 'ioredis';

export interface Subscriptions {
  /** Takes note of a feed's hub; undefined of a feed that has none any more. What is known already stays as it is. */
  offer(
    feed: Pick<Subscription, 'feedUrl' | 'sourceId'>,
    hub: { url: string; topic: string } | undefined,
  ): Promise<void>;
  /** By the id of its feed's URL. */
  get(feedId: string): Promise<Subscription | undefined>;
  list(): Promise<Subscription[]>;
  put(subscription: Subscription): Promise<void>;
  remove(feedId: string): Promise<void>;
}

/** Feeds with a hub; what is found beyond is polled as all feeds are. */
const subscriptionsMax = 100_000;

/** The place where texts lie: a hash in Redis, or a map. */
interface Shelf {
  get(field: string): Promise<string | null | undefined>;
  set(field: string, text: string): Promise<unknown>;
  delete(field: string): Promise<unknown>;
  values(): Promise<string[]>;
  size(): Promise<number>;
}

function createSubscriptions(shelf: Shelf): Subscriptions {
  const read = (text: string): Subscription => subscription.parse(JSON.parse(text));
  const get: Subscriptions['get'] = async (feedId) => {
    const text = await shelf.get(feedId);
    return text === null || text === undefined ? undefined : read(text);
  };
  const put: Subscriptions['put'] = async (one) => {
    await shelf.set(urlIdOf(one.feedUrl), JSON.stringify(one));
  };
  return {
    get,
    put,
    async offer(feed, hub) {
      const feedId = urlIdOf(feed.feedUrl);
      const known = await get(feedId);
      if (hub === undefined) {
        if (known?.state === 'offered' || known?.state === 'denied') await shelf.delete(feedId);
        return;
      }
      const { url, topic } = hub;
      if (known?.hub === url && known.topic === topic && known.sourceId === feed.sourceId) return;
      if (known === undefined && (await shelf.size()) >= subscriptionsMax) return;
      await put({ ...feed, hub: url, topic, state: 'offered' });
    },
    list: async () => (await shelf.values()).map(read),
    remove: async (feedId) => void (await shelf.delete(feedId)),
  };
}

/** The caller owns the connection. */
export function createRedisSubscriptions(redis: Redis, prefix: string): Subscriptions {
  const key = `${prefix}:websub`;
  return createSubscriptions({
    get: (field) => redis.hget(key, field),
    set: (field, text) => redis.hset(key, field, text),
    delete: (field) => redis.hdel(key, field),
    values: () => redis.hvals(key),
    size: () => redis.hlen(key),
  });
}

/** Inside one process, for unit tests. */
export function createMemorySubscriptions(): Subscriptions {
  const texts = new Map<string, string>();
  return createSubscriptions({
    get: async (field) => texts.get(field),
    set: async (field, text) => texts.set(field, text),
    delete: async (field) => texts.delete(field),
    values: async () => [...texts.values()],
    size: async () => texts.size,
  });
}
