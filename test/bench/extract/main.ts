/**
 * Scores the parser on the labelled pages: node test/bench/extract/main.ts [--sets a,b] [--data DIR] [--worst] [--out DIR]
 * Prints body F1 of each set beside the best of twenty open extractors, and what a page costs beside a bare DOM parse.
 */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parsePage } from '../../../packages/core/src/index.ts';
import { bestPeer, bodySets, hasSet, readSet } from './data.ts';
import { aggregate, type BodyScore, scoreBody } from './score.ts';

// The bare parser to compare with is core's own dependency; the bench is no package.
const { parseDocument } = createRequire(new URL('../../../packages/core/package.json', import.meta.url))(
  'htmlparser2',
) as {
  parseDocument(html: string): unknown;
};

const { values } = parseArgs({
  options: {
    sets: { type: 'string' },
    data: { type: 'string', default: process.env.NEWSMILL_BENCH_DATA ?? '../shared/data' },
    worst: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const data = resolve(values.data);
if (!existsSync(join(data, 'pages'))) {
  console.log(`skipped: no labelled pages at ${data} (--data or NEWSMILL_BENCH_DATA)`);
  process.exit(0);
}
const fetchedAt = new Date().toISOString();
const f = (x: number) => x.toFixed(4);

function cpuMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1000;
}

console.log(
  `${'set'.padEnd(21)} pages  body F1  prec.   recall  best peer  diff     not article  CPU ms/page  bare  ratio`,
);
const means: number[] = [];
let labelled = 0;
let recognised = 0;
// The first pages pay for the just-in-time compiler; a worker pays that once in its life.
const warmUp = hasSet(data, 'scrapinghub') ? [...readSet(data, 'scrapinghub')].slice(0, 60) : [];
for (const page of [...warmUp, ...warmUp]) {
  parseDocument(new TextDecoder().decode(page.bytes));
  parsePage({ url: page.url, bytes: page.bytes, fetchedAt });
}
for (const set of values.sets?.split(',') ?? [...bodySets, 'zh']) {
  if (!hasSet(data, set)) {
    console.log(`${set.padEnd(21)} absent`);
    continue;
  }
  const pages = [...readSet(data, set)];
  const texts = pages.map((page) => new TextDecoder().decode(page.bytes));
  const scores: { id: string; score: BodyScore }[] = [];
  const predictions: string[] = [];
  const reasons = new Map<string, number>();
  let refused = 0;
  let own = 0;
  let bare = 0;
  pages.forEach((page, index) => {
    bare += cpuMs(() => parseDocument(texts[index] ?? ''));
    let result: ReturnType<typeof parsePage> | undefined;
    own += cpuMs(() => {
      result = parsePage({ url: page.url, bytes: page.bytes, contentType: 'text/html', fetchedAt, obeysRobots: false });
    });
    const verdict = result?.verdict;
    if (verdict?.type === 'not_article') {
      refused += 1;
      reasons.set(verdict.reason, (reasons.get(verdict.reason) ?? 0) + 1);
    }
    const article = verdict?.type === 'article' ? verdict.article : undefined;
    if (page.truth.body) scores.push({ id: page.id, score: scoreBody(page.truth.body, article?.body ?? '') });
    predictions.push(
      JSON.stringify({
        id: page.id,
        title: article?.headline ?? null,
        date: article?.datePublished ?? null,
        authors: article?.contributors?.filter((c) => c.role !== 'editor').map((c) => c.name) ?? [],
        body: article?.body ?? '',
      }),
    );
  });
  labelled += pages.length;
  recognised += pages.length - refused;
  if (values.out) {
    mkdirSync(values.out, { recursive: true });
    writeFileSync(join(values.out, `${set}.jsonl`), `${predictions.join('\n')}\n`);
  }
  const all = aggregate(scores.map(({ score }) => score));
  if ((bodySets as readonly string[]).includes(set)) means.push(all.f1);
  const peer = bestPeer[set];
  console.log(
    `${set.padEnd(21)} ${String(pages.length).padStart(5)}  ${f(all.f1)}   ${f(all.precision)}  ${f(all.recall)}  ${peer?.toFixed(3) ?? '  -  '}      ${peer ? (all.f1 - peer >= 0 ? '+' : '') + f(all.f1 - peer) : ''}  ${String(refused).padStart(4)}         ${(own / pages.length).toFixed(2).padStart(6)}     ${(bare / pages.length).toFixed(2).padStart(5)}  ${(own / bare).toFixed(2)}  ${refused > 0 ? JSON.stringify(Object.fromEntries(reasons)) : ''}`,
  );
  if (values.worst) {
    for (const { id, score } of scores.toSorted((a, b) => a.score.f1 - b.score.f1).slice(0, 10)) {
      console.log(`    ${f(score.f1)}  p ${f(score.precision)}  r ${f(score.recall)}  ${id}`);
    }
  }
}
if (means.length > 0)
  console.log(`mean of ${means.length} body sets: ${f(means.reduce((sum, x) => sum + x, 0) / means.length)}`);
console.log(
  `taken for articles: ${recognised} of ${labelled} labelled articles (${((100 * recognised) / Math.max(1, labelled)).toFixed(1)} %)`,
);
