import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { UsageError } from '@newsmill/contracts';
import { startStack, stopStack } from '@newsmill/local';
import type { ArticleIndex } from '@newsmill/search-index';
import type { CliConfig } from '../config.ts';
import { openIndex, openPipeline, type Pipeline } from '../connect.ts';
import { firstUrl, makeSource } from '../make-source.ts';
import { type Output, styled } from '../output.ts';
import { type Progress, progressLine, progressOf, skippedByReason, span } from '../progress.ts';
import { readServices, stopServices } from '../services-state.ts';
import { superviseServices } from '../supervise.ts';
import { textTable } from '../text-table.ts';
import { waitUntilDrained } from './crawl.ts';
import { searchParams, showResult } from './search.ts';

/** The demo's own names, so that it never touches what somebody keeps in the same Redis or Elasticsearch. */
const prefix = 'newsmill-demo';

interface Sites {
  readonly address: string;
  readonly resolve: Readonly<Record<string, string>>;
  readonly seeds: readonly string[];
  readonly hosts: readonly string[];
}

const searches: readonly { readonly query: string; readonly why: string }[] = [
  {
    query: '兰州 品质学校',
    why: 'typed in simplified script; finds simplified, traditional and machine-mangled pages',
  },
  { query: 'electric school buses', why: 'English words are stemmed' },
  { query: '恐龍 足跡 after:2025', why: 'typed in traditional script, since a date' },
];

/**
 * `newsmill demo`: the whole pipeline on this machine over the repository's own news sites, then searches.
 * Exit code 0, or 1 if the balance shows anything lost or quarantined.
 */
export async function demo(
  config: CliConfig,
  output: Output,
  options: { exit?: boolean },
  signal: AbortSignal,
): Promise<number> {
  const begin = performance.now();
  const step = (text: string) =>
    output.err(`${styled(output, 'dim', span(performance.now() - begin).padStart(6))}  ${text}`);
  await using stack = new AsyncDisposableStack();
  const dataDir = join(config.dataDir, 'demo');

  output.err(styled(output, 'bold', 'newsmill demo: news sites in, searchable articles out'));
  const left = await readServices(dataDir);
  if (left) await stopServices(dataDir, left);
  await stopStack(dataDir);
  // A demo shows a first crawl: it starts from nothing each time.
  await rm(dataDir, { recursive: true, force: true });
  const servers = stack.use(
    await startStack({
      dataDir,
      ...(config.REDIS_URL ? { redisUrl: config.REDIS_URL } : {}),
      ...(config.ELASTICSEARCH_URL ? { elasticsearchUrl: config.ELASTICSEARCH_URL } : {}),
      onProgress: step,
    }),
  );
  const sites = await startSites(stack);
  step(`fixture news sites: ${sites.hosts.length} hosts at ${sites.address}`);

  const opened = stack.use(openIndex(servers.elasticsearchUrl, { ...config, ELASTICSEARCH_PREFIX: prefix }));
  await Promise.all([opened.index.drop(), opened.versions.drop(), opened.sites.drop()]);
  const runPrefix = `${prefix}-${Date.now().toString(36)}`;
  const services = await superviseServices({
    redisUrl: servers.redisUrl,
    elasticsearchUrl: servers.elasticsearchUrl,
    redisPrefix: runPrefix,
    elasticsearchPrefix: prefix,
    archiveDir: join(dataDir, 'archive'),
    dataDir,
    apiPort: config.API_PORT,
    onEvent: step,
    environment: {
      // The fixture sites are on loopback, which is refused unless an operator allows it, as here.
      FETCH_ALLOW_CIDRS: '127.0.0.0/8',
      FETCH_RESOLVE: Object.entries(sites.resolve)
        .map(([name, address]) => `${name}=${address}`)
        .join(','),
      HOST_DELAY_MS: '100',
      // One page answers 500 always: its three retries should not hold up the demo for minutes.
      RETRY_BASE_MS: '100',
      // A worker that somebody kills is replaced, and what it held is taken over, within seconds instead of a minute.
      QUEUE_LOCK_MS: '5000',
      FETCH_TIMEOUT_MS: '5000',
      CRAWLER_CONTACT: 'https://www.example.com/newsmill-demo',
    },
  });
  stack.defer(() => services.stop());
  step(`ready: ${services.services.map((service) => service.name).join(', ')} · API ${services.apiUrl}`);

  const pipeline = stack.use(openPipeline(servers.redisUrl, runPrefix));
  const crawlStart = performance.now();
  const sources = sites.seeds.map((seed) => makeSource(seed, { mode: 'standing' }, Date.now()));
  for (const source of new Map(sources.map((one) => [one.id, one])).values()) await pipeline.frontier.putSource(source);
  await pipeline.request(sources.map(firstUrl));
  const ids = [...new Set(sources.map((source) => source.id))];
  const progress = await waitUntilDrained(pipeline, output, ids, signal);
  if (signal.aborted) return 130;
  step(progressLine(progress, performance.now() - crawlStart));

  const lost = await report(output, pipeline, opened.index, ids, progress);
  await showSearches(output, opened.index);
  showAddresses(output, services.apiUrl, servers.elasticsearchUrl);
  if (!options.exit) {
    output.err('\nEverything stays up for you to try. Ctrl-C stops it.');
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    output.err('Stopping …');
  }
  return lost ? 1 : 0;
}

/** Serves the fixture sites from a process of their own, as any other web server would be. */
async function startSites(stack: AsyncDisposableStack): Promise<Sites> {
  const main = fileURLToPath(new URL('../../../../test/sites/serve.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  stack.defer(() => {
    child.kill('SIGTERM');
  });
  if (child.stdout === null) throw new Error('the fixture sites have no output');
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Sites;
  throw new UsageError(`The fixture sites did not start (exit code ${child.exitCode}). Look for the error above.`);
}

/** Per site what became of its URLs; true if something is missing or went to quarantine. */
async function report(
  output: Output,
  pipeline: Pipeline,
  index: ArticleIndex,
  ids: readonly string[],
  progress: Progress,
): Promise<boolean> {
  const balance = await pipeline.frontier.balance();
  const rows = ids.map((id) => {
    const { discovered, fetched, indexed, skipped, quarantined } = progressOf(balance, [id]);
    const [top] = skippedByReason(balance, [id]);
    return [id, discovered, fetched, indexed, skipped, quarantined, top ? `${top[0]} ${top[1]}` : ''];
  });
  output.out(`\n${textTable(['site', 'discovered', 'fetched', 'indexed', 'skipped', 'quarantined', 'mostly'], rows)}`);
  const reasons = skippedByReason(balance, ids).map(([reason, count]) => `${reason} ${count}`);
  output.out(`\nSkipped, by reason: ${reasons.join(', ')}`);
  await index.refresh();
  const documents = await index.count();
  const balanced = progress.discovered === progress.indexed + progress.skipped + progress.quarantined;
  const lost = !balanced || documents !== progress.indexed || progress.quarantined > 0 || progress.indexed === 0;
  const sum = `${progress.discovered} discovered = ${progress.indexed} indexed + ${progress.skipped} skipped + ${progress.quarantined} quarantined; ${documents} documents in Elasticsearch`;
  output.out(lost ? styled(output, 'red', `Not in balance: ${sum}`) : styled(output, 'green', `In balance: ${sum}`));
  return lost;
}

async function showSearches(output: Output, index: ArticleIndex): Promise<void> {
  for (const { query, why } of searches) {
    output.out(`\n${styled(output, 'bold', `▶ pnpm newsmill search '${query}'`)}   (${why})`);
    showResult(output, await index.search(searchParams(query, { size: 4 })));
  }
}

function showAddresses(output: Output, apiUrl: string, elasticsearchUrl: string): void {
  const body = JSON.stringify({ query: { match: { body: '兰州' } }, _source: ['headline', 'datePublished'], size: 3 });
  output.out(`
Search page    ${apiUrl}/
API            ${apiUrl}/search?q=${encodeURIComponent('兰州 品质学校')}   (description: ${apiUrl}/openapi.json)
Elasticsearch  ${elasticsearchUrl.replace(/\/\/[^/@\s]*@/, '//***@')}

  curl -s '${elasticsearchUrl.replace(/\/$/, '')}/${prefix}-articles/_search?pretty' -H 'content-type: application/json' -d '${body}'`);
}
