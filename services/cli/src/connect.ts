import { UsageError } from '@newsmill/contracts';
import {
  createRedisFrontier,
  createRedisHostLore,
  createRedisNewsDays,
  type FoundUrl,
  type Frontier,
  type HostLore,
  type NewsDays,
  visitsOf,
} from '@newsmill/frontier';
import { stackStatus } from '@newsmill/local';
import { createBullJobQueue, createRedisQuarantine, type JobQueue, type Quarantine } from '@newsmill/queue';
import {
  type ArticleIndex,
  createElasticsearchClient,
  createElasticsearchIndex,
  createElasticsearchSites,
  createElasticsearchVersions,
  type SiteIndex,
  type VersionIndex,
} from '@newsmill/search-index';
import { createLogger, emit, openRedis } from '@newsmill/service-kit';
import {
  createRedisPageParts,
  createRedisSiteMemories,
  type PageParts,
  type SiteMemories,
} from '@newsmill/site-memory';
import type { CliConfig } from './config.ts';

/** The servers that a command works with: those configured, else those of the running local stack. */
export interface Servers {
  readonly redisUrl: string;
  readonly elasticsearchUrl: string;
}

/** @throws UsageError when a server is neither configured nor running, saying what to type */
export async function findServers(config: CliConfig): Promise<Servers> {
  const { REDIS_URL, ELASTICSEARCH_URL } = config;
  if (REDIS_URL && ELASTICSEARCH_URL) return { redisUrl: REDIS_URL, elasticsearchUrl: ELASTICSEARCH_URL };
  const status = await stackStatus(config.dataDir);
  const own = (name: 'redis' | 'elasticsearch') =>
    status.running ? status.servers.find((server) => server.name === name)?.url : undefined;
  const redisUrl = REDIS_URL ?? own('redis');
  const elasticsearchUrl = ELASTICSEARCH_URL ?? own('elasticsearch');
  if (redisUrl && elasticsearchUrl) return { redisUrl, elasticsearchUrl };
  const missing = redisUrl ? 'Elasticsearch' : 'Redis';
  throw new UsageError(
    `newsmill is not running here (${missing}: ${status.running ? 'not part of the local stack' : status.reason}; data folder ${config.dataDir}).\n` +
      `Start it with: pnpm newsmill up\nor set REDIS_URL and ELASTICSEARCH_URL to use existing servers.`,
  );
}

export interface Pipeline extends AsyncDisposable {
  readonly frontier: Frontier;
  readonly queue: JobQueue;
  readonly quarantine: Quarantine;
  readonly memories: SiteMemories;
  readonly parts: PageParts;
  readonly news: NewsDays;
  readonly lore: HostLore;
  /** Makes URLs due now, also those known already, and sends their hosts a turn. Returns how many were new. */
  request(urls: readonly FoundUrl[]): Promise<number>;
}

/** The Redis side: frontier, queues, quarantine. */
export function openPipeline(redisUrl: string, prefix: string): Pipeline {
  const logger = createLogger('newsmill', 'fatal');
  const redis = openRedis(redisUrl, logger);
  const frontier = createRedisFrontier(redis, prefix);
  const queue = createBullJobQueue({ redisUrl, prefix });
  return {
    frontier,
    queue,
    quarantine: createRedisQuarantine(redis, prefix),
    memories: createRedisSiteMemories(redis, prefix),
    parts: createRedisPageParts(redis, prefix),
    news: createRedisNewsDays(redis, prefix),
    lore: createRedisHostLore(redis, prefix),
    async request(urls) {
      const now = Date.now();
      const { accepted, turns } = await frontier.want(urls, now);
      await emit(queue, visitsOf(turns, now));
      return accepted;
    },
    async [Symbol.asyncDispose]() {
      await queue[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}

export interface OpenIndex extends AsyncDisposable {
  readonly index: ArticleIndex;
  readonly versions: VersionIndex;
  readonly sites: SiteIndex;
}

export interface OpenClient extends AsyncDisposable {
  readonly client: ReturnType<typeof createElasticsearchClient>;
  readonly prefix: string;
}

/** For what concerns the index itself and not the articles in it. */
export function openSearchClient(url: string, config: CliConfig): OpenClient {
  const apiKey = config.ELASTICSEARCH_API_KEY;
  const client = createElasticsearchClient({ url, ...(apiKey === undefined ? {} : { apiKey }) });
  return { client, prefix: config.ELASTICSEARCH_PREFIX ?? '', [Symbol.asyncDispose]: () => client.close() };
}

export function openIndex(url: string, config: CliConfig): OpenIndex {
  const { client, prefix } = openSearchClient(url, config);
  return {
    index: createElasticsearchIndex({ client, prefix }),
    versions: createElasticsearchVersions({ client, prefix }),
    sites: createElasticsearchSites({ client, prefix }),
    [Symbol.asyncDispose]: () => client.close(),
  };
}
