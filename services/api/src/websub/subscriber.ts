import { randomBytes } from 'node:crypto';
import type { Subscription } from '@newsmill/contracts';
import { urlIdOf } from '@newsmill/core/url';
import type { Poster } from '@newsmill/fetch';
import type { Frontier, Subscriptions } from '@newsmill/frontier';

export interface SubscriberDeps {
  readonly subscriptions: Subscriptions;
  readonly frontier: Pick<Frontier, 'getSource'>;
  readonly poster: Poster;
  /** Where hubs reach the API: `https://news.example.org`, without a slash at the end. */
  readonly callbackUrl: string;
  readonly clock: () => number;
  readonly onTrouble: (what: string, about: { readonly feed: string; readonly hub: string }) => void;
}

/** Asked for; hubs give what they like. */
const leaseSeconds = 7 * 86_400;
/** Renewed when so much of the lease is left. */
const renewShare = 1 / 4;
/** A hub that did not come to verify within this is asked again, then ever less often. */
const retryMs = 10 * 60_000;
const retryMaxMs = 86_400_000;

/** Address of the callback of one feed: its id, and a token that makes it nobody else's to guess. */
export const callbackPath = (feedId: string, token: string): string => `/websub/${feedId}.${token}`;

/**
 * One look at all subscriptions: hubs of new feeds are asked, leases renewed before they end, and those of sources that are
 * gone ended. https://www.w3.org/TR/websub/#subscribing-and-unsubscribing
 */
export function createSubscriber(deps: SubscriberDeps): () => Promise<void> {
  const { subscriptions, poster, clock } = deps;

  async function ask(one: Subscription, mode: 'subscribe' | 'unsubscribe'): Promise<void> {
    const token = one.token ?? randomBytes(16).toString('base64url');
    const secret = one.secret ?? randomBytes(32).toString('base64url');
    const feedId = urlIdOf(one.feedUrl);
    const isRenewal = mode === 'subscribe' && one.state === 'active';
    const state = mode === 'unsubscribe' ? 'ending' : isRenewal ? 'active' : 'asked';
    const asked: Subscription = { ...one, token, secret, state, askedAt: clock(), failures: one.failures ?? 0 };
    // Before the hub is asked: it may come to verify before it has answered.
    await subscriptions.put(asked);
    const form = new URLSearchParams({
      'hub.mode': mode,
      'hub.topic': one.topic,
      'hub.callback': deps.callbackUrl + callbackPath(feedId, token),
      ...(mode === 'subscribe' ? { 'hub.secret': secret, 'hub.lease_seconds': String(leaseSeconds) } : {}),
    });
    const outcome = await poster.post(one.hub, form.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
    if (outcome.type === 'answered' && outcome.status >= 200 && outcome.status < 300) return;
    const what = outcome.type === 'answered' ? `HTTP ${outcome.status}` : outcome.code;
    deps.onTrouble(what, { feed: one.feedUrl, hub: one.hub });
    // It may have been verified meanwhile all the same.
    const now = await subscriptions.get(feedId);
    if (now?.token === token) await subscriptions.put({ ...now, failures: (now.failures ?? 0) + 1 });
  }

  async function look(one: Subscription, now: number): Promise<void> {
    const retryAt =
      (one.askedAt ?? Number.NEGATIVE_INFINITY) + Math.min(retryMaxMs, retryMs * 2 ** (one.failures ?? 0));
    const isWanted = (await deps.frontier.getSource(one.sourceId))?.mode === 'standing';
    if (!isWanted) {
      const isOver = one.state !== 'active' && one.state !== 'ending';
      if (isOver || (one.expiresAt ?? 0) <= now) await subscriptions.remove(urlIdOf(one.feedUrl));
      else if (now >= retryAt) await ask(one, 'unsubscribe');
      return;
    }
    // A hub that said no may think better of it in a day.
    const isDue =
      one.state === 'active'
        ? (one.expiresAt ?? 0) - now < (one.leaseMs ?? 0) * renewShare
        : one.state !== 'denied' || now - (one.askedAt ?? 0) > retryMaxMs;
    if (isDue && now >= retryAt) await ask(one, 'subscribe');
  }

  return async () => {
    for (const one of await subscriptions.list()) await look(one, clock());
  };
}
