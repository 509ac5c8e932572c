import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { urlIdOf } from '../../../packages/core/src/url/index.ts';
import {
  createElasticsearchClient,
  createElasticsearchIndex,
  indexNames,
} from '../../../packages/search-index/src/index.ts';
import {
  createLogger,
  createRegistry,
  type RunningService,
  type ServiceKit,
} from '../../../packages/service-kit/src/index.ts';
import { openPipeline, type Pipeline } from '../../../services/cli/src/connect.ts';
import { firstUrl, makeSource } from '../../../services/cli/src/make-source.ts';
import { progressOf } from '../../../services/cli/src/progress.ts';
import type { CrashPoint } from './crash-point.ts';
import { type NewsHosts, startNewsHosts } from './news-hosts.ts';
import { articlePath } from './pages.ts';
import { roots, type WorkerName } from './roots.ts';
import { type AuditResult, runAudit } from './run-audit.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';
import { undisturbedHash } from './undisturbed.ts';
import { until } from './until.ts';

/** A worker inside of the test's own process: the same composition root, its log in an array. */
export interface InsideService {
  readonly name: WorkerName;
  readonly lines: readonly Record<string, unknown>[];
  readonly service: RunningService;
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

export interface ChaosWorld extends AsyncDisposable {
  readonly hosts: NewsHosts;
  readonly pipeline: Pipeline;
  readonly archiveDir: string;
  readonly redisPrefix: string;
  readonly elasticsearchPrefix: string;
  readonly client: ReturnType<typeof createElasticsearchClient>;
  /** For a worker that is to reach the servers another way. */
  start(name: WorkerName | 'api', options?: StartOptions): Promise<ServiceProcess>;
  startInside(name: WorkerName, env?: Record<string, string>): Promise<InsideService>;
  /** Makes so many new hosts known, and asks for their front pages. */
  add(hosts: number): Promise<readonly string[]>;
  /** What an operator does who has lost everything but the list of sources: adds them all again. */
  askAgain(): Promise<void>;
  /** Resolves when no URL is open and at least those of all added hosts are known. */
  settled(timeoutMs?: number): Promise<void>;
  /**
   * The same after a Redis that forgot: audits with `--repair` until nothing is found. Its counts may not fit its rows, and such
   * counts never tell that all is done; and what is put back goes through the pipeline once more.
   */
  repaired(timeoutMs?: number): Promise<void>;
  /** Where the URLs stand. */
  progress(): Promise<ReturnType<typeof progressOf>>;
  /** `newsmill audit`, with `--repair` if asked. */
  audit(repair?: boolean): Promise<AuditResult>;
  /** What differs from an undisturbed run, and what the audit finds; empty if nothing does. */
  faults(): Promise<string[]>;
}

export interface StartOptions {
  readonly env?: Record<string, string>;
  readonly crashAt?: CrashPoint;
  readonly nodeArguments?: readonly string[];
}

export interface ChaosOptions {
  readonly redisUrl: string;
  readonly elasticsearchUrl: string;
  /** On each host. */
  readonly articles?: number;
  readonly env?: Record<string, string>;
  /** Around the ports of the workers inside. */
  readonly decorate?: ServiceKit['decorate'];
  /** Elsewhere than in a folder of its own. */
  readonly archiveDir?: string;
}

export async function createChaosWorld(options: ChaosOptions): Promise<ChaosWorld> {
  const id = randomUUID().slice(0, 8);
  const articles = options.articles ?? 8;
  const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-chaos-'));
  const { archiveDir = join(dataDir, 'archive') } = options;
  const hosts = await startNewsHosts(articles);
  const prefix = `chaos-${id}`;
  const pipeline = openPipeline(options.redisUrl, prefix);
  const client = createElasticsearchClient({ url: options.elasticsearchUrl });
  await createElasticsearchIndex({ client, prefix }).ensure();
  const processes: ServiceProcess[] = [];
  const inside: InsideService[] = [];
  const added: string[] = [];
  const env = {
    REDIS_URL: options.redisUrl,
    REDIS_PREFIX: prefix,
    ELASTICSEARCH_URL: options.elasticsearchUrl,
    ELASTICSEARCH_PREFIX: prefix,
    ARCHIVE_DIR: archiveDir,
    // Short locks and leases: what a dead worker held is taken over within seconds.
    QUEUE_LOCK_MS: '1500',
    FETCH_TIMEOUT_MS: '1500',
    FETCH_ALLOW_CIDRS: '127.0.0.0/8',
    FETCH_RESOLVE: `*.chaos.test=${hosts.address}`,
    HOST_DELAY_MS: '10',
    RETRY_BASE_MS: '100',
    STOP_DEADLINE_MS: '5000',
    API_PORT: '0',
    // The disk of whoever runs this is not the matter.
    ARCHIVE_FREE_BYTES_MIN: '0',
    ...options.env,
  };

  const progress = async () => progressOf(await pipeline.frontier.balance());
  const ask = async (names: readonly string[]): Promise<void> => {
    const sources = names.map((host) => makeSource(`http://${host}/`, { mode: 'standing' }, Date.now()));
    for (const source of sources) await pipeline.frontier.putSource(source);
    await pipeline.request(sources.map(firstUrl));
  };
  const { redisUrl, elasticsearchUrl } = options;
  const audit = (repair = false) => runAudit({ redisUrl, elasticsearchUrl, prefix, archiveDir }, { repair });
  // Front page, articles, a redirect, and a page that is gone.
  const urlsPerHost = 1 + articles + 2;

  return {
    hosts,
    pipeline,
    archiveDir,
    redisPrefix: prefix,
    elasticsearchPrefix: prefix,
    client,
    async start(name, over = {}) {
      const service = await startServiceProcess({
        name,
        env: { ...env, ...over.env },
        logFile: join(dataDir, `${name}.log`),
        crashAt: over.crashAt,
        nodeArguments: over.nodeArguments,
      });
      processes.push(service);
      return service;
    },
    async startInside(name, over = {}) {
      const lines: Record<string, unknown>[] = [];
      const logger = createLogger(name, 'info', { write: (text: string) => void lines.push(JSON.parse(text)) });
      const registry = createRegistry(name);
      const service = await createInside(
        name,
        { ...env, ...over },
        {
          ...{ logger, registry },
          ...(options.decorate && { decorate: options.decorate }),
        },
      );
      let stopped: Promise<void> | undefined;
      const one: InsideService = {
        name,
        lines,
        service,
        metrics: () => registry.metrics(),
        stop: () => {
          stopped ??= service.stop(4_000);
          return stopped;
        },
      };
      inside.push(one);
      return one;
    },
    async add(count) {
      const names = Array.from({ length: count }, (_, n) => `h${added.length + n}.${id}.chaos.test`);
      added.push(...names);
      await ask(names);
      return names;
    },
    askAgain: () => ask(added),
    async repaired(timeoutMs = 90_000) {
      const isSettled = async () => {
        const { open, discovered } = await progress();
        return open === 0 && discovered === added.length * urlsPerHost;
      };
      await until(
        'repairs bring everything home',
        async () => {
          const before = await isSettled();
          const { findings } = await audit(true);
          return before && findings.length === 0 && (await isSettled());
        },
        timeoutMs,
      );
    },
    async settled(timeoutMs = 60_000) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const now = await progress();
        if (now.open === 0 && now.discovered === added.length * urlsPerHost) return;
        if (performance.now() > deadline) throw new Error(`not settled: ${JSON.stringify(now)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    progress,
    audit,
    async faults() {
      const faults: string[] = [];
      const { discovered, indexed, skipped, quarantined } = await progress();
      const is = (what: string, got: number, want: number) => {
        if (got !== want) faults.push(`${what}: ${got} instead of ${want}`);
      };
      is('known', discovered, added.length * urlsPerHost);
      is('indexed', indexed, added.length * articles);
      is('skipped', skipped, added.length * 3);
      is('in quarantine', quarantined, 0);
      const { alias } = indexNames(prefix);
      await client.indices.refresh({ index: alias });
      const found = await client.search<Stored>({
        ...{ index: alias, size: 5_000, query: { match_all: {} } },
        _source: ['url', 'contentHash', 'version', 'clusterFirst'],
      });
      const documents = new Map(found.hits.hits.map((hit) => [hit._id ?? '', hit._source]));
      const expected = added.flatMap((host) =>
        Array.from({ length: articles }, (_, n) => `http://${host}${articlePath(n)}`),
      );
      is('documents', documents.size, expected.length);
      for (const url of expected) {
        const document = documents.get(urlIdOf(url));
        if (document === undefined) faults.push(`${url}: is not in the index`);
        else if (document.contentHash !== undisturbedHash(url)) faults.push(`${url}: has other content`);
        else if (document.version !== 1) faults.push(`${url}: counts ${document.version} states`);
        else if (document.clusterFirst !== true) faults.push(`${url}: is taken for a copy`);
      }
      const { balanced, findings } = await audit();
      if (!balanced) faults.push('the audit finds no balance', ...findings);
      for (const [host, most] of hosts.inFlightMax) if (most > 1) faults.push(`${host}: ${most} requests at once`);
      return faults;
    },
    async [Symbol.asyncDispose]() {
      for (const one of processes) one.signal('SIGKILL');
      await Promise.all(processes.map(({ ended }) => ended));
      await Promise.all(inside.map((one) => one.stop()));
      const made = await client.indices.get({ index: `${prefix}-*` }).catch(() => ({}));
      for (const index of Object.keys(made)) await client.indices.delete({ index });
      await client.close();
      await pipeline[Symbol.asyncDispose]();
      await hosts[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

interface Stored {
  readonly url: string;
  readonly contentHash: string;
  readonly version: number;
  readonly clusterFirst: boolean;
}

/** Settings are read from the environment, and the environment of a process is one. */
async function createInside(
  name: WorkerName,
  env: Record<string, string>,
  kit: Parameters<typeof roots.crawler.create>[1],
): Promise<RunningService> {
  const before = process.env;
  process.env = { PATH: before.PATH, ...env };
  try {
    const root = roots[name];
    const config = root.readSettings();
    return await (root.create as (config: unknown, kit: unknown) => Promise<RunningService>)(config, kit);
  } finally {
    process.env = before;
  }
}
