import { pipeline, stageNames } from '@newsmill/contracts';
import { silentSources } from '@newsmill/frontier';
import { ensureStack, stackStatus, stopStack } from '@newsmill/local';
import type { CliConfig } from '../config.ts';
import { findServers, openPipeline } from '../connect.ts';
import { type Output, styled } from '../output.ts';
import { progressOf, skippedByReason } from '../progress.ts';
import { readServices, serviceHealth, stopServices } from '../services-state.ts';
import { startDetached } from '../start-detached.ts';
import { textTable } from '../text-table.ts';

/** `newsmill up`: servers and services, left running; what runs already is found and used. */
export async function up(config: CliConfig, output: Output): Promise<void> {
  const stack = await ensureStack({
    dataDir: config.dataDir,
    ...(config.REDIS_URL ? { redisUrl: config.REDIS_URL } : {}),
    ...(config.ELASTICSEARCH_URL ? { elasticsearchUrl: config.ELASTICSEARCH_URL } : {}),
    persistent: true,
    onProgress: (message) => output.err(`  ${message}`),
  });
  const running = await readServices(config.dataDir);
  const healthy = running && (await Promise.all(running.services.map(serviceHealth))).every((word) => word === 'ready');
  if (running && !healthy) {
    output.err('  some services are not well: starting them again');
    await stopServices(config.dataDir, running);
  }
  const services = running && healthy ? running : await startDetached(config, stack.redisUrl, stack.elasticsearchUrl);
  output.out(`${styled(output, 'green', 'newsmill is up')} (data in ${config.dataDir})`);
  output.out(`  Redis          ${withoutPassword(stack.redisUrl)}  ${stack.redisHow}`);
  output.out(`  Elasticsearch  ${withoutPassword(stack.elasticsearchUrl)}  ${stack.elasticsearchHow}`);
  output.out(`  API            ${services.apiUrl}`);
  output.out(`  logs           ${config.dataDir}/logs`);
  output.out('\nNext: pnpm newsmill add https://www.example.com/   then   pnpm newsmill status');
}

/** `newsmill down`: services first, so that what is in flight is handed back, then the servers. */
export async function down(config: CliConfig, output: Output): Promise<void> {
  const running = await readServices(config.dataDir);
  if (running) await stopServices(config.dataDir, running);
  const stopped = await stopStack(config.dataDir);
  output.out(running || stopped ? 'newsmill is down; its data stays where it is.' : 'newsmill was not running.');
}

/** `newsmill status`: servers, services, queues and the balance of URLs. */
export async function status(config: CliConfig, output: Output, json: boolean): Promise<void> {
  const [stack, running] = await Promise.all([stackStatus(config.dataDir), readServices(config.dataDir)]);
  const services = await Promise.all(
    (running?.services ?? []).map(async (service) => ({
      name: service.name,
      pid: service.process.pid,
      health: await serviceHealth(service),
    })),
  );
  const servers = await findServers(config).catch(() => undefined);
  const flow = servers === undefined ? undefined : await readFlow(servers.redisUrl, config.REDIS_PREFIX);
  if (json) {
    output.out(JSON.stringify({ stack, services, apiUrl: running?.apiUrl, ...flow }, undefined, 2));
    return;
  }
  const rows: [string, string, string][] = [];
  if (stack.running)
    for (const { name, url, detail, ready } of stack.servers) rows.push([name, ready ? 'ready' : detail, url]);
  for (const service of services) rows.push([service.name, service.health, `pid ${service.pid}`]);
  output.out(
    rows.length > 0 ? textTable(['part', 'state', 'where'], rows) : 'Nothing runs here. Start: pnpm newsmill up',
  );
  if (running) output.out(`\nAPI ${running.apiUrl}`);
  else if (stack.running) output.out('\nThe services do not run. Start them: pnpm newsmill up');
  if (flow === undefined) return;
  output.out(
    `\n${textTable(
      ['queue', 'waiting', 'delayed', 'active'],
      flow.queues.map((row) => Object.values(row) as (string | number)[]),
    )}`,
  );
  const sum = flow.progress;
  output.out(
    `\nURLs: ${sum.discovered} discovered = ${sum.indexed} indexed + ${sum.skipped} skipped + ${sum.quarantined} quarantined + ${sum.open} open`,
  );
  const reasons = flow.skipped.map(([reason, count]) => `${reason} ${count}`).join(', ');
  if (reasons !== '') output.out(`Skipped: ${reasons}`);
  const silent = flow.silent.slice(0, silentShown).map(({ name, lastAt }) => `${name} (since ${day(lastAt)})`);
  if (flow.silent.length > silentShown) silent.push(`${flow.silent.length - silentShown} more`);
  if (silent.length > 0) output.out(`Silent against their habit: ${silent.join(', ')}`);
}

/** Sources that are named; the rest are counted. */
const silentShown = 5;
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

async function readFlow(redisUrl: string, prefix: string) {
  await using flow = openPipeline(redisUrl, prefix);
  const balance = await flow.frontier.balance();
  const queues = await Promise.all(
    stageNames.map(async (stage) => ({ queue: stage, ...(await flow.queue.depth(pipeline[stage].queue)) })),
  );
  const silent = await silentSources(flow.frontier, flow.news, Date.now());
  return { silent, queues, progress: progressOf(balance), skipped: skippedByReason(balance), balance };
}

const withoutPassword = (url: string): string => url.replace(/\/\/[^/@\s]*@/, '//***@');
