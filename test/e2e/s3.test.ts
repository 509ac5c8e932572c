import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openArchive } from '../../packages/archive/src/index.ts';
import { type S3Server, startS3 } from '../../packages/archive/src/s3/server.fixture.ts';
import { urlIdOf } from '../../packages/core/src/url/index.ts';
import type { LocalService } from '../../services/cli/src/local.ts';
import { progressOf } from '../../services/cli/src/progress.ts';
import { createWorld, type World } from './world.ts';

/** Real services with their archive in a bucket, which goes away in the middle. */
let s3: S3Server;
let way: Way;
let world: World;

interface Way extends AsyncDisposable {
  readonly url: string;
  close(): void;
  open(): Promise<void>;
}

/** A way to a server that can be closed: connections break, and new ones are refused. */
async function openWay(target: string): Promise<Way> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let server: Server = createServer();
  let own = 0;
  const open = async () => {
    server = createServer((socket) => {
      const onward = connect(Number(port), hostname);
      for (const end of [socket, onward]) {
        sockets.add(end);
        end.on('error', () => undefined).on('close', () => [socket, onward].forEach((each) => void each.destroy()));
      }
      socket.pipe(onward).pipe(socket);
    });
    await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve));
    own = (server.address() as { port: number }).port;
  };
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  await open();
  return {
    url: `http://127.0.0.1:${own}`,
    open,
    close,
    async [Symbol.asyncDispose]() {
      close();
    },
  };
}

beforeAll(async () => {
  s3 = await startS3();
  way = await openWay(s3.options.endpoint);
  const { accessKeyId, secretAccessKey } = await s3.options.keys(false);
  world = await createWorld({
    redisUrl: inject('redisUrl'),
    elasticsearchUrl: inject('elasticsearchUrl'),
    environment: {
      ARCHIVE: 's3',
      S3_ENDPOINT: way.url,
      S3_BUCKET: s3.options.bucket,
      S3_PREFIX: 'e2e/',
      S3_ACCESS_KEY_ID: accessKeyId,
      S3_SECRET_ACCESS_KEY: secretAccessKey,
      S3_FLUSH_MS: '50',
      // Slow enough that much is still to be fetched when the bucket goes away.
      HOST_DELAY_MS: '250',
      // What was taken and not kept falls due again after a multiple of these.
      FETCH_TIMEOUT_MS: '3000',
      QUEUE_LOCK_MS: '5000',
    },
  });
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
  await s3?.[Symbol.asyncDispose]();
});

async function until(look: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  for (const deadline = performance.now() + timeoutMs; !(await look()); ) {
    if (performance.now() > deadline) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const problems = async ({ healthUrl }: LocalService): Promise<string> => (await fetch(`${healthUrl}/readyz`)).text();

it('keeps captures in a bucket, fetches nothing while it is away, and loses nothing', async () => {
  const [crawler] = await Promise.all([world.start('crawler'), world.start('parser'), world.start('indexer')]);
  await world.addSites(['http://www.longyuan.test/']);
  const fetched = async () => {
    const { indexed, skipped, parsed } = progressOf(await world.frontier.balance());
    return indexed + skipped + parsed;
  };
  await until(async () => (await fetched()) >= 5, 60_000);

  way.close();
  await until(async () => (await problems(crawler)).includes('does not answer'), 60_000);
  const metrics = async () => (await fetch(`${crawler.healthUrl}/metrics`)).text();
  await until(async () => /newsmill_intake_paused\{reason="archive_away".*\} 1/.test(await metrics()), 10_000);
  expect(progressOf(await world.frontier.balance())).toMatchObject({ quarantined: 0 });
  expect(progressOf(await world.frontier.balance()).open).toBeGreaterThan(0);

  await way.open();
  await world.drained(150_000);
  const progress = progressOf(await world.frontier.balance());
  expect(progress).toMatchObject({ quarantined: 0, open: 0 });
  expect(progress.indexed).toBeGreaterThan(15);
  expect(await problems(crawler)).not.toContain('archive');

  // What the index refers to is there.
  const { accessKeyId, secretAccessKey } = await s3.options.keys(false);
  await using archive = openArchive({
    ...{ type: 's3', endpoint: s3.options.endpoint, region: 'us-east-1', bucket: s3.options.bucket },
    ...{
      prefix: 'e2e/',
      flushMs: 50,
      accessKeyId: { value: accessKeyId },
      secretAccessKey: { value: secretAccessKey },
    },
  });
  const captures = await Array.fromAsync(archive.scan());
  expect(captures.length).toBeGreaterThanOrEqual(progress.indexed);
  const refs = new Set(captures.map(({ ref }) => ref));
  const urls = new Set(captures.map(({ capture }) => capture.url));
  const stored = await Promise.all([...urls].map((url) => world.index.get(urlIdOf(url))));
  const articles = stored.flatMap((found) => (found === undefined ? [] : [found.article]));
  expect(articles).toHaveLength(progress.indexed);
  expect(articles.filter(({ captureRef = '' }) => !refs.has(captureRef))).toEqual([]);
});
