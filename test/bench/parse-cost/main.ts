/**
 * What reading a page costs beside a bare htmlparser2 DOM parse, warm: node test/bench/parse-cost/main.ts [--sets a,b]
 * [--rounds N] [--data DIR] [--parts] [--write]. Prints the median ratio of the rounds for each set, and with --parts what
 * each part of parsePage takes of it; --write puts the table into docs/extraction.md.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parsePage } from '../../../packages/core/src/index.ts';
import { bodySets, hasSet, type LabelledPage, readSet } from '../extract/data.ts';
import { partsOf } from './parts.ts';

const { parseDocument } = createRequire(new URL('../../../packages/core/package.json', import.meta.url))(
  'htmlparser2',
) as { parseDocument(html: string): unknown };

const { values } = parseArgs({
  options: {
    sets: { type: 'string' },
    data: { type: 'string', default: process.env.NEWSMILL_BENCH_DATA ?? '../shared/data' },
    rounds: { type: 'string', default: '5' },
    parts: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const data = resolve(values.data);
if (!existsSync(join(data, 'pages'))) {
  console.log(`skipped: no labelled pages at ${data} (--data or NEWSMILL_BENCH_DATA)`);
  process.exit(0);
}
const fetchedAt = new Date().toISOString();
const rounds = Number(values.rounds);

function cpuMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1000;
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

function read(page: LabelledPage): void {
  parsePage({ url: page.url, bytes: page.bytes, contentType: 'text/html', fetchedAt, obeysRobots: false });
}

const names = (values.sets?.split(',') ?? [...bodySets, 'zh']).filter((set) => hasSet(data, set));
const sets = names.map((set) => {
  const pages = [...readSet(data, set)];
  return { set, pages, texts: pages.map((page) => new TextDecoder().decode(page.bytes)) };
});
// The first pages pay for the just-in-time compiler; a worker pays that once in its life.
for (let round = 0; round < 3; round += 1) {
  for (const { pages, texts } of sets) {
    for (const text of texts.slice(0, 100)) parseDocument(text);
    for (const page of pages.slice(0, 100)) read(page);
  }
}

console.log(`${'set'.padEnd(21)} pages  ms/page   bare  ratio`);
const all: number[] = [];
const rows: string[] = [];
for (const { set, pages, texts } of sets) {
  const own: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(
      cpuMs(() => {
        for (const text of texts) parseDocument(text);
      }),
    );
    own.push(cpuMs(() => pages.forEach(read)));
  }
  const ratio = median(own.map((ms, round) => ms / (bare[round] ?? ms)));
  all.push(ratio);
  const perPage = (list: readonly number[]) => (median(list) / pages.length).toFixed(2).padStart(6);
  console.log(
    `${set.padEnd(21)} ${String(pages.length).padStart(5)}   ${perPage(own)} ${perPage(bare)}   ${ratio.toFixed(2)}`,
  );
  rows.push(`| ${set} | ${pages.length} | ${perPage(own).trim()} | ${perPage(bare).trim()} | ${ratio.toFixed(2)} |`);
  if (values.parts) {
    const sums = new Map<string, number[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [part, ms] of partsOf(pages, fetchedAt)) sums.set(part, [...(sums.get(part) ?? []), ms]);
    }
    for (const [part, list] of sums) {
      const ms = median(list);
      console.log(
        `    ${part.padEnd(20)} ${(ms / pages.length).toFixed(3)} ms  ${(ms / median(bare)).toFixed(2)} of the bare parse`,
      );
    }
  }
}
const mean = (all.reduce((sum, x) => sum + x, 0) / Math.max(1, all.length)).toFixed(2);
console.log(`mean of ${all.length} sets: ${mean}`);
if (values.write) {
  const path = new URL('../../../docs/extraction.md', import.meta.url);
  const table = `| set | pages | ms a page | bare parse, ms | ratio |\n|---|---|---|---|---|\n${rows.join('\n')}\n| **mean** | | | | **${mean}** |`;
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(
      /(<!-- cost -->\n)[\s\S]*?(<!-- \/cost -->)/,
      (_all, open: string, close: string) => `${open}\n${table}\n\n${close}`,
    ),
  );
}
