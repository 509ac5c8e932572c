import { UsageError } from '@newsmill/contracts';
import type { CliConfig } from '../config.ts';
import { findServers, openPipeline } from '../connect.ts';
import { firstUrl, makeSource, typedUrl } from '../make-source.ts';
import type { Output } from '../output.ts';
import { progressOf } from '../progress.ts';
import { textTable } from '../text-table.ts';

/** `newsmill add <url>`: a site that is looked at from now on. */
export async function add(
  config: CliConfig,
  output: Output,
  text: string,
  options: { name?: string; json?: boolean },
): Promise<void> {
  const url = typedUrl(text);
  const { redisUrl } = await findServers(config);
  await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  const made = makeSource(url, { mode: 'standing', ...(options.name ? { name: options.name } : {}) }, Date.now());
  const before = await pipeline.frontier.getSource(made.id);
  const source = before ? { ...before, ...(options.name ? { name: options.name } : {}) } : made;
  await pipeline.frontier.putSource(source);
  const accepted = await pipeline.request([{ ...firstUrl(source), url }]);
  if (options.json) {
    output.out(JSON.stringify({ source, existed: before !== undefined, newUrls: accepted }, undefined, 2));
    return;
  }
  output.out(
    before
      ? `Source ${source.id} was there already; ${url} is looked at again now.`
      : `Added source ${source.id}: pages under ${source.domain}, starting from ${url}`,
  );
  output.out('Follow it: pnpm newsmill status   ·   find it: pnpm newsmill search <words>');
}

/** `newsmill sources`: what is looked at, and what came of it. */
export async function listSources(config: CliConfig, output: Output, json: boolean): Promise<void> {
  const { redisUrl } = await findServers(config);
  await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  const [sources, balance] = await Promise.all([pipeline.frontier.listSources(), pipeline.frontier.balance()]);
  const rows = sources.map((source) => ({ ...source, progress: progressOf(balance, [source.id]) }));
  if (json) {
    output.out(JSON.stringify(rows, undefined, 2));
    return;
  }
  if (rows.length === 0) {
    output.out('No sources yet. Add one: pnpm newsmill add https://www.example.com/');
    return;
  }
  output.out(
    textTable(
      ['source', 'name', 'mode', 'found', 'indexed', 'skipped', 'quarantined', 'open', 'url'],
      rows.map(({ id, name, mode, url, progress }) => [
        id,
        name,
        mode,
        progress.discovered,
        progress.indexed,
        progress.skipped,
        progress.quarantined,
        progress.open,
        url,
      ]),
    ),
  );
}

/** `newsmill sources remove <id>`: no further fetches; what is indexed stays. */
export async function removeSource(config: CliConfig, output: Output, id: string): Promise<void> {
  const { redisUrl } = await findServers(config);
  await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  if (!(await pipeline.frontier.removeSource(id))) {
    const known = (await pipeline.frontier.listSources()).map((source) => source.id).join(', ');
    throw new UsageError(`id: there is no source "${id}". Known: ${known || 'none'}`);
  }
  output.out(
    `Removed source ${id}. Its articles stay in the index; its waiting URLs will be skipped (source_removed).`,
  );
}
