import { UsageError } from '@newsmill/contracts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { archiveIndex, archivePrune, archiveStatus, type PruneFlags } from './commands/archive.ts';
import { type AuditFlags, auditPipeline } from './commands/audit.ts';
import { crawl } from './commands/crawl.ts';
import { demo } from './commands/demo.ts';
import { type ExportOptions, exportCaptures } from './commands/export.ts';
import { history } from './commands/history.ts';
import { type ImportOptions, importFiles } from './commands/import.ts';
import { indexCheck } from './commands/index-check.ts';
import { parse, parseLines } from './commands/parse.ts';
import { probe } from './commands/probe.ts';
import {
  dropQuarantine,
  listQuarantine,
  type QuarantineOptions,
  retryQuarantine,
  showQuarantine,
} from './commands/quarantine.ts';
import { type ReindexFlags, reindexArticles } from './commands/reindex.ts';
import { replay } from './commands/replay.ts';
import { isIntoNew, type ReplayIntoNewOptions, replayIntoNew } from './commands/replay-into-new.ts';
import { robotsLines } from './commands/robots.ts';
import { search } from './commands/search.ts';
import { runServices } from './commands/services.ts';
import { type SetupFilesOptions, setupFiles, setupKeys } from './commands/setup.ts';
import { add, listSources, removeSource } from './commands/sources.ts';
import { type ApplyOptions, applySources, exportSources } from './commands/sources-file.ts';
import { down, status, up } from './commands/stack.ts';
import { urlLines } from './commands/urls.ts';
import { why } from './commands/why.ts';
import { type CliConfig, readFetchSettings, readSettings } from './config.ts';
import { policyOf } from './fetch-policy.ts';
import type { Output } from './output.ts';

const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  };
const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

/** All commands. `exit` is told the exit code of those that have one of their own. */
export function createProgram(output: Output, signal: AbortSignal, exit: (code: number) => void): Command {
  const program = new Command('newsmill');
  program
    .exitOverride()
    .description('News sites in, searchable articles out.')
    .helpOption('-h, --help', 'shows help')
    .showHelpAfterError('(add --help for how to use it)')
    .addHelpText(
      'after',
      `
Environment: REDIS_URL and ELASTICSEARCH_URL (with user:password@, or ELASTICSEARCH_API_KEY) point at existing servers;
without them \`up\` starts its own. NEWSMILL_DATA_DIR says where data lies, NEWSMILL_CACHE_DIR where fetched servers do.`,
    );

  program
    .command('demo')
    .description('runs the whole pipeline on the fixture news sites of this repository and searches them')
    .option('--exit', 'ends by itself: exit code 0, or 1 if anything was lost')
    .action(async (options: { exit?: boolean }) => exit(await demo(config(), output, options, signal)));

  program
    .command('up')
    .description('starts Redis, Elasticsearch, crawler, parser, indexer and API, and leaves them running')
    .action(() => up(config(), output));
  program
    .command('down')
    .description('stops what `up` started; data stays')
    .action(() => down(config(), output));
  program
    .command('status')
    .description('what runs, how deep the queues are, what became of all URLs')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => status(config(), output, options.json ?? false));

  // What `up` leaves running; by hand it runs the services in the foreground.
  program
    .command('services', { hidden: true })
    .description('runs crawler, parser, indexer and API until stopped')
    .action(() => runServices(config(), output, signal));

  program
    .command('add')
    .description('adds a source: a site, by any page, feed or sitemap of it, that is looked at from now on')
    .argument('<url>', 'http(s) address')
    .option('--name <name>', 'what to call it')
    .option('--json', 'as JSON')
    .action((url: string, options: { name?: string; json?: boolean }) => add(config(), output, url, options));

  const sources = program
    .command('sources')
    .description('lists the sources')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => listSources(config(), output, options.json ?? false));
  sources
    .command('remove')
    .description('removes a source; what it brought stays in the index')
    .argument('<id>', 'as `sources` shows it')
    .action((id: string) => removeSource(config(), output, id));
  sources
    .command('apply')
    .description('makes the sources those of a file (see sources.example.yaml); doing it again changes nothing')
    .argument('<file>', 'YAML, or - for standard input')
    .option('--prune', 'removes standing sources that the file does not have')
    .option('--dry-run', 'says what would be done, and does nothing')
    .option('--json', 'as JSON')
    .action((file: string, options: ApplyOptions) => applySources(config(), output, file, options, process.stdin));
  sources
    .command('export')
    .description('prints the standing sources as a file that `apply` takes')
    .action(() => exportSources(config(), output));

  program
    .command('crawl')
    .description('crawls once from each address, within its site')
    .argument('<url...>', 'http(s) addresses')
    .option('--max-pages <n>', 'fetches at most so many pages per site', wholeNumber(1, 10_000_000))
    .option('--wait', 'shows progress until nothing is left to do')
    .option('--json', 'as JSON')
    .action(async (urls: string[], options: { maxPages?: number; wait?: boolean; json?: boolean }) =>
      exit(await crawl(config(), output, urls, options, signal)),
    );

  program
    .command('parse')
    .description('prints the article that the parser makes of one page, as JSON')
    .argument('[page]', 'a file (also .gz), an http(s) address, or - for standard input')
    .option('--url <url>', "the page's address, when it was read from a file")
    .option('--rules <file>', 'rules for single sites (docs/site-rules.md), to try them')
    .option(
      '--page <page>',
      'a later page of the same article, joined to it; may be given several times',
      (page: string, before: string[]) => [...before, page],
      [],
    )
    .option(
      '--jsonl',
      'reads lines {"id","url","path"|"htmlBase64","contentType"?}, writes {"id","article"|null,"reason"?}',
    )
    .addHelpText('after', '\nExit code 1: the page is not an article (the reason is printed).')
    .action(
      async (page: string | undefined, options: { url?: string; rules?: string; page: string[]; jsonl?: boolean }) => {
        if (options.jsonl) return parseLines(process.stdin, output);
        if (page === undefined) throw new UsageError('page: give a file, an address, - for standard input, or --jsonl');
        exit(await parse(output, [page, ...options.page], options));
      },
    );

  program
    .command('probe')
    .description(
      'shows what a site offers (feeds, sitemaps, sections, articles) and writes its source entry; stores nothing',
    )
    .argument('<url>', 'http(s) address')
    .option('--json', 'as JSON')
    .action(async (url: string, options: { json?: boolean }) =>
      exit(await probe(output, url, options.json ?? false, signal)),
    );
  program
    .command('why')
    .description('says what newsmill would do with an address, and why: scope, robots.txt, what is known of it')
    .argument('<url>', 'http(s) address')
    .option('--json', 'as JSON')
    .action((url: string, options: { json?: boolean }) => why(config(), output, url, options.json ?? false));
  program
    .command('history')
    .description('shows how an article was changed: each state that was seen, and the difference to the next')
    .argument('<article>', 'its id or its address')
    .option('--json', 'as JSON: all states in full')
    .action(async (article: string, options: { json?: boolean }) =>
      exit(await history(config(), output, article, options.json ?? false)),
    );
  program
    .command('index')
    .description('looks after the index in Elasticsearch')
    .command('check')
    .description("says where the live index differs from the code's mapping and analysis; exit code 1 if it does")
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => exit(await indexCheck(config(), output, options.json ?? false)));
  program
    .command('reindex')
    .description(
      "copies all articles (or what another index holds) into a new index of the code's mapping; searches and indexers go on meanwhile",
    )
    .option('--resume', 'goes on with one that was interrupted')
    .option('--keep-old', 'does not delete the old index at the end')
    .option('--force', 'also if the index is what the code wants')
    .option('--abandon', 'drops one that was interrupted')
    .option('--index <name>', 'articles, article-versions or sites', 'articles')
    .option('--json', 'as JSON')
    .action(async (options: ReindexFlags) => exit(await reindexArticles(config(), output, options, signal)));
  program
    .command('robots')
    .description('says what a robots.txt allows, and by which rule')
    .requiredOption('--jsonl', 'reads lines {"id","robots"|"robots_b64","agent","url"}, writes {"id","allowed","rule"}')
    .action(() => robotsLines(process.stdin, output));
  program
    .command('urls')
    .description('says whether addresses may be fetched at all, and their canonical form, without the network')
    .requiredOption(
      '--jsonl',
      'reads lines {"id","url"}, writes {"id","outcome":"fetch"|"skip","reason"?,"canonical"?}',
    )
    .action(() => urlLines(process.stdin, output, policyOf(readFetchSettings())));

  program
    .command('audit')
    .description('proves that every URL is indexed, skipped with a reason, quarantined or in flight; tells what is not')
    .option('--repair', 'puts back what is missing')
    .option('--resume', 'goes on with one that was interrupted')
    .option('--settle <seconds>', 'what looks wrong is looked at again after this long', wholeNumber(0, 600))
    .option('--json', 'as JSON')
    .action(async (flags: AuditFlags) => exit(await auditPipeline(config(), output, flags, signal)));

  addQuarantine(program, output, exit);
  addArchive(program, output, signal, exit);
  addSetup(program, output);
  program
    .command('replay')
    .description('parses archived pages again, without the network, and has the index brought up to date')
    .option('--source <id>', 'only pages of this source')
    .option('--from <date>', 'only pages fetched at or after, e.g. 2026-05-01 or 2026-05-01T12:00:00Z')
    .option('--to <date>', 'only pages fetched before')
    .option('--host <host>', 'only pages of this host')
    .option('--parser-older-than <version>', 'only articles that an older parser has made; now: than this one')
    .option('--limit <n>', 'at most so many pages', wholeNumber(1, 1_000_000_000))
    .option('--rules <file>', 'rules for single sites (docs/site-rules.md), as the parser has them')
    .option('--missing', 'only pages that the index has no article of')
    .option('--dry-run', 'says what would change, and changes nothing')
    .addOption(
      new Option('--into <index>', 'the live index, or a new one beside it that nobody searches yet')
        .choices(['live', 'new'])
        .default('live'),
    )
    .option('--resume', 'goes on with a new index that was interrupted, or brings it up to date and compares again')
    .option('--switch', 'the new index takes the place of the live one')
    .option('--keep-old', 'with --switch: does not delete the old index')
    .option('--abandon', 'drops the new index')
    .option('--json', 'as JSON')
    .action(async (options: ReplayIntoNewOptions) => {
      if (isIntoNew(options)) exit(await replayIntoNew(config(), output, options, signal));
      else await replay(config(), output, options, signal);
    });

  program
    .command('search')
    .description(
      'searches the articles; "phrase", -not, site:, source:, author:, before:, after: work inside the query',
    )
    .argument('<query...>', 'words in any script')
    .option('--site <domain>', 'only this site (may be repeated)', collect)
    .option('--from <date>', 'published on or after, e.g. 2024, 2024-05 or 2024-05-01')
    .option('--to <date>', 'published on or before')
    .option('--language <tag>', 'zh, zh-Hans, en, … (may be repeated)', collect)
    .addOption(new Option('--sort <order>', 'order of hits').choices(['relevance', 'newest']).default('relevance'))
    .option('--size <n>', 'hits', wholeNumber(1, 100), 10)
    .option('--json', 'as JSON')
    .action((words: string[], options) => search(config(), output, words.join(' '), options));

  return program;
}

function addArchive(program: Command, output: Output, signal: AbortSignal, exit: (code: number) => void): void {
  program
    .command('import')
    .description(
      'takes the captures of WARC files (CC-NEWS and others) into the archive, and has them parsed and indexed',
    )
    .argument('<file...>', '.warc.gz or .warc')
    .option('--source <id>', 'pages of this source, within its scope; without it all, as source `import`')
    .option('--from-offset <n>', 'goes on in the middle of a file, where another import ended', wholeNumber(0, 2 ** 53))
    .option('--limit <n>', 'takes at most so many captures of each file', wholeNumber(1, 1_000_000_000))
    .option('--record-bytes-max <n>', 'passes over longer records', wholeNumber(1_000, 1_000_000_000), 16_777_216)
    .option('--wait', 'shows progress until nothing is left to do')
    .option('--dry-run', 'says what would be taken, and takes nothing')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nDoing it again changes nothing. Exit code 1: a file is damaged (what is good of it was taken).',
    )
    .action(async (files: string[], options: ImportOptions) =>
      exit(await importFiles(config(), output, files, options, signal)),
    );
  const archive = program.command('archive').description('looks after the archive');
  archive
    .command('status')
    .description('how much there is, since when, and how fast it grows')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => archiveStatus(config(), output, options.json ?? false));
  archive
    .command('cdxj')
    .description('writes where each page is, for pywb and other players; sort it: | LC_ALL=C sort > index.cdxj')
    .action(async () => exit(await archiveIndex(config(), output, signal)));
  archive
    .command('prune')
    .description('removes what ARCHIVE_RETENTION_DAYS and ARCHIVE_BYTES_MAX let go, as crawlers do every hour')
    .option('--older-than-days <n>', 'instead of ARCHIVE_RETENTION_DAYS', wholeNumber(1, 36_500))
    .option('--bytes-max <n>', 'instead of ARCHIVE_BYTES_MAX', wholeNumber(1, 1e15))
    .option('--dry-run', 'says what would go, and removes nothing')
    .option('--json', 'as JSON')
    .action((flags: PruneFlags) => archivePrune(config(), output, flags, signal));
  program
    .command('export')
    .description('writes captures of the archive to standard output, as a WARC file that `import` takes')
    .option('--warc', 'the form; there is no other yet')
    .option('--source <id>', 'only pages of this source')
    .option('--host <host>', 'only pages of this host')
    .option('--from <date>', 'only what was fetched at or after, e.g. 2026-05-01 or 2026-05-01T12:00:00Z')
    .option('--to <date>', 'only what was fetched before')
    .action(async (options: ExportOptions) =>
      exit(await exportCaptures(config(), output, process.stdout, options, signal)),
    );
}

function addQuarantine(program: Command, output: Output, exit: (code: number) => void): void {
  const quarantine = program
    .command('quarantine')
    .description('jobs that cannot go on: looks at them, puts them back, drops them');
  const filtered = (command: Command): Command =>
    command
      .option('--reason <reason>', 'only with this reason (see docs/outcomes.md)')
      .option('--host <host>', 'only about pages of this host')
      .option('--stage <stage>', 'only of this stage: visit, parse, index or remove')
      .option('--older-than <age>', 'only those that have been there for so long, e.g. 30min, 6h, 7d')
      .option('--limit <n>', 'at most so many, the newest first', wholeNumber(1, 1_000_000))
      .option('--json', 'as JSON');
  filtered(quarantine.command('list'))
    .description('lists them, the newest first')
    .action((options: QuarantineOptions) => listQuarantine(config(), output, options));
  quarantine
    .command('show')
    .description('shows one: reason, error, page, payload, and what happened to it before')
    .argument('<id>', 'as `list` shows it')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { json?: boolean }) =>
      exit(await showQuarantine(config(), output, id, options.json ?? false)),
    );
  filtered(quarantine.command('retry'))
    .description('puts one or many back on their queues')
    .argument('[id]', 'as `list` shows it')
    .option('--all', 'all of them')
    .action(async (id: string | undefined, options: QuarantineOptions) =>
      exit(await retryQuarantine(config(), output, id, options)),
    );
  filtered(quarantine.command('drop'))
    .description('forgets one or many')
    .argument('[id]', 'as `list` shows it')
    .action(async (id: string | undefined, options: QuarantineOptions) =>
      exit(await dropQuarantine(config(), output, id, options)),
    );
}

function addSetup(program: Command, output: Output): void {
  const setup = program
    .command('setup')
    .description('makes the passwords, certificates and keys that secured servers want (docs/operations.md)');
  setup
    .command('files')
    .description('makes those that are missing in a folder; what is there stays')
    .argument('<folder>', 'where docker-compose.yml looks: secrets')
    .option('--redis-host <host>', 'what services call Redis', 'redis')
    .option('--elasticsearch-host <host>', 'what services call Elasticsearch', 'elasticsearch')
    .option(
      '--also-named <name>',
      "a further name or address in Elasticsearch's certificate (may be repeated)",
      collect,
    )
    .action((folder: string, options: SetupFilesOptions) => setupFiles(config(), output, folder, options));
  setup
    .command('keys')
    .description('has Elasticsearch (ELASTICSEARCH_URL) make the API keys that are missing there')
    .argument('<folder>', 'of `setup files`')
    .action((folder: string) => setupKeys(config(), output, folder));
}

/** Read by the command that runs, so that `--help` works with any environment. */
const config = (): CliConfig => readSettings();
