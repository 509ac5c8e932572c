import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createPoster } from '@newsmill/fetch';
import { createMemoryFrontier, createMemorySubscriptions, type Turn } from '@newsmill/frontier';
import { createMemoryIndex } from '@newsmill/search-index';
import { Registry } from 'prom-client';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../app.ts';
import { createSubscriber } from './subscriber.ts';

const feedUrl = 'http://www.a.test/feed.xml';
const feedId = urlIdOf(feedUrl);
const hour = 3_600_000;
const day = 24 * hour;
const t0 = Date.parse('2026-01-01T00:00:00Z');
let now = t0;
let stack: AsyncDisposableStack;

/** A hub as the specification wants it: verifies what it is asked for, and signs what it sends. */
interface Hub {
  readonly url: string;
  readonly asked: URLSearchParams[];
  /** Status that the hub's GET of the callback was answered with, or 0 when the challenge did not come back. */
  readonly verified: number[];
  answers: number;
  leaseSeconds: number;
  publish(body: string, signature?: (secret: string, body: string) => string): Promise<number>;
}

async function startHub(owner: AsyncDisposableStack): Promise<Hub> {
  const challenge = 'kT9 "&<b>';
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const form = new URLSearchParams(text);
    hub.asked.push(form);
    if (hub.answers === 202) {
      const callback = new URL(form.get('hub.callback') ?? '');
      callback.searchParams.set('hub.mode', form.get('hub.mode') ?? '');
      callback.searchParams.set('hub.topic', form.get('hub.topic') ?? '');
      callback.searchParams.set('hub.challenge', challenge);
      callback.searchParams.set('hub.lease_seconds', String(hub.leaseSeconds));
      // Before it answers, as some hubs do.
      const answer = await fetch(callback);
      hub.verified.push((await answer.text()) === challenge || !answer.ok ? answer.status : 0);
    }
    response.writeHead(hub.answers).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  owner.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const hub: Hub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ...{ asked: [], verified: [], answers: 202, leaseSeconds: 10 * 86_400 },
    async publish(
      body,
      signature = (secret, text) => `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`,
    ) {
      const form = hub.asked.findLast((each) => each.get('hub.mode') === 'subscribe');
      const headers = {
        'content-type': 'application/rss+xml',
        'x-hub-signature': signature(form?.get('hub.secret') ?? '', body),
      };
      return (await fetch(form?.get('hub.callback') ?? '', { method: 'POST', body, headers })).status;
    },
  };
  return hub;
}

async function createWorld() {
  const frontier = createMemoryFrontier();
  const subscriptions = createMemorySubscriptions();
  const turns: Turn[] = [];
  const heard: string[] = [];
  const hub = await startHub(stack);
  const app = await createApi({
    ...{ index: createMemoryIndex(), balance: async () => ({}), registry: new Registry() },
    // Hubs have no key.
    access: { keys: [{ name: 'reader', sha256: '0'.repeat(64) }], ratePerMinute: 0, atOnceMax: 0, corsOrigins: [] },
    websub: {
      ...{ subscriptions, frontier, clock: () => now },
      give: async (turn) => void turns.push(turn),
      onNotified: (what) => heard.push(what),
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  stack.defer(() => app.close());
  const { port } = app.server.address() as AddressInfo;
  const poster = stack.use(
    createPoster({
      ...{ userAgent: 'newsmill/test', allowCidrs: ['127.0.0.0/8'], allowPorts: [Number(new URL(hub.url).port)] },
    }),
  );
  const callbackUrl = `http://127.0.0.1:${port}`;
  const troubles: string[] = [];
  const look = createSubscriber({
    ...{ subscriptions, frontier, poster, callbackUrl, clock: () => now },
    onTrouble: (what) => troubles.push(what),
  });
  await frontier.putSource({
    ...{ id: 's', name: 'S', url: 'http://www.a.test/', domain: 'a.test', mode: 'standing', depthMax: 8 },
    addedAt: new Date(t0).toISOString(),
  });
  // The feed was looked at an hour ago, and will be in an hour.
  const found = { url: feedUrl, kind: 'feed' as const, sourceId: 's', depth: 1, standing: true };
  const [turn] = (await frontier.admit([found], now - hour)).turns;
  if (turn === undefined) throw new Error('no turn');
  await frontier.beginTurn(turn.job, 'w', now - hour, 1_000);
  await frontier.take(turn.job.hostId, 'w', now - hour, 1_000, 1_000);
  await frontier.record(hostIdOf(feedUrl), feedId, { type: 'captured', captureRef: 'x#0+1' }, now - hour);
  const outcome = { verdict: 'skipped', reason: 'feed' } as const;
  const read = { type: 'finalized', outcome, generation: 1, ttlMs: 2 * hour } as const;
  await frontier.record(hostIdOf(feedUrl), feedId, read, now - hour);
  await frontier.endTurn(turn.job, 'w', now - hour, { nextFetchAt: now - hour, delayMs: 0 });
  await subscriptions.offer({ feedUrl, sourceId: 's' }, { url: hub.url, topic: feedUrl });
  return {
    ...{ frontier, subscriptions, hub, turns, heard, troubles, look, callbackUrl },
    state: async () => (await subscriptions.get(feedId))?.state,
    dueAt: async () => (await frontier.getUrl(feedUrl))?.dueAt,
  };
}
type World = Awaited<ReturnType<typeof createWorld>>;

describe('WebSub', () => {
  let world: World;
  beforeEach(async () => {
    now = t0;
    await stack?.[Symbol.asyncDispose]();
    stack = new AsyncDisposableStack();
    world = await createWorld();
  });
  afterAll(async () => stack?.[Symbol.asyncDispose]());

  it('asks the hub that a feed offers, proves that it meant it, and takes a signed word that the feed has changed', async () => {
    await world.look();
    expect(world.hub.verified).toEqual([200]);
    const known = await world.subscriptions.get(feedId);
    expect(known).toMatchObject({ state: 'active', expiresAt: t0 + 10 * day });
    expect(Object.fromEntries(world.hub.asked[0] ?? [])).toMatchObject({
      'hub.mode': 'subscribe',
      'hub.topic': feedUrl,
    });
    expect(await world.dueAt()).toBe(t0 + hour);

    now += 1_000;
    expect(await world.hub.publish('<rss><item><link>http://evil.test/</link></item></rss>')).toBe(202);
    expect(await world.dueAt()).toBe(now);
    expect(world.turns.map(({ job, dueAt }) => [job.host, dueAt])).toEqual([['www.a.test', now]]);
    // What was pushed along is not looked at.
    expect(await world.frontier.getUrl('http://evil.test/')).toBeUndefined();
    expect(world.heard).toEqual(['due']);
  });

  it.each<[string, (secret: string, body: string) => string]>([
    ['of another secret', (_, body) => `sha256=${createHmac('sha256', 'guess').update(body).digest('hex')}`],
    ['of another body', (secret) => `sha256=${createHmac('sha256', secret).update('x').digest('hex')}`],
    ['of a weak method', (secret, body) => `md5=${createHmac('md5', secret).update(body).digest('hex')}`],
    ['that is none', () => 'sha256='],
  ])('gives nothing for a signature %s', async (_, signature) => {
    await world.look();
    expect(await world.hub.publish('<rss/>', signature)).toBe(202);
    expect(await world.dueAt()).toBe(t0 + hour);
    expect(world.heard).toEqual(['unsigned']);
  });

  it('knows SHA-1, which older hubs sign with', async () => {
    await world.look();
    await world.hub.publish(
      '<rss/>',
      (secret, body) => `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
    );
    expect(await world.dueAt()).toBe(t0);
  });

  it('does not verify what nobody asked for, and tells strangers nothing', async () => {
    await world.look();
    const callback = new URL(world.hub.asked[0]?.get('hub.callback') ?? '');
    const get = async (query: Record<string, string>, path = callback.pathname) =>
      (await fetch(`${world.callbackUrl}${path}?${new URLSearchParams(query)}`)).status;
    const meant = { 'hub.mode': 'subscribe', 'hub.topic': feedUrl, 'hub.challenge': 'c' };
    expect(await get(meant)).toBe(200);
    expect(await get({ ...meant, 'hub.topic': 'http://www.a.test/other.xml' })).toBe(404);
    expect(await get({ ...meant, 'hub.mode': 'unsubscribe' })).toBe(404);
    expect(await get({})).toBe(404);
    expect(await get(meant, `/websub/${feedId}.guess`)).toBe(404);
    expect(await get(meant, `/websub/${feedId}`)).toBe(404);
    const posted = await fetch(`${world.callbackUrl}/websub/${feedId}.guess`, { method: 'POST', body: 'x' });
    expect(posted.status).toBe(410);
    const large = await fetch(callback, { method: 'POST', body: 'x'.repeat(3_000_000) });
    expect(large.status).toBe(413);
    expect(await world.state()).toBe('active');
  });

  it('renews a lease before it ends', async () => {
    await world.look();
    now += 7 * day;
    await world.look();
    expect(world.hub.asked).toHaveLength(1);
    now += day;
    await world.look();
    expect(world.hub.asked).toHaveLength(2);
    expect(await world.subscriptions.get(feedId)).toMatchObject({ state: 'active', expiresAt: now + 10 * day });
  });

  it('asks a hub that is away ever less often', async () => {
    world.hub.answers = 500;
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      now = t0 + minute * 60_000;
      await world.look();
    }
    expect(world.hub.asked.length).toBeGreaterThan(3);
    expect(world.hub.asked.length).toBeLessThan(10);
    expect(world.troubles[0]).toBe('HTTP 500');
    world.hub.answers = 202;
    now += 2 * day;
    await world.look();
    expect(await world.state()).toBe('active');
  });

  it('ends what it asked for when the source is gone', async () => {
    await world.look();
    await world.frontier.removeSource('s');
    now += hour;
    await world.look();
    expect(world.hub.asked.at(-1)?.get('hub.mode')).toBe('unsubscribe');
    expect(world.hub.verified.at(-1)).toBe(200);
    expect(await world.subscriptions.list()).toEqual([]);
    expect(await world.hub.publish('<rss/>')).toBe(410);
  });

  it('asks no hub that is not public, unless told', async () => {
    await using poster = createPoster({ userAgent: 'newsmill/test' });
    const look = createSubscriber({
      ...{ subscriptions: world.subscriptions, frontier: world.frontier, poster, callbackUrl: 'http://x.test' },
      ...{ clock: () => now, onTrouble: (what: string) => world.troubles.push(what) },
    });
    await look();
    expect(world.hub.asked).toEqual([]);
    expect(world.troubles).toEqual([expect.stringMatching(/private_address|port_refused/)]);
  });
});
