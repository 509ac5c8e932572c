/** What an amount of news needs, by arithmetic from measured figures. No measuring here: docs/sizing.md is made by it. */

/** Measured by main.ts, or assumed (`assumed`); written to docs/sizing.json. */
export interface Figures {
  readonly measured: {
    /** CPU milliseconds a fetch costs the crawler: robots, pace, request, archive, ledger. */
    readonly crawlerMsPerFetch: number;
    /** CPU milliseconds the parser needs for a page: everything it does with one, and reading the page itself. */
    readonly parserMsPerPage: number;
    readonly indexerMsPerArticle: number;
    readonly elasticsearchMsPerArticle: number;
    /** CPU milliseconds of Redis for a fetched page and all that follows. */
    readonly redisMsPerPage: number;
    /** Bytes of Redis for a known URL with which nothing is left to do. */
    readonly redisBytesPerUrl: number;
    /** Bytes of Redis for an article as long as it is compared with newer ones (COPIES_WINDOW_DAYS, 30). */
    readonly redisBytesPerRecentArticle: number;
    /** Bytes of Redis for what a host's pages have taught, after some dozens of them. */
    readonly redisBytesPerHost: number;
    /** Bytes on disk for an article, one copy. */
    readonly elasticsearchBytesPerArticle: number;
    /** Bytes of the archive for a page, gzip. */
    readonly archiveBytesPerPage: number;
  };
  readonly assumed: {
    /** Known URLs for each article: lists, what turns out not to be one, what is skipped. */
    readonly urlsPerArticle: number;
    /** Times that an article is looked at again (RECHECK_AGES). */
    readonly rechecksPerArticle: number;
    /** How many of those find another page, which is archived and parsed. */
    readonly changedShare: number;
    /** The busiest hour beside the average one. */
    readonly peak: number;
    /** How busy a processor may be at peak. */
    readonly busyShare: number;
    readonly monthsKept: number;
    /** Copies of each index. */
    readonly replicas: number;
    /** Hosts for each million articles a month. */
    readonly hostsPerMillion: number;
  };
}

export interface Needs {
  readonly articlesPerMonth: number;
  readonly fetchesPerSecond: number;
  /** Processors at peak, by part. */
  readonly cores: Readonly<Record<'crawler' | 'parser' | 'indexer' | 'redis' | 'elasticsearch', number>>;
  readonly redisBytes: number;
  readonly elasticsearchBytes: number;
  readonly archiveBytes: number;
}

const secondsPerMonth = 30 * 86_400;

export function needsOf({ measured, assumed }: Figures, articlesPerMonth: number): Needs {
  const { urlsPerArticle, rechecksPerArticle, changedShare, peak, busyShare, monthsKept, replicas } = assumed;
  const hosts = (articlesPerMonth / 1e6) * assumed.hostsPerMillion;
  const fetches = articlesPerMonth * (urlsPerArticle + rechecksPerArticle);
  const pages = articlesPerMonth * (urlsPerArticle + rechecksPerArticle * changedShare);
  const writes = articlesPerMonth * (1 + rechecksPerArticle * changedShare);
  const cores = (count: number, ms: number): number => ((count * ms) / 1_000 / secondsPerMonth) * (peak / busyShare);
  return {
    articlesPerMonth,
    fetchesPerSecond: fetches / secondsPerMonth,
    cores: {
      crawler: cores(fetches, measured.crawlerMsPerFetch),
      parser: cores(pages, measured.parserMsPerPage),
      indexer: cores(writes, measured.indexerMsPerArticle),
      redis: cores(fetches, measured.redisMsPerPage),
      elasticsearch: cores(writes * replicas, measured.elasticsearchMsPerArticle),
    },
    redisBytes:
      articlesPerMonth * monthsKept * urlsPerArticle * measured.redisBytesPerUrl +
      articlesPerMonth * measured.redisBytesPerRecentArticle +
      hosts * measured.redisBytesPerHost,
    elasticsearchBytes: articlesPerMonth * monthsKept * replicas * measured.elasticsearchBytesPerArticle,
    archiveBytes: pages * monthsKept * measured.archiveBytesPerPage,
  };
}

const amounts = [1_000_000, 10_000_000, 100_000_000];
const decimal = (value: number): string =>
  value >= 10 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
const units = [
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'KB'],
] as const;
function bytes(value: number): string {
  const [size, unit] = units.find(([least]) => value >= least) ?? [1, 'bytes'];
  return `${decimal(value / size)} ${unit}`;
}
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The two tables of docs/sizing.md. */
export function tablesOf(figures: Figures): { readonly figures: string; readonly needs: string } {
  const { measured, assumed } = figures;
  const figureRows = [
    ['crawler, a fetch', `${decimal(measured.crawlerMsPerFetch)} ms CPU`],
    ['parser, a page', `${decimal(measured.parserMsPerPage)} ms CPU`],
    ['indexer, an article', `${decimal(measured.indexerMsPerArticle)} ms CPU`],
    [
      'Elasticsearch, an article',
      `${decimal(measured.elasticsearchMsPerArticle)} ms CPU, ${bytes(measured.elasticsearchBytesPerArticle)}`,
    ],
    ['Redis, a fetch', `${decimal(measured.redisMsPerPage)} ms CPU`],
    [
      'Redis, a known URL; an article of the last 30 days, beside it',
      `${[measured.redisBytesPerUrl, measured.redisBytesPerRecentArticle].map((value) => value.toFixed(0)).join('; ')} bytes`,
    ],
    ['Redis, a host', bytes(measured.redisBytesPerHost)],
    ['archive, a page', bytes(measured.archiveBytesPerPage)],
    ['*assumed:* known URLs for each article', decimal(assumed.urlsPerArticle)],
    [
      '*assumed:* looks at each article again; of them finding a change',
      `${assumed.rechecksPerArticle}; ${assumed.changedShare * 100} %`,
    ],
    [
      '*assumed:* busiest hour beside the average; how busy a processor may be then',
      `${assumed.peak} ×; ${assumed.busyShare * 100} %`,
    ],
    ['*assumed:* hosts for each million articles a month', String(assumed.hostsPerMillion)],
    ['*assumed:* kept for; copies of the index', `${assumed.monthsKept} months; ${assumed.replicas}`],
  ];
  const needs = amounts.map((amount) => needsOf(figures, amount));
  const line = (name: string, value: (one: Needs) => string): string => row([name, ...needs.map(value)]);
  const { crawler, parser, indexer, redis, elasticsearch } = {
    crawler: 'crawlers, processors',
    parser: 'parsers, processors',
    indexer: 'indexers, processors',
    redis: 'Redis, processors',
    elasticsearch: 'Elasticsearch, processors for writing',
  };
  return {
    figures: [row(['what', 'figure']), '|---|---|', ...figureRows.map(row)].join('\n'),
    needs: [
      row(['articles a month', ...amounts.map((amount) => `${amount / 1e6} million`)]),
      '|---|---|---|---|',
      line('fetches a second, on average', (one) => decimal(one.fetchesPerSecond)),
      line(crawler, (one) => decimal(one.cores.crawler)),
      line(parser, (one) => decimal(one.cores.parser)),
      line(indexer, (one) => decimal(one.cores.indexer)),
      line(redis, (one) => decimal(one.cores.redis)),
      line(elasticsearch, (one) => decimal(one.cores.elasticsearch)),
      line('Redis, memory', (one) => bytes(one.redisBytes)),
      line('Elasticsearch, disk', (one) => bytes(one.elasticsearchBytes)),
      line('archive', (one) => bytes(one.archiveBytes)),
    ].join('\n'),
  };
}

/** Puts the tables into the page, between their marks. */
export function withTables(page: string, figures: Figures): string {
  const tables = tablesOf(figures);
  return (['figures', 'needs'] as const).reduce(
    (text, name) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(\\n<!-- /${name} -->)`),
        (_all, open: string, close: string) => `${open}${tables[name]}${close}`,
      ),
    page,
  );
}
