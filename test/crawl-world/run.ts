import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPipeline, type Pipeline } from '../../services/cli/src/connect.ts';
import { type LocalService, startService } from '../../services/cli/src/local.ts';
import { firstUrl, makeSource } from '../../services/cli/src/make-source.ts';
import { missedOf } from './judge.ts';
import { type CrawlWorld, startCrawlWorld } from './server.ts';

export interface CrawlRun extends AsyncDisposable {
  readonly world: CrawlWorld;
  readonly pipeline: Pipeline;
  /** SIGKILLs one of the crawlers and starts another; the number of crawlers stays. */
  replaceCrawler(): Promise<void>;
  /** The parser too may die. */
  replaceParser(): Promise<void>;
  /** Resolves when every article was asked for, or after `timeoutMs`. */
  allFetched(timeoutMs: number): Promise<void>;
}

export interface CrawlRunOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly hosts: number;
  readonly crawlers: number;
  readonly delayMs: number;
  /** Longest interval between two looks at a list; the shortest is a quarter of it. */
  readonly listIntervalMaxMs: number;
}

/** The world, crawlers and a parser as processes of their own, and every host added as a source with three articles. */
export async function startCrawlRun(options: CrawlRunOptions): Promise<CrawlRun> {
  await using stack = new AsyncDisposableStack();
  const world = stack.use(await startCrawlWorld(options.hosts));
  const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-crawl-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const services: LocalService[] = [];
  stack.defer(() => services.forEach(kill));
  const listMin = String(options.listIntervalMaxMs / 4);
  const start = async (name: 'crawler' | 'parser'): Promise<void> => {
    const service = await startService(name, {
      redisUrl: options.redisUrl,
      // Articles stay on their way to it: discovery ends with the fetch.
      elasticsearchUrl: 'http://127.0.0.1:9',
      redisPrefix: options.prefix,
      archiveDir: join(dataDir, 'archive'),
      dataDir,
      apiPort: 0,
      environment: {
        FETCH_ALLOW_CIDRS: '127.0.0.0/8',
        FETCH_RESOLVE: world.resolve,
        HOST_DELAY_MS: String(options.delayMs),
        RETRY_BASE_MS: '300',
        FETCH_TIMEOUT_MS: '2000',
        QUEUE_LOCK_MS: '3000',
        TURN_MS: '2000',
        LIST_INTERVAL_FIRST_MS: listMin,
        LIST_INTERVAL_MIN_MS: listMin,
        LIST_INTERVAL_MAX_MS: String(options.listIntervalMaxMs),
      },
    });
    services.push(service);
  };
  const replace = async (name: 'crawler' | 'parser'): Promise<void> => {
    const at = services.findIndex((service) => service.name === name);
    const [victim] = services.splice(at, 1);
    if (victim !== undefined) kill(victim);
    await start(name);
  };
  await Promise.all([start('parser'), ...Array.from({ length: options.crawlers }, () => start('crawler'))]);
  const pipeline = stack.use(openPipeline(options.redisUrl, options.prefix));
  for (let n = 0; n < 3; n += 1) for (const { number } of world.hosts) world.publish(number);
  const sources = world.hosts.map(({ name }) => makeSource(`http://${name}/`, { mode: 'standing' }, Date.now()));
  for (const source of sources) await pipeline.frontier.putSource(source);
  await pipeline.request(sources.map(firstUrl));
  const owned = stack.move();
  return {
    world,
    pipeline,
    replaceCrawler: () => replace('crawler'),
    replaceParser: () => replace('parser'),
    async allFetched(timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      while (missedOf(world.hosts).length > 0 && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 200));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function kill({ process: { pid } }: LocalService): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
