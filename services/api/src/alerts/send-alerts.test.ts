import type { ServerResponse } from 'node:http';
import { createPoster } from '@newsmill/fetch';
import { createMemoryIndex } from '@newsmill/search-index';
import { fixtureArticle } from '@newsmill/search-index/testing';
import { expect, it, onTestFinished } from 'vitest';
import { savedSearch } from './conformance.ts';
import { createMemoryAlertStore } from './memory-store.ts';
import { isSigned, startReceiver } from './receiver.fixture.ts';
import { createAlerts, overlapMs } from './send-alerts.ts';
import { newSecret } from './signature.ts';

const t0 = Date.parse('2026-03-01T00:00:00Z');
const minute = 60_000;
const ok = (_: number, response: ServerResponse) => void response.writeHead(204).end();

async function setUp(answer: (number: number, response: ServerResponse) => void = ok) {
  let now = t0;
  const receiver = await startReceiver(answer);
  const poster = createPoster({
    userAgent: 'newsmill-test',
    allowCidrs: ['127.0.0.0/8'],
    allowPorts: [receiver.port],
    totalMs: 1_000,
  });
  onTestFinished(async () => {
    await poster[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });
  const index = createMemoryIndex();
  const store = createMemoryAlertStore(() => now);
  const troubles: unknown[] = [];
  const deps = {
    index,
    poster,
    clock: () => now,
    random: () => 0.5,
    onTrouble: (error: unknown) => troubles.push(error),
  };
  const search = savedSearch({ webhook: receiver.url, secret: newSecret(), createdAt: new Date(t0).toISOString() });
  await store.create(search);
  return {
    receiver,
    store,
    search,
    troubles,
    look: createAlerts({ ...deps, store }).lookRound,
    lookPausing: createAlerts({ ...deps, store, pauseMs: 10_000 }).lookRound,
    lookWith: (other: typeof store) => createAlerts({ ...deps, store: other }).lookRound(),
    pass: (ms: number) => {
      now += ms;
    },
    /** An article that was stamped `agoMs` before now and can be found from now on. */
    add: (n: number, agoMs = 0, headline = `兰州 ${n}`) =>
      index.write([
        fixtureArticle({
          url: `https://a.example/${n}`,
          headline,
          firstIndexedAt: new Date(now - agoMs).toISOString(),
        }),
      ]),
  };
}

it('sends what has newly come in, signed, once', async () => {
  const { receiver, search, look, add, pass, troubles } = await setUp();
  await add(0, minute);
  await add(1);
  await add(2, 0, '天气');
  pass(1_000);
  await look();
  await look();
  expect(receiver.received.map(({ articles }) => articles)).toEqual([['兰州 1']]);
  const [request] = receiver.received;
  if (request === undefined) throw new Error('nothing came');
  expect(isSigned(request, search.secret)).toBe(true);
  expect(isSigned({ ...request, content: request.content.replace('兰州', '蘭州') }, search.secret)).toBe(false);
  expect(isSigned(request, newSecret())).toBe(false);
  expect(Math.abs(Number(request.headers['webhook-timestamp']) - t0 / 1_000)).toBeLessThan(5);
  expect(JSON.parse(request.content)).toMatchObject({
    type: 'articles.matched',
    search: { id: search.id, name: '兰州', query: { q: '兰州' } },
    articles: [{ url: 'https://a.example/1', site: { domain: 'a.example' } }],
  });
  expect(request.content).not.toContain('Body.');
  expect(troubles).toEqual([]);
});

it('sends the same again, later each time, until the receiver has taken it; what comes in meanwhile follows', async () => {
  const answers: ((response: ServerResponse) => void)[] = [
    (response) => response.writeHead(500).end(),
    (response) => response.socket?.destroy(),
    (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    // Never answers: given up after a second.
    () => undefined,
    (response) => response.writeHead(200).end('thanks'),
  ];
  const { receiver, store, search, look, add, pass } = await setUp((number, response) =>
    (answers[number - 1] ?? ((each: ServerResponse) => each.writeHead(200).end()))(response),
  );
  await add(1);
  const waits: number[] = [];
  for (let failures = 1; failures <= 4; failures += 1) {
    await look();
    const state = await store.state(search.id);
    expect(state).toMatchObject({ failures });
    waits.push((state?.nextAtMs ?? 0) - t0);
    // Not yet.
    await look();
    expect(receiver.received).toHaveLength(failures);
    await add(1 + failures);
    pass(60 * minute);
  }
  expect(waits.map((wait, at) => wait - (waits[at - 1] ?? 0)).every((step) => step > 0)).toBe(true);
  await look();
  const [first] = receiver.received;
  expect(receiver.received.slice(0, 5).map(({ id, content }) => [id, content])).toEqual(
    Array.from({ length: 5 }, () => [first?.id, first?.content]),
  );
  expect(receiver.received.slice(5).map(({ articles }) => articles)).toEqual([
    ['兰州 2', '兰州 3', '兰州 4', '兰州 5'],
  ]);
  expect((await store.log(search.id)).map(({ outcome, status, reason }) => [outcome, status ?? reason])).toEqual([
    ['delivered', 200],
    ['delivered', 200],
    ['failed', 'timeout_total'],
    ['failed', 302],
    ['failed', 'connection_reset'],
    ['failed', 500],
  ]);
  expect(await store.state(search.id)).toMatchObject({ failures: 0, deliveries: 2, articles: 5 });
});

it('finds what could be searched only minutes after it was stamped', async () => {
  const { receiver, look, add, pass } = await setUp();
  pass(20 * minute);
  await add(1);
  await look();
  pass(overlapMs - minute);
  await add(2, overlapMs - 2 * minute);
  await look();
  expect(receiver.received.map(({ articles }) => articles)).toEqual([['兰州 1'], ['兰州 2']]);
});

it('sends again what it died over, under the id that the receiver knows', async () => {
  const { receiver, store, search, look, lookWith, add, pass } = await setUp();
  await add(1);
  // Dies when the receiver has taken it and before that is written down: the second commit of the step.
  let commits = 0;
  await lookWith({
    ...store,
    commit: async (...step) => ++commits < 2 && store.commit(...step),
    release: async () => undefined,
  });
  await look();
  expect(receiver.received).toHaveLength(1);
  // Another process takes over when the lease has run out.
  pass(3 * minute);
  await look();
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[1]?.id).toBe(receiver.received[0]?.id);
  expect(await store.state(search.id)).toMatchObject({ deliveries: 1 });
});

it('sends a burst in parts, each article once, also when several processes look at once', async () => {
  const { receiver, look, add, pass } = await setUp();
  const all = Array.from({ length: 330 }, (_, n) => n);
  for (const n of all) await add(n);
  pass(1_000);
  await Promise.all([look(), look(), look()]);
  await look();
  expect(receiver.received.map(({ articles }) => articles.length)).toEqual([50, 50, 50, 50, 50, 50, 30]);
  expect(new Set(receiver.received.flatMap(({ articles }) => articles)).size).toBe(330);
});

it('does not look again where another process has looked a moment ago', async () => {
  const { receiver, lookPausing, add, pass } = await setUp();
  await lookPausing();
  await add(1);
  pass(1_000);
  await lookPausing();
  expect(receiver.received).toEqual([]);
  pass(10_000);
  await lookPausing();
  expect(receiver.received).toHaveLength(1);
});

it('stops where nobody is, or nobody answers for days, and goes on where it stopped', async () => {
  let gone = true;
  const { receiver, store, search, look, add, pass } = await setUp((_, response) =>
    response.writeHead(gone ? 410 : 200).end(),
  );
  await add(1);
  await look();
  expect((await store.state(search.id))?.suspended).toMatchObject({ reason: 'the receiver is gone (410)' });
  pass(30 * 86_400_000);
  await look();
  expect(receiver.received).toHaveLength(1);
  gone = false;
  await store.resume(search.id, t0 + 30 * 86_400_000);
  await look();
  expect(receiver.received.map(({ id }) => id)).toEqual([receiver.received[0]?.id, receiver.received[0]?.id]);

  const failing = await setUp((_, response) => response.writeHead(503, { 'retry-after': '5400' }).end());
  await failing.add(1);
  await failing.look();
  // As long as the receiver asks for, but never over an hour.
  expect((await failing.store.state(failing.search.id))?.nextAtMs).toBe(t0 + 60 * minute);
  for (let hours = 0; hours < 80; hours += 1) {
    failing.pass(61 * minute);
    await failing.look();
  }
  expect((await failing.store.state(failing.search.id))?.suspended).toMatchObject({
    reason: 'the receiver has failed for 3 days',
  });
});
