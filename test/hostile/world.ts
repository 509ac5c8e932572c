import { createMemoryArchive } from '../../packages/archive/src/index.ts';
import type { ParseJob, Source, VisitJob } from '../../packages/contracts/src/index.ts';
import { balanceLabel, type UrlRow } from '../../packages/core/src/schedule/index.ts';
import { checkTarget, hostIdOf, urlIdOf } from '../../packages/core/src/url/index.ts';
import { createFetcher, type FetcherConfig } from '../../packages/fetch/src/fetcher.ts';
import { createMemoryFrontier, createSourceCache, type Frontier } from '../../packages/frontier/src/index.ts';
import { createInlineReader } from '../../packages/parse-pool/src/index.ts';
import { targetRefusal } from '../../services/crawler/src/judge-fetch.ts';
import { createRobotsRules } from '../../services/crawler/src/robots-rules.ts';
import { createVisit } from '../../services/crawler/src/visit.ts';
import { createFollow } from '../../services/parser/src/follow.ts';
import { createKnownArticles } from '../../services/parser/src/known-articles.ts';
import { createParse } from '../../services/parser/src/parse.ts';

export interface Crawled {
  /** Where every known URL ended, in the order they became known: path (with host if not the first one's) → label. */
  readonly ends: Readonly<Record<string, string>>;
  /** Of the URL that was asked for. `waits:…` is a URL that is tried again, since its host may come back. */
  readonly end: string;
  readonly rows: readonly UrlRow[];
}

export interface CrawlOptions extends Partial<FetcherConfig> {
  readonly source?: Partial<Source>;
  /** Turns of hosts, at most. */
  readonly turnsMax?: number;
  /** Go on until the ledger has decided, days later; usually four failed looks are enough to see that it waits. */
  readonly toTheEnd?: boolean;
}

const start = Date.parse('2026-02-03T04:05:06Z');

/**
 * Takes one URL through frontier, crawler, archive and parser, as the services do, until nothing is due. All
 * of it is the product's own code with memory adapters, before a real server; pauses move the clock instead of taking time.
 */
export async function crawl(url: string, port: number, options: CrawlOptions = {}): Promise<Crawled> {
  const { source, turnsMax = 60, toTheEnd = false, ...fetching } = options;
  let now = start;
  const clock = () => now;
  await using fetcher = createFetcher({
    userAgent: 'newsmill-test (+http://example.com/bot)',
    resolve: { '*.test': `127.0.0.1:${port}` },
    allowCidrs: ['127.0.0.0/8'],
    bodyBytesMax: 100_000,
    connectMs: 1_000,
    headersMs: 300,
    bodyMs: 300,
    totalMs: 1_000,
    ...fetching,
  });
  const memory = createMemoryFrontier();
  /** Looks at each URL: the ledger forgets failures once it has decided. */
  const failures = new Map<string, number>();
  const frontier: Frontier = {
    ...memory,
    record(hostId, urlId, event, at) {
      if (event.type === 'fetch-failed') failures.set(urlId, (failures.get(urlId) ?? 0) + 1);
      return memory.record(hostId, urlId, event, at);
    },
  };
  const archive = createMemoryArchive();
  const { hostname } = new URL(url);
  await frontier.putSource({
    ...{ id: 's', name: 'S', url, domain: hostname, mode: 'once', depthMax: 5 },
    addedAt: new Date(start).toISOString(),
    ...source,
  });
  const sources = createSourceCache(frontier);
  const visit = createVisit({
    frontier,
    archive,
    fetcher,
    robotsRules: createRobotsRules(frontier),
    sources,
    mayContact: (target) => targetRefusal(checkTarget(target, fetcher.policy)),
    agent: 'newsmill',
    hostDelayMs: 1_000,
    turnMs: 20_000,
    retryBaseMs: 5_000,
    leaseMs: 30_000,
    workerId: 'w',
    clock,
    pause: async (ms) => {
      now += Math.max(0, ms);
    },
  });
  const parse = createParse({
    frontier,
    sources,
    archive,
    reader: createInlineReader({ pageBytesMax: 200_000 }),
    follow: createFollow({
      frontier,
      sources,
      lore: undefined,
      known: createKnownArticles(),
      pageLinksMax: 100,
      hostUrlsMax: 1_000,
      clock,
    }),
    clock,
  });
  const never = new AbortController().signal;
  const context = { signal: never, stopping: never, attempt: 1, note: () => undefined };
  const turns: { job: VisitJob; dueAt: number }[] = [];
  const pages: ParseJob[] = [];
  type Emitted = { readonly to: string; readonly job: unknown; readonly delayMs?: number };
  const take = (emitted: readonly Emitted[]) => {
    for (const { to, job, delayMs = 0 } of emitted) {
      if (to === 'visit') turns.push({ job: job as VisitJob, dueAt: now + delayMs });
      else if (to === 'parse') pages.push(job as ParseJob);
    }
  };

  const found = { url, kind: 'article', sourceId: 's', depth: 1, standing: false } as const;
  turns.push(...(await frontier.admit([found], now)).turns);
  for (let turn = 0; turn < turnsMax; turn += 1) {
    turns.sort((a, b) => a.dueAt - b.dueAt);
    const next = turns.shift();
    if (next === undefined || (!toTheEnd && (failures.get(urlIdOf(url)) ?? 0) >= 4)) break;
    now = Math.max(now, next.dueAt);
    const running = visit(next.job, context);
    if (!(Symbol.asyncIterator in running)) throw new Error('a visit is a generator');
    for (;;) {
      const step = await running.next();
      take((step.done ? ('emit' in step.value ? (step.value.emit ?? []) : []) : [step.value]) as readonly Emitted[]);
      for (const job of pages.splice(0)) {
        const result = parse(job, context);
        if (Symbol.asyncIterator in result) throw new Error('the parse stage is no generator');
        const parsed = await result;
        take(('emit' in parsed ? (parsed.emit ?? []) : []) as readonly Emitted[]);
      }
      if (step.done) break;
    }
  }

  const rows: UrlRow[] = [];
  for await (const { entries } of frontier.ledger.walk(now)) rows.push(...entries.map(({ row }) => row));
  const own = hostIdOf(url);
  const name = ({ url: of }: UrlRow) => (hostIdOf(of) === own ? new URL(of).pathname + new URL(of).search : of);
  const label = (row: UrlRow) => {
    if (row.state === 'accepted' && row.lastFailure !== undefined) return `waits:${row.lastFailure}`;
    return balanceLabel(row).replace(/^parsed$/, 'article');
  };
  const asked = rows.find((row) => row.url === url);
  return {
    rows,
    ends: Object.fromEntries(rows.map((row) => [name(row), label(row)])),
    end: asked === undefined ? 'not admitted' : label(asked),
  };
}
