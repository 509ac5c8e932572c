import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Article } from '../../packages/contracts/src/index.ts';
import { indexJob } from '../../packages/contracts/src/index.ts';
import { createBullJobQueue } from '../../packages/queue/src/index.ts';
import { fixtureArticle } from '../../packages/search-index/src/fixture.ts';
import {
  type ArticleIndex,
  createElasticsearchClient,
  createElasticsearchIndex,
} from '../../packages/search-index/src/index.ts';
import { createBulkWriter } from '../../services/indexer/src/bulk-writer.ts';
import { type Fault, startFaultProxy } from '../../services/indexer/src/fault-proxy.ts';
import { casesOf, type HostileCase } from './case.ts';

const newPrefix = () => `test-${randomUUID().slice(0, 8)}-`;
const three = () => {
  const name = randomUUID();
  return Array.from({ length: 3 }, (_, n) => fixtureArticle({ url: `https://hostile.example/${name}/${n}` }));
};
const good = three();
const bad = (fields: object): Article =>
  ({ ...fixtureArticle({ url: 'https://hostile.example/bad' }), ...fields }) as Article;

/** The cases that need Redis and Elasticsearch themselves. */
export function writingCases(
  elasticsearchUrl: string,
  redisUrl: string,
): AsyncDisposable & { readonly cases: readonly HostileCase[] } {
  const direct = createElasticsearchClient({ url: elasticsearchUrl });
  const indexOf = async (prefix: string): Promise<ArticleIndex> => {
    const index = createElasticsearchIndex({ client: direct, prefix });
    await index.ensure();
    return index;
  };
  const sharedPrefix = newPrefix();
  let shared: Promise<ArticleIndex> | undefined;

  /** Runs with a writer to the index that the cases share, or another, through a proxy that fails as told. */
  async function through<T>(
    choose: Parameters<typeof startFaultProxy>[1],
    run: (tools: { index: ArticleIndex; write: (article: Article) => Promise<{ type: string }> }) => Promise<T>,
    prefix = sharedPrefix,
  ): Promise<T> {
    shared ??= indexOf(sharedPrefix);
    const index = prefix === sharedPrefix ? await shared : await indexOf(prefix);
    await using proxy = await startFaultProxy(elasticsearchUrl, choose);
    const client = createElasticsearchClient({ url: proxy.url });
    const writer = createBulkWriter({
      index: createElasticsearchIndex({ client, prefix }),
      backoff: { baseMs: 2, maxMs: 20 },
      lingerMs: 5,
    });
    try {
      return await run({ index, write: (article) => writer.write(article) });
    } finally {
      await writer.close({ signal: AbortSignal.timeout(5_000) });
      await client.close();
      if (prefix !== sharedPrefix) await index.drop();
    }
  }
  /** What becomes of one article among three good ones, and how many are there afterwards. */
  const among = (one: Article) => () =>
    through(
      () => 'pass',
      async ({ index, write }) => {
        const all = [one, ...three()];
        const verdicts = await Promise.all(all.map(write));
        const found = await Promise.all(all.map(({ id }) => (id.length > 500 ? undefined : index.get(id))));
        return [...verdicts.map(({ type }) => type), found.filter((each) => each !== undefined).length];
      },
    );
  const refused = ['rejected', 'indexed', 'indexed', 'indexed', 3];
  /** What becomes of an article when the first requests to write fail like this. */
  const afterFault = (fault: Fault) => () => {
    let faults = 0;
    const choose = ({ path }: { readonly path: string }): Fault => {
      if (!path.includes('_bulk')) return 'pass';
      faults += 1;
      return faults <= 3 ? fault : 'pass';
    };
    return through(choose, async ({ write }) => [(await write(good[0] as Article)).type, faults > 3]);
  };
  const items = (status: number, type: string) => ({
    status: 200,
    body: JSON.stringify({ errors: true, items: [{ index: { status, error: { type, reason: type } } }] }),
  });
  const written = ['indexed', true];

  const cases = [
    ...casesOf('indexer', [
      [
        'h-216',
        'a date that is none, in the middle of a bulk request',
        refused,
        among(bad({ datePublished: 'yesterday' })),
      ],
      ['h-218', 'an id of 600 bytes, which fails the whole request', refused, among(bad({ id: 'x'.repeat(600) }))],
      [
        'h-219',
        'an id with a line feed and an action in it',
        ['indexed', 'indexed', 'indexed', 'indexed', 4],
        among(bad({ id: 'a"}}\n{"delete":{"_id":"b' })),
      ],
      ['h-220', 'a field of another kind', refused, among(bad({ site: 'a text, not a card' }))],
      [
        'h-221',
        'an action of a bulk request in a headline',
        ['indexed', 'indexed', 'indexed', 'indexed', 4],
        among(bad({ headline: `"}\n{"delete":{"_id":"${good[0]?.id}"}}\n` })),
      ],
      ['h-223', 'the same field twice in a job', 'indexed', doubled],
      ['h-228', 'an index that is not there', ['waits', 'indexed'], missing],
      ['h-229', 'a write queue that is full', written, afterFault(items(429, 'es_rejected_execution_exception'))],
      ['h-230', 'a request that is refused because memory is short', written, afterFault({ status: 429 })],
      ['h-232', 'a state that is older than what is there', ['indexed', 'stale', '2026-03-02T00:00:00Z'], older],
    ]),
    ...casesOf('queue', [
      ['h-260', 'a failure of 2 MB, three times', true, async () => (await sizeOfFailed(2_000_000)) < 20_000],
      ['h-261', 'a result of 1 MB', 0, sizeOfDone],
    ]),
  ];
  return {
    cases,
    async [Symbol.asyncDispose]() {
      await (await shared)?.drop();
      await direct.close();
    },
  };

  /** JSON with a key twice keeps the last one before it reaches anybody. */
  async function doubled() {
    const article = JSON.stringify(good[0]).replace('{', '{"headline":"first",');
    const text = `{"v":1,"urlId":"${good[0]?.id}","hostId":"host","generation":1,"payload":{"type":"inline","article":${article}}}`;
    const { payload } = indexJob.parse(JSON.parse(text));
    if (payload.type !== 'inline') throw new Error('not inline');
    const inline = payload.article;
    return through(
      () => 'pass',
      async ({ write }) => (await write(inline)).type,
    );
  }

  async function missing() {
    // The second request says that the first one was not the end of it.
    const again = Promise.withResolvers<void>();
    let requests = 0;
    const choose = ({ path }: { readonly path: string }): Fault => {
      if (path.includes('_bulk')) requests += 1;
      if (requests === 2) again.resolve();
      return 'pass';
    };
    return through(
      choose,
      async ({ index, write }) => {
        await index.drop();
        const waiting = write(good[0] as Article);
        const first = await Promise.race([waiting.then(() => 'written'), again.promise.then(() => 'waits')]);
        await index.ensure();
        return [first, (await waiting).type];
      },
      newPrefix(),
    );
  }

  async function older() {
    return through(
      () => 'pass',
      async ({ index, write }) => {
        const [one] = good;
        const at = (fetchedAt: string) => ({ ...(one as Article), fetchedAt });
        const first = await write(at('2026-03-02T00:00:00Z'));
        const second = await write(at('2026-03-01T00:00:00Z'));
        return [first.type, second.type, (await index.get(one?.id ?? ''))?.article.fetchedAt];
      },
    );
  }

  /** Bytes in Redis of a job that failed three times with a message of that length. */
  async function sizeOfFailed(length: number): Promise<number> {
    const prefix = `test-${randomUUID()}`;
    const redis = new Redis(redisUrl);
    await using queue = createBullJobQueue({ redisUrl, prefix });
    const third = Promise.withResolvers<void>();
    queue.consume('hostile', { concurrency: 1 }, async ({ attempt }) => {
      if (attempt >= 4) third.resolve();
      const message = 'x'.repeat(length);
      return attempt >= 4 ? { type: 'postpone', delayMs: 60_000 } : { type: 'retry', delayMs: 1, message };
    });
    await queue.add('hostile', [{ id: 'j-1', payload: { n: 1 } }]);
    await third.promise;
    const sizes = await sizesOf(redis, `${prefix}:hostile:*`);
    redis.disconnect();
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Keys of a job that is done: nothing of what its handler gave is kept. */
  async function sizeOfDone(): Promise<number> {
    const prefix = `test-${randomUUID()}`;
    const redis = new Redis(redisUrl);
    await using queue = createBullJobQueue({ redisUrl, prefix });
    const done = Promise.withResolvers<void>();
    queue.consume('hostile', { concurrency: 1 }, async ({ payload }) => {
      if (payload === 'last') done.resolve();
      return { type: 'complete', result: 'x'.repeat(1_000_000) } as { type: 'complete' };
    });
    await queue.add('hostile', [{ id: 'j-1', payload: 'first' }]);
    await queue.add('hostile', [{ id: 'j-2', payload: 'last' }]);
    await done.promise;
    const kept = await redis.exists(`${prefix}:hostile:j-1`);
    redis.disconnect();
    return kept;
  }
}

async function sizesOf(redis: Redis, pattern: string): Promise<number[]> {
  const sizes: number[] = [];
  for await (const keys of redis.scanStream({ match: pattern, count: 1_000 })) {
    for (const key of keys as string[]) sizes.push(Number((await redis.memory('USAGE', key)) ?? 0));
  }
  return sizes;
}
