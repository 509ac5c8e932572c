import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMemoryArchive } from '@newsmill/archive';
import type { Source, VisitJob } from '@newsmill/contracts';
import { balanceLabel } from '@newsmill/core/schedule';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import { createFetcher, type Fetcher } from '@newsmill/fetch';
import { createMemoryFrontier, createSourceCache, type FoundUrl } from '@newsmill/frontier';
import { afterEach, describe, expect, it } from 'vitest';
import { createRobotsRules } from './robots-rules.ts';
import { createVisit } from './visit.ts';

type Answer = { status?: number; headers?: Record<string, string>; body?: string };
const t0 = Date.parse('2026-01-01T00:00:00Z');
const minute = 60_000;
const url = 'http://www.a.test/list';
const hostId = hostIdOf(url);
let worlds: AsyncDisposable[] = [];
afterEach(async () => {
  for (const world of worlds) await world[Symbol.asyncDispose]();
  worlds = [];
});

/** One crawler with a clock of ours, before a real server. Pauses move the clock instead of taking time. */
async function createWorld(
  answer: (request: IncomingMessage, count: number) => Answer,
  over: Partial<Source> = {},
  robots?: string,
  fetch?: Fetcher['fetch'],
) {
  const requests: { path: string; at: number; conditional: boolean }[] = [];
  let now = t0;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const { 'if-none-match': tag, 'if-modified-since': since } = request.headers;
    requests.push({ path, at: now, conditional: (tag ?? since) !== undefined });
    const count = requests.filter((one) => one.path === path).length;
    const {
      status = 200,
      headers = {},
      body = '',
    } = path === '/robots.txt' ? (robots === undefined ? { status: 404 } : { body: robots }) : answer(request, count);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fetcher = createFetcher({
    userAgent: 'newsmill/test',
    resolve: { '*.test': `127.0.0.1:${port}` },
    allowCidrs: ['127.0.0.0/8'],
  });
  worlds.push({
    async [Symbol.asyncDispose]() {
      await fetcher[Symbol.asyncDispose]();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  const frontier = createMemoryFrontier();
  const archive = createMemoryArchive();
  await frontier.putSource({
    ...{ id: 's', name: 'S', url: 'http://www.a.test/', domain: 'a.test', mode: 'standing', depthMax: 8 },
    addedAt: new Date(t0).toISOString(),
    ...over,
  });
  const handle = createVisit({
    frontier,
    archive,
    fetcher: fetch === undefined ? fetcher : { ...fetcher, fetch },
    robotsRules: createRobotsRules(frontier),
    sources: createSourceCache(frontier),
    mayContact: () => undefined,
    agent: 'newsmill',
    hostDelayMs: 1_000,
    turnMs: 20_000,
    retryBaseMs: 5_000,
    leaseMs: 30_000,
    workerId: 'w',
    clock: () => now,
    pause: async (ms) => {
      now += Math.max(0, ms);
    },
  });
  const never = new AbortController().signal;
  let next: { job: VisitJob; dueAt: number } | undefined;
  return {
    frontier,
    archive,
    requests,
    row: (of = url) => frontier.getUrl(of),
    async admit(...found: Partial<FoundUrl>[]) {
      const all = found.map((one) => ({
        url,
        kind: 'section' as const,
        sourceId: 's',
        depth: 1,
        standing: true,
        ...one,
      }));
      next = (await frontier.admit(all, now)).turns[0] ?? next;
    },
    /** Runs the host's next turn, at its time. Returns the parse jobs that it emitted. */
    async visit(): Promise<string[]> {
      if (next === undefined) throw new Error('the host has no turn');
      now = Math.max(now, next.dueAt);
      const context = { signal: never, stopping: never, attempt: 1, note: () => undefined };
      const running = handle(next.job, context);
      if (!(Symbol.asyncIterator in running)) throw new Error('a visit is a generator');
      const parses: string[] = [];
      next = undefined;
      for (;;) {
        const step = await running.next();
        const emitted = step.done ? ('emit' in step.value ? (step.value.emit ?? []) : []) : [step.value];
        for (const one of emitted) {
          if (one.to === 'parse') parses.push(one.job.url);
          else if (one.to === 'visit') next = { job: one.job, dueAt: now + (one.delayMs ?? 0) };
        }
        if (step.done) return parses;
      }
    },
    /** What the parser would say of a list. */
    async parsed(newLinks: number) {
      const row = await frontier.getUrl(url);
      const outcome = { verdict: 'skipped', reason: 'section_page' } as const;
      const event = { type: 'finalized', outcome, generation: row?.generation ?? 0, newLinks } as const;
      next = (await frontier.record(hostId, urlIdOf(url), event, now))?.turn ?? next;
    },
    dueAt: () => next?.dueAt,
    now: () => now,
  };
}

describe('a visit', () => {
  it('hands nothing to the parser when a list came back with the same bytes', async () => {
    const world = await createWorld((_, count) => ({ body: count < 3 ? 'same' : 'other' }));
    await world.admit({});
    expect(await world.visit()).toEqual([url]);
    await world.parsed(2);
    expect(await world.visit()).toEqual([]);
    expect(await world.row()).toMatchObject({ state: 'final', generation: 1, intervalMs: 22.5 * minute });
    expect(await world.visit()).toEqual([url]);
  });

  it('blames neither host nor URL when this process may open no more connections', async () => {
    const world = await createWorld(
      () => ({}),
      {},
      undefined,
      async (asked) => ({ type: 'failed', code: 'no_resources', url: asked, hops: [] }),
    );
    await world.admit({});
    await expect(world.visit()).rejects.toMatchObject({ name: 'RetryLaterError', delayMs: 5_000 });
    expect(await world.row()).toMatchObject({ state: 'accepted', generation: 0 });
    expect((await world.row())?.failures).toBeUndefined();
    expect(await world.frontier.getRobots(hostId)).toBeUndefined();
  });

  // F35 and F34: as an operator of the site would see it, hour by hour.
  it.each<[what: string, away: Answer | 'no answer']>([
    ['503', { status: 503 }],
    ['500', { status: 500 }],
    ['broken connections', 'no answer'],
  ])('asks a host that is away for an hour (%s) ever less, and gives up none of its pages', async (_, away) => {
    const hour = 60 * minute;
    let now = () => t0;
    const world = await createWorld((request) => {
      if (now() >= t0 + hour) return { body: `page ${request.url}` };
      if (away === 'no answer') request.socket.destroy();
      return away === 'no answer' ? {} : away;
    });
    ({ now } = world);
    const pages = [url, ...[1, 2, 3].map((n) => `http://www.a.test/${n}`)];
    await world.admit(...pages.map((page) => ({ url: page, kind: 'article' as const })));
    // robots.txt was read in good times.
    await world.frontier.putRobots(hostId, { type: 'allow', fetchedAt: t0 }, 24 * hour);
    const parses: string[] = [];
    for (let visits = 0; parses.length < pages.length && visits < 200; visits += 1) {
      const due = world.dueAt();
      if (due === undefined) break;
      parses.push(...(await world.visit()));
    }
    expect(parses.toSorted()).toEqual(pages.toSorted());
    const during = world.requests.filter(({ at }) => at < t0 + hour);
    expect(during.length).toBeGreaterThan(8);
    // Fifteen, or so: after the first minute less than one each minute.
    expect(during.filter(({ at }) => at >= t0 + minute).length).toBeLessThan(20);
    // And all within minutes of its return.
    expect(world.now() - t0 - hour).toBeLessThan(15 * minute);
  });

  it('notes in the archive that a page was seen again as it was, and which capture that is', async () => {
    const world = await createWorld((_, count) => (count === 3 ? { status: 304 } : { body: 'same' }));
    await world.admit({});
    for (let look = 0; look < 3; look += 1) {
      await world.visit();
      if (look === 0) await world.parsed(2);
    }
    const records = (await Array.fromAsync(world.archive.records())).map(({ record }) => record.toString());
    const field = (name: string) =>
      records.map((record) => new RegExp(`^${name}: (.*)\r$`, 'm').exec(record)?.[1]).slice(1);
    expect(field('WARC-Type')).toEqual(['response', 'request', 'revisit', 'revisit']);
    const [first] = field('WARC-Date');
    expect(field('WARC-Refers-To-Date').slice(2)).toEqual([first, first]);
    expect(field('WARC-Refers-To-Target-URI').slice(2)).toEqual([url, url]);
    expect(field('WARC-Profile').slice(2)).toEqual([
      'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest',
      'http://netpreserve.org/warc/1.1/revisit/server-not-modified',
    ]);
    const [digest, , again] = field('WARC-Payload-Digest');
    expect(again).toBe(digest);
  });

  it('brings back a cookie that a page insists on, and forgets it with the visit', async () => {
    const seen: (string | undefined)[] = [];
    const world = await createWorld(({ url: path, headers }) => {
      seen.push(`${path} ${headers.cookie ?? ''}`.trim());
      const again = { status: 302, headers: { location: path ?? '', 'set-cookie': 'seen=1; Path=/' } };
      return headers.cookie?.includes('seen=1') ? { body: `page ${path}` } : again;
    });
    const other = 'http://www.a.test/other';
    await world.admit({}, { url: other });
    expect((await world.visit()).toSorted()).toEqual([url, other].toSorted());
    expect(seen).toEqual(['/list', '/list seen=1', '/other seen=1']);
    await world.parsed(0);
    await world.visit();
    expect(seen[3]).toBe('/list');
    const at = world.requests.map((one) => one.at);
    expect(at.every((each, n) => n === 0 || each - (at[n - 1] ?? 0) >= 1_000)).toBe(true);
  });

  it('does not go round in circles with a page that sends to itself', async () => {
    const world = await createWorld(({ url: path }) => ({ status: 302, headers: { location: path ?? '' } }));
    await world.admit({ kind: 'article' });
    await world.visit();
    expect(world.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/list']);
    expect(await world.row()).toMatchObject({ outcome: { reason: 'too_many_redirects' } });
  });

  it('asks without validators now and then, and never again when they were a lie', async () => {
    const world = await createWorld(({ headers }, count) => {
      const tag = { etag: '"always"' };
      return headers['if-none-match'] ? { status: 304, headers: tag } : { headers: tag, body: `news ${count}` };
    });
    await world.admit({});
    await world.visit();
    await world.parsed(3);
    for (let look = 0; look < 5; look += 1) expect(await world.visit()).toEqual([]);
    expect(await world.visit()).toEqual([url]);
    await world.parsed(1);
    expect(await world.row()).toMatchObject({ distrusted: true });
    await world.visit();
    const conditional = world.requests.filter((one) => one.path === '/list').map((one) => one.conditional);
    expect(conditional).toEqual([false, ...Array<boolean>(5).fill(true), false, false]);
  });

  it('leaves the whole host alone for as long as it asks, up to an hour', async () => {
    const world = await createWorld(({ url: path }) =>
      path === '/busy' ? { status: 503, headers: { 'retry-after': '600' } } : { body: 'x' },
    );
    await world.admit({ url: 'http://www.a.test/busy' }, { url: 'http://www.a.test/2' });
    await world.visit();
    expect(world.requests.map((one) => one.path)).toEqual(['/robots.txt', '/busy']);
    const asked = world.now() + 600_000;
    expect(world.dueAt()).toBeGreaterThanOrEqual(asked);
    await world.visit();
    const [after] = world.requests.slice(2);
    expect(after?.path).toBe('/2');
    expect(after?.at).toBeGreaterThanOrEqual(asked);
  });

  it('looks at a list no sooner than its Cache-Control asks', async () => {
    const world = await createWorld(() => ({ headers: { 'cache-control': 'max-age=7200' }, body: 'x' }));
    await world.admit({});
    await world.visit();
    await world.parsed(5);
    expect(await world.row()).toMatchObject({ intervalMs: 120 * minute });
  });

  it('keeps the crawl-delay from robots.txt itself on', async () => {
    const world = await createWorld(() => ({ body: 'x' }), {}, 'user-agent: *\ncrawl-delay: 3');
    await world.admit({ url: 'http://www.a.test/1' }, { url: 'http://www.a.test/2' });
    await world.visit();
    const times = world.requests.map((one) => one.at);
    expect(world.requests.map((one) => one.path)).toEqual(['/robots.txt', '/1', '/2']);
    expect(times.slice(1).map((at, index) => at - (times[index] ?? 0) >= 3_000)).toEqual([true, true]);
  });

  it("keeps to its source's delay and scope", async () => {
    const world = await createWorld(() => ({ body: 'x' }), { delayMs: 5_000, exclude: ['/no/'] });
    await world.admit(
      { url: 'http://www.a.test/1' },
      { url: 'http://www.a.test/no/2' },
      { url: 'http://www.a.test/3' },
      { url: 'http://www.a.test/no/first', depth: 0 },
    );
    await world.visit();
    expect(world.requests.map((one) => one.path)).toEqual(['/robots.txt', '/1', '/3', '/no/first']);
    const gaps = world.requests.slice(1).map((one, at) => one.at - (world.requests[at]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5_000);
    const row = await world.row('http://www.a.test/no/2');
    expect(row && balanceLabel(row)).toBe('skipped:out_of_scope');
  });
});
