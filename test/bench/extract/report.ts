import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ExtractedArticle } from '../../../packages/contracts/src/index.ts';
import { otherPages, storyPages } from '../../../packages/core/src/extract/page-kinds.ts';
import { parsePage } from '../../../packages/core/src/index.ts';
import { authorsF1, sameDay, sameName, sameTitle } from '../fields/score.ts';
import { allSets, bestPeer, bodySets, type LabelledPage, readSet } from './data.ts';
import { aggregate, type BodyScore, scoreBody } from './score.ts';

/**
 * `pnpm bench:extract [--data DIR] [--worst] [--write]`: what the parser makes of every labelled page, beside the best
 * of the open extractors, per set; `--write` puts the tables into docs/extraction.md. The labelled pages lie outside of
 * the repository: their licences are for measuring only.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: process.env.NEWSMILL_BENCH_DATA ?? '../shared/data' },
    worst: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const data = resolve(values.data);
if (!existsSync(`${data}/pages`)) {
  console.log(`skipped: no labelled pages at ${data} (--data or NEWSMILL_BENCH_DATA)`);
  process.exit(0);
}
const fetchedAt = new Date().toISOString();

/** Best of twenty extractors over all sets, as measured once on the same pages. */
const peerMeans = { headline: 0.71, date: 0.87, authors: 0.6 };
const chinesePeers = { headline: 0.94, date: 0.94, author: 0.2, source: 0.24, editor: 0 };

interface Sums {
  body: { id: string; score: BodyScore }[];
  refused: number;
  pages: number;
  readonly fields: Map<string, number[]>;
}

type Gold = LabelledPage['truth'] & {
  title?: string;
  date?: string;
  date_full?: string;
  authors?: string[];
  source?: string;
  source_chain?: string[];
  editors?: string[];
};

function judge(sums: Sums, page: LabelledPage, article: ExtractedArticle | undefined): void {
  const gold = page.truth as Gold;
  const add = (field: string, value: number | boolean) =>
    sums.fields.set(field, [...(sums.fields.get(field) ?? []), Number(value)]);
  const people = article?.contributors ?? [];
  const authors = people.filter((one) => one.role !== 'editor' && one.role !== 'translator').map((one) => one.name);
  if (gold.body) sums.body.push({ id: page.id, score: scoreBody(gold.body, article?.body ?? '') });
  if (gold.title) add('headline', sameTitle(gold.title, article?.headline));
  if (gold.date) {
    const right = sameDay(gold.date, gold.date_full, article?.datePublished);
    add('date', right);
    add('instant', right || sameMinute(gold.date_full, article?.datePublished));
  }
  if (gold.authors?.length) {
    add('authors', authorsF1(gold.authors, authors));
    add(
      'author',
      gold.authors.some((name) => authors.some((ours) => sameName(name, ours))),
    );
  }
  if (gold.source) {
    const chain = article?.sourceChain ?? [];
    const names = [gold.source, ...(gold.source_chain ?? []), ...gold.source.split(/[-－—·]/)];
    add(
      'source',
      [...chain, chain.join('')].some((ours) => names.some((name) => sameName(name, ours))),
    );
  }
  if (gold.editors?.length) {
    const editors = people.filter((one) => one.role === 'editor');
    add(
      'editor',
      gold.editors.some((name) => editors.some((one) => sameName(name, one.name))),
    );
  }
}

const sameMinute = (gold: string | undefined, ours: string | undefined): boolean =>
  Math.abs(Date.parse(gold ?? '') - Date.parse(ours ?? '')) < 60_000;

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
const show = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '–' : value.toFixed(3);
const sets = new Map<string, Sums>();
for (const set of allSets(data)) {
  const sums: Sums = { body: [], refused: 0, pages: 0, fields: new Map() };
  for (const page of readSet(data, set)) {
    const { verdict } = parsePage({
      url: page.url,
      bytes: page.bytes,
      contentType: 'text/html',
      fetchedAt,
      obeysRobots: false,
    });
    sums.pages += 1;
    if (verdict.type !== 'article') sums.refused += 1;
    judge(sums, page, verdict.type === 'article' ? verdict.article : undefined);
  }
  sets.set(set, sums);
}

const field = (set: string, name: string, countMin = 1): number | undefined => {
  const numbers = sets.get(set)?.fields.get(name) ?? [];
  return numbers.length >= countMin ? mean(numbers) : undefined;
};
const bodyOf = (set: string): number | undefined => {
  const scores = sets.get(set)?.body ?? [];
  return scores.length > 0 ? aggregate(scores.map((one) => one.score)).f1 : undefined;
};
const sum = (name: string): number =>
  [...sets.keys()].reduce(
    (all, set) => all + (sets.get(set)?.fields.get(name) ?? []).reduce((one, more) => one + more, 0),
    0,
  );
const overSets = (name: string, countMin: number): number =>
  mean([...sets.keys()].flatMap((set) => (set === 'zh' ? [] : (field(set, name, countMin) ?? []))));

/** How many of the pages that were made for it (core/src/extract/page-kinds.ts) are taken for stories. */
const taken = (pages: ReturnType<typeof storyPages>): number =>
  pages.filter(({ url, html }) => {
    const bytes = new TextEncoder().encode(html);
    return parsePage({ url, bytes, contentType: 'text/html; charset=utf-8', fetchedAt }).verdict.type === 'article';
  }).length;
const stories = { taken: taken(storyPages()), all: storyPages().length };
const others = { taken: taken(otherPages()), all: otherPages().length };
const labelled = [...sets.values()].reduce((sum, { pages }) => sum + pages, 0);
const accepted = labelled - [...sets.values()].reduce((sum, { refused }) => sum + refused, 0);

const rows = [...sets].map(([set, { pages, refused }]) => {
  const counts = (bodySets as readonly string[]).includes(set) || set === 'zh';
  return `| ${set} | ${pages} | ${show(bodyOf(set))} | ${counts ? show(bestPeer[set]) : '–'} | ${show(field(set, 'headline'))} | ${show(field(set, 'date'))} | ${show(field(set, 'authors', 20))} | ${refused} |`;
});
const bodyMean = mean(bodySets.flatMap((set) => bodyOf(set) ?? []));
const peerMean = mean(bodySets.flatMap((set) => bestPeer[set] ?? []));
const tables = `| set | pages | body F1 | best peer | headline | date | authors | refused |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}
| **mean** (body: the ${bodySets.length} sets with a peer) | | **${show(bodyMean)}** | ${show(peerMean)} | **${show(overSets('headline', 1))}** | **${show(overSets('date', 1))}** | **${show(overSets('authors', 20))}** | |
| best peer over all sets | | | | ${show(peerMeans.headline)} | ${show(peerMeans.date)} | ${show(peerMeans.authors)} | |

Some labels tell the instant in UTC, so that their day is another one than a reader sees. With ${sum('instant') - sum('date')} dates of the very same minute the mean is ${show(overSets('instant', 1))}.

| Chinese pages, raw bytes | body F1 | headline | date | an author | a 来源 | an editor |
|---|---|---|---|---|---|---|
| newsmill | **${show(bodyOf('zh'))}** | **${show(field('zh', 'headline'))}** | **${show(field('zh', 'date'))}** | **${show(field('zh', 'author'))}** | **${show(field('zh', 'source'))}** | **${show(field('zh', 'editor'))}** |
| best peer (text decoded for it) | ${show(bestPeer.zh)} | ${show(chinesePeers.headline)} | ${show(chinesePeers.date)} | ${show(chinesePeers.author)} | ${show(chinesePeers.source)} | ${show(chinesePeers.editor)} |

| article or not | taken for an article | share |
|---|---|---|
| labelled articles | ${accepted} of ${labelled} | **${show(accepted / labelled)}** |
| stories made for this test, English and Chinese | ${stories.taken} of ${stories.all} | **${show(stories.taken / stories.all)}** |
| other pages made for it: lists, searches, topics, pictures, films, threads, walls, errors | ${others.taken} of ${others.all} | **${show(others.taken / others.all)}** |`;

console.log(tables);
if (values.worst) {
  for (const [set, { body }] of sets) {
    for (const { id, score } of body.toSorted((a, b) => a.score.f1 - b.score.f1).slice(0, 10)) {
      console.log(
        `${set}  ${score.f1.toFixed(4)}  p ${score.precision.toFixed(4)}  r ${score.recall.toFixed(4)}  ${id}`,
      );
    }
  }
}
if (values.write) {
  const path = new URL('../../../docs/extraction.md', import.meta.url);
  const page = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    page.replace(
      /(<!-- figures -->\n)[\s\S]*?(<!-- \/figures -->)/,
      (_all, open: string, close: string) => `${open}\n${tables}\n\n${close}`,
    ),
  );
}
