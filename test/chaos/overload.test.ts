import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { describe, expect, inject, it } from 'vitest';
import { pipeline } from '../../packages/contracts/src/index.ts';
import { hostIdOf, urlIdOf } from '../../packages/core/src/url/index.ts';
import { createChaosWorld } from './world/chaos-world.ts';
import { startServer } from './world/server-process.ts';
import { until } from './world/until.ts';

const connectionsMax = 100;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly agent?: Agent;
}

/** A request on a connection of its own unless told; its status, or the code of the error that ended it. */
function ask(port: number, { path, method = 'GET', headers = {}, body, agent }: Asked): Promise<number | string> {
  return new Promise((resolve) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers, agent: agent ?? false });
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.once('response', (answer: IncomingMessage) => {
      answer.resume().once('close', () => resolve(answer.statusCode ?? 0));
    });
    sent.end(body);
  });
}

/** Connections that send this and then wait; resolves when all are made. */
async function hold(port: number, count: number, text: string): Promise<Socket[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      await new Promise((resolve) => socket.once('connect', resolve));
      socket.write(text);
      return socket;
    }),
  );
}

const times = <Value>(count: number, make: (at: number) => Value): Value[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** URLs that are due before anybody works; `pnpm chaos overload --backlog 1000000` for a whole day of them. */
const urls = Number(process.env.CHAOS_BACKLOG ?? 20_000);
/** A file for the figures. */
const report = process.env.CHAOS_REPORT;
/** Of these URLs; the first has half of them. */
const hosts = 20;
/** Turns at once. */
const concurrency = 4;
/** Jobs of a queue that nobody has emptied: ten times its mark, or as many as URLs. */
const jobs = Math.max(10_000, urls);

const hostOf = (line: Record<string, unknown>): string => String(line.jobId).replace(/-\d+$/, '');

/** How many files a running process may open. Throws where there is no prlimit. */
const limitFiles = (pid: number, count: number): void =>
  void execFileSync('prlimit', ['--pid', String(pid), `--nofile=${count}:`], { stdio: 'ignore' });

function mayLimit(): boolean {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
    return process.platform === 'linux';
  } catch {
    return false;
  }
}

describe.concurrent('more than anybody planned for', () => {
  it('F38: the API under attack while the pipeline runs: it answers who has a right to it, and the crawl does not notice', async () => {
    await using world = await createChaosWorld({
      redisUrl: inject('redisUrl'),
      elasticsearchUrl: inject('elasticsearchUrl'),
      env: { PARSER_PROCESSES: '1' },
    });
    const workers = await Promise.all(
      (['crawler', 'parser', 'indexer'] as const).map((name) => world.startInside(name)),
    );
    const api = await world.start('api', {
      env: {
        API_KEYS: ['reader', 'greedy'].map((name) => `${name}:${sha256(name)}`).join(','),
        API_RATE_PER_MINUTE: '400',
        API_CONNECTIONS_MAX: String(connectionsMax),
      },
      // What it holds for an attacker beyond this ends it.
      nodeArguments: ['--max-old-space-size=128'],
    });
    const port = api.apiPort;
    const reader = { 'x-api-key': 'reader' };
    const greedy = { 'x-api-key': 'greedy' };
    // Elasticsearch has its limits of time, which a busy machine may reach: then the next one is served.
    const othersAreServed = () =>
      until(
        'others are served',
        async () =>
          (await ask(port, { path: '/healthz' })) === 200 &&
          (await ask(port, { path: '/search?q=%E5%B7%A5%E7%A8%8B', headers: reader })) === 200,
        60_000,
      );
    await world.add(3);
    await othersAreServed();

    // Slow senders, many more than may be connected: of a head, and of a body.
    const slow = [
      ...(await hold(port, 200, 'GET /search?q=a HTTP/1.1\r\nhost: a\r\nx-slow: ')),
      ...(await hold(
        port,
        20,
        'POST /saved-searches HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{',
      )),
    ];
    await othersAreServed();
    await until(
      'the eldest of them had to go',
      () => slow.filter(({ destroyed }) => destroyed).length >= 220 - connectionsMax,
    );

    // Who guesses keys.
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const guesses = await Promise.all(
      times(450, (at) => ask(port, { path: '/search?q=a', headers: { 'x-api-key': `guess ${at}` }, agent })),
    );
    agent.destroy();
    expect(guesses.filter((answer) => answer !== 401 && answer !== 429)).toEqual([]);
    await othersAreServed();

    // What nobody means well with, from one who has a key.
    const odd: [answers: readonly (number | string)[], asked: Asked][] = [
      [[431, 'ECONNRESET', 'EPIPE'], { path: '/search?q=a', headers: { ...greedy, 'x-long': 'a'.repeat(100_000) } }],
      [[414, 431, 'ECONNRESET', 'EPIPE'], { path: `/search?q=${'a'.repeat(200_000)}`, headers: greedy }],
      [[200, 400, 503], { path: `/search?q=${'*'.repeat(400)}`, headers: greedy }],
      [[200, 400, 503], { path: `/search?q=${encodeURIComponent('a* *b ?c* '.repeat(40))}`, headers: greedy }],
      [[400], { path: '/search?size=1000000', headers: greedy }],
      [[400], { path: '/search?from=0&size=100&cursor=AAAA', headers: greedy }],
      [[400], { path: '/search?q=a&page=99999999', headers: greedy }],
      [
        [413, 'ECONNRESET', 'EPIPE'],
        {
          path: '/saved-searches',
          method: 'POST',
          headers: { ...greedy, 'content-type': 'application/json' },
          body: 'a'.repeat(3_000_000),
        },
      ],
      [
        [400],
        {
          path: '/saved-searches',
          method: 'POST',
          headers: { ...greedy, 'content-type': 'application/json' },
          body: '{"name": "a", ',
        },
      ],
      [
        [400],
        {
          path: '/saved-searches',
          method: 'POST',
          headers: { ...greedy, 'content-type': 'application/json' },
          body: '['.repeat(30_000),
        },
      ],
    ];
    for (const [answers, asked] of odd) {
      for (const answer of await Promise.all(times(5, () => ask(port, asked)))) {
        expect(answers, `${asked.method ?? 'GET'} ${asked.path.slice(0, 60)}: ${answer}`).toContain(answer);
      }
    }
    await othersAreServed();

    // Twice as many expensive searches at once as one may have, and another reader among them.
    const facets = 'facets=site,publisher,source,origin,section,language,year&didYouMean=true&size=100';
    const storm = times(64, (at) =>
      ask(port, { path: `/search?q=${encodeURIComponent(`工程 公园 ${at}`)}&${facets}`, headers: greedy }),
    );
    await othersAreServed();
    // With the slow senders there are more connections than may be: a place may be wanted.
    const fair: readonly (number | string)[] = [200, 429, 503, 'ECONNRESET'];
    expect((await Promise.all(storm)).filter((answer) => !fair.includes(answer))).toEqual([]);

    // Whoever takes no answer.
    const takers = await hold(
      port,
      20,
      `GET /openapi.json HTTP/1.1\r\nhost: a\r\nx-api-key: greedy\r\n\r\n`.repeat(20),
    );
    for (const socket of takers) socket.pause();
    await othersAreServed();
    for (const socket of takers) socket.destroy();

    await world.settled(120_000);
    expect(await world.faults()).toEqual([]);
    for (const { lines } of workers) expect(lines.filter(({ verdict }) => verdict === 'retried')).toEqual([]);
    await othersAreServed();
    // Ten seconds for a request, and two until somebody looks.
    await until('no slow sender is left', () => slow.every(({ destroyed }) => destroyed), 30_000);
  });

  it('F37: a day’s backlog costs what it may, and no host, new source or question waits for all of it', {
    timeout: 3_600_000,
  }, async () => {
    await using redis = await startServer('redis', { appendFsync: 'everysec' });
    const admin = new Redis(redis.url);
    using ends = new DisposableStack();
    ends.defer(() => admin.disconnect());
    const figure = async (section: string, name: string) =>
      Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(await admin.info(section))?.[1]);
    const memory = () => figure('memory', 'used_memory');
    const commands = () => figure('stats', 'total_commands_processed');
    /** What something asks of Redis. */
    const costOf = async (work: () => Promise<unknown>): Promise<number> => {
      const before = await commands();
      await work();
      return (await commands()) - before;
    };
    await using world = await createChaosWorld({
      redisUrl: redis.url,
      elasticsearchUrl: inject('elasticsearchUrl'),
      env: { CRAWLER_CONCURRENCY: String(concurrency), TURN_MS: '300', PARSER_PROCESSES: '1', QUEUE_LOCK_MS: '30000' },
    });
    const { frontier, queue } = world.pipeline;
    const names = await world.add(hosts);
    const empty = await memory();
    const now = Date.now();
    for (const [at, host] of names.entries()) {
      const count = Math.ceil(at === 0 ? urls / 2 : urls / 2 / (hosts - 1));
      for (let first = 0; first < count; first += 500) {
        const found = Array.from({ length: Math.min(500, count - first) }, (_, n) => ({
          ...{ url: `http://${host}/archive/2026/03/news-of-that-day-${first + n}.html`, kind: 'article' as const },
          ...{ sourceId: host, depth: 1, standing: true },
        }));
        await frontier.admit(found, now);
      }
    }
    const known = await memory();
    for (let first = 0; first < jobs; first += 1_000) {
      const batch = Array.from({ length: 1_000 }, (_, n) => {
        const url = `http://${names[0]}/left/${first + n}.html`;
        const urlId = urlIdOf(url);
        const job = {
          v: 1,
          urlId,
          hostId: hostIdOf(url),
          generation: 1,
          url,
          captureRef: `20260301-000000.warc.gz#${n}+900`,
        };
        return { id: `${urlId}-1`, payload: job };
      });
      await queue.add(pipeline.parse.queue, batch);
    }
    const queued = await memory();
    const figures = { bytesPerUrl: (known - empty) / urls, bytesPerJob: (queued - known) / jobs };
    expect(figures.bytesPerUrl).toBeLessThan(250);
    expect(figures.bytesPerJob).toBeLessThan(1_000);

    // What holds a part of it in memory ends here.
    const crawler = await world.start('crawler', { nodeArguments: ['--max-old-space-size=128'] });
    const scrape = async () => (await fetch(`${crawler.healthUrl}/metrics`)).text();
    await until('it does not add to what nobody takes', async () =>
      (await scrape()).includes('newsmill_intake_paused{reason="parse_queue",service="crawler"} 1'),
    );
    expect(world.hosts.asked).toEqual([]);
    // Also what the crawler asks for itself meanwhile, twice a second.
    const looks = { metrics: await costOf(scrape), status: await costOf(() => world.progress()) };
    expect(looks.metrics).toBeLessThan(200);
    expect(looks.status).toBeLessThan(200);

    const atWork = await costOf(async () => {
      // An operator who gives it up.
      for await (const keys of admin.scanStream({ match: `${world.redisPrefix}:parse:*`, count: 10_000 })) {
        if ((keys as string[]).length > 0) await admin.unlink(...(keys as string[]));
      }
      await until('it fetches', () => world.hosts.asked.length > 0);
    });
    // Nobody goes through all of it first.
    expect(atWork).toBeLessThan(urls / 2);
    await Promise.all([world.startInside('parser'), world.startInside('indexer')]);
    const turns = async () => (await crawler.log()).filter(({ verdict }) => verdict === 'done');
    // However much one host has: nobody has a second turn before each has begun his first.
    await until('every host had a turn', async () => new Set((await turns()).map(hostOf)).size === hosts, 60_000);
    const order = (await turns()).map(hostOf);
    const second = order.findIndex((host, at) => order.indexOf(host) < at);
    expect(second === -1 ? hosts : second).toBeGreaterThanOrEqual(hosts - concurrency);

    // Who comes now waits for one turn of each host, not for their backlog.
    const [newcomer = ''] = await world.add(1);
    const before = (await turns()).length;
    const newId = hostIdOf(`http://${newcomer}/`);
    await until(
      'the new source has its turn',
      async () => (await turns()).some((line) => hostOf(line) === newId),
      60_000,
    );
    const waited = (await turns()).findIndex((line) => hostOf(line) === newId) - before;
    expect(waited).toBeLessThanOrEqual(hosts + 2 * concurrency);
    if (report !== undefined) {
      const all = {
        urls,
        jobs,
        ...figures,
        commands: { ...looks, firstFetch: atWork },
        turnsWaited: waited,
      };
      await writeFile(report, `${JSON.stringify(all, undefined, 2)}\n`);
    }
    crawler.signal('SIGTERM');
    expect(await crawler.ended).toBe(0);
    expect((await world.audit()).findings).toEqual([]);
  });

  it.skipIf(!mayLimit())(
    'a crawler that may open no more files: no host is blamed, and it goes on when it may',
    async () => {
      await using world = await createChaosWorld({
        redisUrl: inject('redisUrl'),
        elasticsearchUrl: inject('elasticsearchUrl'),
        env: { PARSER_PROCESSES: '1' },
      });
      await Promise.all([world.startInside('parser'), world.startInside('indexer')]);
      const crawler = await world.start('crawler');
      await world.add(1);
      await until('the crawl is under way', async () => (await world.progress()).indexed > 0);
      const open = (await readdir(`/proc/${crawler.pid}/fd`)).length;
      // Some of those that are open may close meanwhile.
      limitFiles(crawler.pid, open - 8);
      await world.add(2);
      const postponed = async () => (await crawler.log()).filter(({ verdict }) => verdict === 'postponed').length;
      await until('it meets its limit', async () => (await postponed()) >= 2);
      limitFiles(crawler.pid, 4_096);
      await world.settled();
      expect(await world.faults()).toEqual([]);
    },
  );
});
