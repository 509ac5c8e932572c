import { type SkipReason, skipReasons } from '@newsmill/contracts';
import type { CliConfig } from '../config.ts';
import { findServers, openIndex, openPipeline, type Pipeline } from '../connect.ts';
import { poll } from '../local.ts';
import { firstUrl, makeSource, typedUrl } from '../make-source.ts';
import { type Output, styled } from '../output.ts';
import { type Progress, progressLine, progressOf, skippedByReason } from '../progress.ts';

export interface CrawlOptions {
  readonly maxPages?: number;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `newsmill crawl <url…>`: once over each site, within its domain. Exit code 1 if something went to quarantine. */
export async function crawl(
  config: CliConfig,
  output: Output,
  texts: readonly string[],
  options: CrawlOptions,
  signal: AbortSignal,
): Promise<number> {
  const urls = texts.map(typedUrl);
  const { redisUrl, elasticsearchUrl } = await findServers(config);
  await using pipeline = openPipeline(redisUrl, config.REDIS_PREFIX);
  const now = Date.now();
  // A run of its own each time: its balance and its page limit count from nothing.
  const idPrefix = `crawl-${now.toString(36)}-`;
  const pages = options.maxPages === undefined ? {} : { pagesMax: options.maxPages };
  const sources = new Map(
    urls.map((url) => {
      const source = makeSource(url, { mode: 'once', idPrefix, ...pages }, now);
      return [source.id, source] as const;
    }),
  );
  for (const source of sources.values()) await pipeline.frontier.putSource(source);
  await pipeline.request(urls.map((url) => ({ ...firstUrl(makeSource(url, { mode: 'once', idPrefix }, now)), url })));
  const ids = [...sources.keys()];
  if (!options.wait) {
    if (options.json) output.out(JSON.stringify({ sources: ids }));
    else output.out(`Crawling ${urls.join(', ')}. Follow it: pnpm newsmill status`);
    return 0;
  }
  const progress = await waitUntilDrained(pipeline, output, ids, signal);
  // Whoever waited wants to search now, not at the index's next refresh.
  await using opened = openIndex(elasticsearchUrl, config);
  if (progress.indexed > 0) await opened.index.refresh();
  const skipped = skippedByReason(await pipeline.frontier.balance(), ids);
  if (options.json)
    output.out(JSON.stringify({ sources: ids, ...progress, skippedByReason: Object.fromEntries(skipped) }));
  else {
    output.out(`${styled(output, 'bold', 'Done:')} ${progressLine(progress, Date.now() - now)}`);
    for (const [reason, count] of skipped) output.out(`  skipped ${count} ${reason}: ${meaningOf(reason)}`);
  }
  return signal.aborted ? 130 : progress.quarantined > 0 ? 1 : 0;
}

const meaningOf = (reason: string): string => (reason in skipReasons ? skipReasons[reason as SkipReason] : '');

/** Shows how far the sources are until none of their URLs is open. */
export async function waitUntilDrained(
  pipeline: Pick<Pipeline, 'frontier'>,
  output: Output,
  sourceIds: readonly string[],
  signal: AbortSignal,
): Promise<Progress> {
  const start = performance.now();
  let progress = progressOf({});
  await poll(250, signal, async () => {
    progress = progressOf(await pipeline.frontier.balance(), sourceIds);
    output.live(progressLine(progress, performance.now() - start));
    return progress.discovered > 0 && progress.open === 0;
  });
  return progress;
}
