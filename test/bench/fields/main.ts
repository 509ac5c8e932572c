/**
 * Scores headline, date, authors and Chinese credits on the labelled pages.
 * `node test/bench/fields/main.ts [--worst] [--half a|b|c] [--set NAME] [--parse-page]`; `--parse-page` runs the whole parser.
 * The data's path comes from NEWSMILL_DATA or ../shared/data; without data it says so and ends.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { collectEvidence, extractFields, type FieldsResult } from '../../../packages/core/src/fields/index.ts';
import { parsePage } from '../../../packages/core/src/index.ts';
import { authorsF1, inHalf, sameDay, sameName, sameTitle } from './score.ts';

const { parseDocument } = createRequire(new URL('../../../packages/core/package.json', import.meta.url))('htmlparser2');
const DATA = process.env.NEWSMILL_DATA ?? new URL('../../../../shared/data', import.meta.url).pathname;
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : (process.argv[at + 1] ?? '');
};
const worst = process.argv.includes('--worst');
const half = option('half');
const all = process.argv.includes('--parse-page');
const only = option('set');

interface Truth {
  id: string;
  url?: string;
  charset?: string;
  title?: string;
  date?: string;
  date_full?: string;
  authors?: string[];
  editors?: string[];
  source?: string;
  source_chain?: string[];
  breadcrumb?: string[];
  original_title?: string;
}
class Tally {
  sum = 0;
  count = 0;
  add(value: number | boolean): void {
    this.sum += Number(value);
    this.count += 1;
  }
  toString(): string {
    return this.count === 0 ? '        –' : `${(this.sum / this.count).toFixed(3)}/${String(this.count).padEnd(3)}`;
  }
}

/** What the whole parser makes of the bytes; a page that it takes for no article has no fields. */
function runAll(truth: Truth, bytes: Buffer): FieldsResult {
  const { verdict } = parsePage({
    url: truth.url ?? 'https://page.invalid/',
    bytes,
    fetchedAt: '2026-11-01T00:00:00Z',
  });
  return verdict.type === 'article'
    ? ({ ...verdict.article, siteCard: verdict.article.site } as FieldsResult)
    : { siteCard: { domain: '' }, provenance: { headline: verdict.reason } };
}

/** Without `url` in the truth an address is made up, so that nothing is learned from it. */
function run(truth: Truth, bytes: Buffer): FieldsResult {
  const charset = truth.charset?.startsWith('cp125') ? truth.charset.replace('cp', 'windows-') : truth.charset;
  const label = charset === 'utf-8-sig' || charset === 'cp865' || !charset ? 'utf-8' : charset;
  const doc = parseDocument(new TextDecoder(label).decode(bytes));
  const origin = { url: truth.url ?? 'https://page.invalid/', fetchedAt: '2026-11-01T00:00:00Z' };
  return extractFields(doc, collectEvidence(doc, origin), origin);
}

if (!existsSync(DATA)) {
  console.log(`skipped: no labelled data at ${DATA} (set NEWSMILL_DATA)`);
  process.exit(0);
}
const sets = [...readdirSync(`${DATA}/pages`).map((name) => `pages/${name}`), 'zh'].filter(
  (name) => !only || name.endsWith(only),
);
const COLUMNS = ['headline', 'date', 'authors', 'author', 'source', 'editor', 'crumbs', 'original'] as const;
const totals = new Map<string, Map<string, Tally>>();
console.log(`${'set'.padEnd(24)} ${COLUMNS.map((name) => name.padEnd(10)).join(' ')}`);
let elapsed = 0;
for (const set of sets) {
  const tallies = new Map(COLUMNS.map((name) => [name, new Tally()] as const));
  const miss = (truth: Truth, field: string, gold: unknown, ours: unknown, from: string | undefined): void => {
    if (worst)
      console.log(
        `  ${field} ${truth.id.slice(0, 40)} ${(truth.url ?? '').slice(0, 70)}\n     gold ${JSON.stringify(gold)}\n     ours ${JSON.stringify(ours)} ← ${from}`,
      );
  };
  for (const row of readFileSync(`${DATA}/${set}/truth.jsonl`, 'utf8').split('\n')) {
    if (row === '') continue;
    const truth = JSON.parse(row) as Truth;
    if (half && !inHalf(truth.id, half)) continue;
    const bytes = gunzipSync(readFileSync(`${DATA}/${set}/pages/${truth.id}.html.gz`));
    const started = performance.now();
    const fields = (all ? runAll : run)(truth, bytes);
    elapsed += performance.now() - started;
    const from = fields.provenance;
    const check = (
      name: (typeof COLUMNS)[number],
      value: number | boolean,
      gold: unknown,
      ours: unknown,
      source: string | undefined,
    ): void => {
      tallies.get(name)?.add(value);
      if (Number(value) < 1) miss(truth, name, gold, ours, source);
    };
    const people = fields.contributors ?? [];
    const authors = people.filter((one) => one.role !== 'editor' && one.role !== 'translator').map((one) => one.name);
    if (truth.title)
      check('headline', sameTitle(truth.title, fields.headline), truth.title, fields.headline, from.headline);
    if (truth.date)
      check(
        'date',
        sameDay(truth.date, truth.date_full, fields.datePublished),
        truth.date_full ?? truth.date,
        fields.datePublished,
        from.datePublished,
      );
    if (truth.authors?.length) {
      check('authors', authorsF1(truth.authors, authors), truth.authors, people, from.contributors);
      if (set === 'zh')
        tallies.get('author')?.add(truth.authors.some((name) => authors.some((ours) => sameName(name, ours))));
    }
    if (truth.source) {
      const chain = fields.sourceChain ?? [];
      const gold = [truth.source, ...(truth.source_chain ?? []), ...truth.source.split(/[-－—·]/)];
      check(
        'source',
        [...chain, chain.join('')].some((ours) => gold.some((name) => sameName(name, ours))),
        truth.source_chain,
        chain,
        from.sourceChain,
      );
    }
    if (truth.editors?.length) {
      const editors = people.filter((one) => one.role === 'editor');
      check(
        'editor',
        truth.editors.some((name) => editors.some((one) => sameName(name, one.name))),
        truth.editors,
        people,
        from.contributors,
      );
    }
    if (truth.breadcrumb?.length) {
      const wanted = truth.breadcrumb.filter((name) => !/正文|文章详情/.test(name)).join('>');
      check(
        'crumbs',
        (fields.sectionPath ?? []).join('>') === wanted,
        truth.breadcrumb,
        fields.sectionPath,
        from.sectionPath,
      );
    }
    if (truth.original_title)
      check(
        'original',
        sameTitle(truth.original_title, fields.alternativeHeadline),
        truth.original_title,
        fields.alternativeHeadline,
        from.alternativeHeadline,
      );
  }
  totals.set(set, tallies);
  console.log(`${set.padEnd(24)} ${COLUMNS.map((name) => `${tallies.get(name)}`.padEnd(10)).join(' ')}`);
}
const mean = (name: string, countMin: number): string => {
  const values = [...totals]
    .filter(([set]) => set !== 'zh')
    .map(([, tallies]) => tallies.get(name))
    .filter((tally) => tally !== undefined && tally.count >= countMin);
  const sum = values.reduce((total, tally) => total + (tally ? tally.sum / tally.count : 0), 0);
  return values.length === 0 ? '–' : (sum / values.length).toFixed(3);
};
console.log(
  `mean over sets: headline ${mean('headline', half ? 8 : 15)}  date ${mean('date', half ? 8 : 15)}  authors (≥ 20) ${mean('authors', half ? 10 : 20)}   decode+parse+fields ${(elapsed / 1000).toFixed(1)} s`,
);
