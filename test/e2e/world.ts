import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Frontier } from '../../packages/frontier/src/index.ts';
import type { ArticleIndex, SiteIndex } from '../../packages/search-index/src/index.ts';
import { openIndex, openPipeline, type Pipeline } from '../../services/cli/src/connect.ts';
import { type LocalService, type ServiceName, type StartOptions, startService } from '../../services/cli/src/local.ts';
import { firstUrl, makeSource } from '../../services/cli/src/make-source.ts';
import { progressOf } from '../../services/cli/src/progress.ts';
import { type SiteServer, startSites } from '../sites/server.ts';

/** The fixture sites, an index and a frontier of their own, and any number of real service processes. */
export interface World extends AsyncDisposable {
  readonly sites: SiteServer;
  readonly pipeline: Pipeline;
  readonly frontier: Frontier;
  readonly index: ArticleIndex;
  readonly cards: SiteIndex;
  readonly archiveDir: string;
  readonly redisPrefix: string;
  readonly elasticsearchPrefix: string;
  start(name: ServiceName): Promise<LocalService>;
  /** SIGKILL: no word to anybody. */
  kill(service: LocalService): void;
  /** Adds every seed as a source and asks for it. */
  addSites(seeds: readonly string[]): Promise<void>;
  /** Resolves when no URL is open; rejects with the balance after `timeoutMs`. */
  drained(timeoutMs: number): Promise<void>;
}

export interface WorldOptions {
  readonly redisUrl: string;
  readonly elasticsearchUrl: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const id = randomUUID().slice(0, 8);
  const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-e2e-'));
  const sites = await startSites();
  const redisPrefix = `e2e-${id}`;
  const elasticsearchPrefix = `e2e-${id}`;
  const archiveDir = join(dataDir, 'archive');
  const pipeline = openPipeline(options.redisUrl, redisPrefix);
  const opened = openIndex(options.elasticsearchUrl, {
    REDIS_PREFIX: redisPrefix,
    ELASTICSEARCH_PREFIX: elasticsearchPrefix,
    API_PORT: 0,
    dataDir,
  });
  await opened.index.ensure();
  const start: StartOptions = {
    redisUrl: options.redisUrl,
    elasticsearchUrl: options.elasticsearchUrl,
    redisPrefix,
    elasticsearchPrefix,
    archiveDir,
    dataDir,
    apiPort: 0,
    environment: {
      FETCH_ALLOW_CIDRS: '127.0.0.0/8',
      FETCH_RESOLVE: Object.entries(sites.resolveMap)
        .map(([name, address]) => `${name}=${address}`)
        .join(','),
      HOST_DELAY_MS: '50',
      RETRY_BASE_MS: '50',
      ...options.environment,
    },
  };
  const services: LocalService[] = [];
  return {
    sites,
    pipeline,
    frontier: pipeline.frontier,
    index: opened.index,
    cards: opened.sites,
    archiveDir,
    redisPrefix,
    elasticsearchPrefix,
    async start(name) {
      const service = await startService(name, start);
      services.push(service);
      return service;
    },
    kill: (service) => {
      process.kill(service.process.pid, 'SIGKILL');
    },
    async addSites(seeds) {
      const sources = seeds.map((seed) => makeSource(seed, { mode: 'standing' }, Date.now()));
      for (const source of sources) await pipeline.frontier.putSource(source);
      await pipeline.request(sources.map(firstUrl));
    },
    async drained(timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const balance = await pipeline.frontier.balance();
        const progress = progressOf(balance);
        if (progress.discovered > 0 && progress.open === 0) return;
        if (performance.now() > deadline) throw new Error(`not drained: ${JSON.stringify(balance)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async [Symbol.asyncDispose]() {
      for (const { process: named } of services) {
        try {
          process.kill(named.pid, 'SIGKILL');
        } catch {
          // It has ended already.
        }
      }
      await Promise.all([opened.index.drop(), opened.versions.drop(), opened.sites.drop()]);
      await opened[Symbol.asyncDispose]();
      await pipeline[Symbol.asyncDispose]();
      await sites[Symbol.asyncDispose]();
      await removeKeys(options.redisUrl, redisPrefix);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function removeKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl);
  for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.del(...keys);
  }
  redis.disconnect();
}
