import { archiveDir, type CliConfig } from '../config.ts';
import { findServers } from '../connect.ts';
import type { Output } from '../output.ts';
import { superviseServices } from '../supervise.ts';

/** `newsmill services`: crawler, parser, indexer and API, started again when they die, until the signal. */
export async function runServices(config: CliConfig, output: Output, signal: AbortSignal): Promise<void> {
  const { redisUrl, elasticsearchUrl } = await findServers(config);
  const services = await superviseServices({
    redisUrl,
    elasticsearchUrl,
    redisPrefix: config.REDIS_PREFIX,
    elasticsearchPrefix: config.ELASTICSEARCH_PREFIX,
    archiveDir: archiveDir(config),
    dataDir: config.dataDir,
    apiPort: config.API_PORT,
    onEvent: (message) => output.err(`${new Date().toISOString()} ${message}`),
  });
  output.err(`${new Date().toISOString()} ready; API ${services.apiUrl}`);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await services.stop();
}
