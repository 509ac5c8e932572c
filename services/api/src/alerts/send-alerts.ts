import { randomUUID } from 'node:crypto';
import type { Poster, PostOutcome } from '@newsmill/fetch';
import { type Arrival, type ArrivalRange, type ArticleIndex, arrivalsMax } from '@newsmill/search-index';
import { backoffMs } from '@newsmill/service-kit';
import type { AlertedArticle, AlertState, PendingDelivery, SavedSearch } from './saved-search.ts';
import { signedHeaders } from './signature.ts';
import type { AlertStore } from './store.ts';

export interface AlertsDeps {
  readonly store: AlertStore;
  readonly index: Pick<ArticleIndex, 'arrivals'>;
  readonly poster: Pick<Poster, 'post'>;
  readonly clock: () => number;
  /** A number in [0, 1). */
  readonly random?: () => number;
  /** Another process has looked so short a time ago that it is not worth another look. */
  readonly pauseMs?: number;
  readonly onTrouble: (error: unknown, search: SavedSearch) => void;
  /** Told of every attempt, for metrics. */
  readonly onAttempt?: (outcome: 'delivered' | 'failed') => void;
  readonly backoff?: { readonly baseMs: number; readonly maxMs: number };
}

export interface Alerts {
  /** Looks at every search once and sends what is due. Never rejects for a single search. */
  lookRound(): Promise<void>;
}

/**
 * An article can be searched only after it has been stamped: an indexer waits up to two minutes for Elasticsearch before the
 * job begins anew with another stamp, and a refresh may be half a minute away. So much of the past is looked at again;
 * what was delivered of it is known.
 */
export const overlapMs = 600_000;
/** Articles in one delivery. */
const articlesMax = 50;
/** Looks at 100 articles each that were delivered a moment ago already: what must be remembered of a search is bounded. */
const pagesMax = 100;
/** Longer than any step: a search of 15 s for each page is the exception, and the lease is looked at before anything is written. */
const leaseMs = 120_000;
const atOnceMax = 8;
/** A receiver that has failed for so long is given up until somebody resumes it. */
const giveUpMs = 3 * 86_400_000;

type Found = Pick<AlertState, 'fromMs' | 'suspended'>;

/**
 * Finds what has newly come in for each saved search and sends it, at least once: a delivery is written down before it is
 * first sent, goes out again as it is until the receiver has said 2xx, and only then the search moves on. Until then what
 * comes in waits in the index, so that nothing piles up anywhere.
 */
export function createAlerts(deps: AlertsDeps): Alerts {
  const { store, index, poster, clock, random = Math.random, pauseMs = 0 } = deps;
  const backoff = deps.backoff ?? { baseMs: 5_000, maxMs: 3_600_000 };

  /** The next delivery, how far there was nothing to deliver, or that there is too much. */
  async function find(search: SavedSearch, fromMs: number): Promise<PendingDelivery | Found> {
    const throughMs = clock();
    const fresh: Arrival[] = [];
    let after: ArrivalRange['after'];
    for (let page = 0; page < pagesMax; page += 1) {
      const range = { fromMs, throughMs, ...(after === undefined ? {} : { after }) };
      const arrived = await index.arrivals(search.query, range);
      const ids = arrived.map(({ article }) => article.id);
      const unseen = await store.unseen(search.id, ids);
      fresh.push(...arrived.filter(({ article }) => unseen.has(article.id)));
      const last = arrived.at(-1);
      if (last !== undefined) after = { atMs: last.atMs, id: last.article.id };
      const all = arrived.length < arrivalsMax;
      if (fresh.length > articlesMax || (all && fresh.length > 0)) {
        const some = fresh.slice(0, articlesMax);
        const reached = some.length < fresh.length ? (some.at(-1)?.atMs ?? fromMs) : throughMs;
        return delivery(search, some, Math.max(fromMs, reached - overlapMs));
      }
      if (all) return { fromMs: Math.max(fromMs, throughMs - overlapMs) };
    }
    return {
      fromMs: after?.atMs ?? throughMs,
      suspended: {
        atMs: throughMs,
        reason: `more than ${pagesMax * arrivalsMax} articles came in at once: narrow the search`,
      },
    };
  }

  async function send(search: SavedSearch, { id, content, items, thenFromMs }: PendingDelivery, state: AlertState) {
    const began = clock();
    const outcome = await poster.post(search.webhook, content, signedHeaders(search.secret, id, began, content));
    const now = clock();
    const taken = outcome.type === 'answered' && outcome.status >= 200 && outcome.status < 300;
    deps.onAttempt?.(taken ? 'delivered' : 'failed');
    const attempt = {
      at: new Date(began).toISOString(),
      delivery: id,
      articles: items.length,
      attempt: state.failures + 1,
      outcome: taken ? 'delivered' : 'failed',
      ...(outcome.type === 'answered' ? { status: outcome.status } : { reason: outcome.code }),
      tookMs: now - began,
    } as const;
    if (!taken) return { attempt, state: failed(state, outcome, now) };
    const { pending: _, failingSinceMs: __, ...rest } = state;
    return {
      attempt,
      seen: items,
      state: {
        ...rest,
        fromMs: thenFromMs,
        failures: 0,
        nextAtMs: now,
        deliveries: state.deliveries + 1,
        articles: state.articles + items.length,
        deliveredAtMs: now,
      },
    };
  }

  function failed(state: AlertState, outcome: PostOutcome, now: number): AlertState {
    const failures = state.failures + 1;
    const since = state.failingSinceMs ?? now;
    const wait = outcome.type === 'answered' ? (outcome.retryAfterMs ?? 0) : 0;
    const reason =
      outcome.type === 'refused'
        ? `the address may not be contacted: ${outcome.code}`
        : outcome.type === 'answered' && outcome.status === 410
          ? 'the receiver is gone (410)'
          : now - since >= giveUpMs
            ? `the receiver has failed for ${Math.round((now - since) / 86_400_000)} days`
            : undefined;
    return {
      ...state,
      failures,
      failingSinceMs: since,
      nextAtMs: now + Math.max(Math.min(wait, backoff.maxMs), backoffMs(backoff, failures, random())),
      ...(reason === undefined ? {} : { suspended: { atMs: now, reason } }),
    };
  }

  async function step(search: SavedSearch): Promise<void> {
    const token = randomUUID();
    const state = await store.lease(search.id, token, leaseMs);
    if (state === undefined) return;
    try {
      let now: AlertState = state;
      // A burst goes out in several deliveries, one after another.
      for (let deliveries = 0; deliveries < 20; deliveries += 1) {
        if (now.suspended !== undefined || now.nextAtMs > clock()) return;
        if (now.pending === undefined) {
          if (deliveries === 0 && clock() - (now.lookedAtMs ?? 0) < pauseMs) return;
          const lookedAtMs = clock();
          const found = await find(search, now.fromMs);
          now = { ...now, lookedAtMs, ...('id' in found ? { pending: found } : found) };
          if (!(await store.commit(search.id, token, { state: now }))) return;
          if (now.pending === undefined) return;
        }
        const sent = await send(search, now.pending, now);
        if (!(await store.commit(search.id, token, sent))) return;
        now = sent.state;
      }
    } finally {
      await store.release(search.id, token);
    }
  }

  return {
    async lookRound() {
      const waiting = await store.list();
      const work = async (): Promise<void> => {
        for (let search = waiting.shift(); search !== undefined; search = waiting.shift()) {
          const current = search;
          await step(current).catch((error: unknown) => deps.onTrouble(error, current));
        }
      };
      await Promise.all(Array.from({ length: atOnceMax }, work));
    },
  };
}

function delivery(search: SavedSearch, arrivals: readonly Arrival[], thenFromMs: number): PendingDelivery {
  const id = `msg_${randomUUID()}`;
  const articles = arrivals.map(({ article }) => told(article));
  const { name, query } = search;
  return {
    id,
    content: JSON.stringify({
      type: 'articles.matched',
      delivery: id,
      search: { id: search.id, name, query },
      articles,
    }),
    items: arrivals.map(({ atMs, article }) => [article.id, atMs] as const),
    thenFromMs,
  };
}

function told({
  id,
  url,
  headline,
  site: { domain, name },
  datePublished,
  description,
  inLanguage,
  origin,
  clusterId,
  clusterFirst,
  firstIndexedAt,
}: Arrival['article']): AlertedArticle {
  return JSON.parse(
    JSON.stringify({
      id,
      url: url.slice(0, 4_000),
      headline: headline.slice(0, 500),
      site: { domain, name },
      datePublished,
      description: description?.slice(0, 500),
      inLanguage,
      origin,
      clusterId,
      clusterFirst,
      firstIndexedAt,
    }),
  );
}
