/**
 * What a site's memory gains: node test/bench/memory/main.ts [--sets a,b] [--data DIR] [--pages-min N] [--worst]
 * Pages of one site are read in order, each with what the ones before taught; body F1 with and without, by how many pages
 * of the site came before. Sets without addresses name a page's site by the host that most of its links lead to.
 */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { emptyMemory, encodeMemory, learn, parsePage, siteDomain } from '../../../packages/core/src/index.ts';
import { hasSet, type LabelledPage, readSet } from '../extract/data.ts';
import { aggregate, type BodyScore, scoreBody } from '../extract/score.ts';

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: 'cleanportaleval,l3s-gn1,fundus,daniel,newspaper4k-dataset' },
    data: { type: 'string', default: process.env.NEWSMILL_BENCH_DATA ?? '../shared/data' },
    'pages-min': { type: 'string', default: '2' },
    worst: { type: 'boolean', default: false },
  },
});
const data = resolve(values.data);
if (!existsSync(join(data, 'pages'))) {
  console.log(`skipped: no labelled pages at ${data} (--data or NEWSMILL_BENCH_DATA)`);
  process.exit(0);
}
const fetchedAt = new Date().toISOString();
const f = (x: number) => x.toFixed(4);

/** The host that most absolute links and addresses in the page's source lead to. */
function likelyHost(bytes: Uint8Array): string | undefined {
  const counts = new Map<string, number>();
  for (const match of new TextDecoder('latin1')
    .decode(bytes)
    .matchAll(/(?:href|src|action)=["']?https?:\/\/([\w.-]+)/gi)) {
    const domain = siteDomain(`http://${match[1]?.toLowerCase()}/`);
    counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function addressOf(page: LabelledPage): string {
  if (!page.url.includes('unknown.example')) {
    // Some sets name a page by its site alone; to the memory that would be one page again and again.
    return URL.parse(page.url)?.pathname === '/' ? new URL(`/${page.id}`, page.url).href : page.url;
  }
  const host = likelyHost(page.bytes);
  return host === undefined ? page.url : `http://${host}/${page.id}`;
}

interface Scored {
  readonly set: string;
  readonly id: string;
  readonly site: string;
  /** Pages of the site read before. */
  readonly before: number;
  readonly without: BodyScore;
  readonly with: BodyScore;
}

const sites = new Map<string, LabelledPage[]>();
for (const set of values.sets.split(',')) {
  if (!hasSet(data, set)) {
    console.log(`${set} absent`);
    continue;
  }
  for (const page of readSet(data, set)) {
    const site = siteDomain(addressOf(page));
    if (site === 'unknown.example') continue;
    sites.set(site, [...(sites.get(site) ?? []), page]);
  }
}

const scored: Scored[] = [];
let largest = 0;
let ms = 0;
let plainMs = 0;
for (const [site, pages] of sites) {
  if (pages.length < Number(values['pages-min'])) continue;
  let memory = emptyMemory;
  for (const [before, page] of pages.entries()) {
    const input = { url: addressOf(page), bytes: page.bytes, contentType: 'text/html', fetchedAt, obeysRobots: false };
    const start = performance.now();
    const plain = parsePage(input);
    const middle = performance.now();
    const recalled = parsePage({ ...input, memory });
    if (recalled.observation) memory = learn(memory, recalled.observation);
    ms += performance.now() - middle;
    plainMs += middle - start;
    const bodyOf = ({ verdict }: typeof plain) => (verdict.type === 'article' ? verdict.article.body : '');
    const truth = page.truth.body;
    if (!truth) continue;
    const row = {
      set: page.set,
      id: page.id,
      site,
      before,
      without: scoreBody(truth, bodyOf(plain)),
      with: scoreBody(truth, bodyOf(recalled)),
    };
    scored.push(row);
    if (values.worst && row.with.f1 !== row.without.f1) {
      const kept = new Set(bodyOf(recalled).split('\n'));
      console.log(`${f(row.with.f1 - row.without.f1)}  ${site}  page ${before + 1}  ${page.id}`);
      for (const line of bodyOf(plain).split('\n')) if (!kept.has(line)) console.log(`      - ${line.slice(0, 140)}`);
    }
  }
  largest = Math.max(largest, encodeMemory(memory).length);
}

console.log(`${'pages'.padEnd(34)}    n  without  with     gain     better worse`);
function report(name: string, rows: readonly Scored[]): void {
  if (rows.length === 0) return;
  const [a, b] = [aggregate(rows.map((row) => row.without)).f1, aggregate(rows.map((row) => row.with)).f1];
  const better = rows.filter((row) => row.with.f1 > row.without.f1).length;
  const worse = rows.filter((row) => row.with.f1 < row.without.f1).length;
  console.log(
    `${name.padEnd(34)} ${String(rows.length).padStart(4)}  ${f(a)}   ${f(b)}  ${b >= a ? '+' : ''}${f(b - a)}  ${String(better).padStart(5)} ${String(worse).padStart(5)}`,
  );
}
report('all of sites with several', scored);
for (const set of new Set(scored.map((row) => row.set)))
  report(
    set,
    scored.filter((row) => row.set === set),
  );
for (const before of [1, 2, 3, 5, 8, 12])
  report(
    `after the first ${before}`,
    scored.filter((row) => row.before >= before),
  );
const counts = Map.groupBy(scored, (row) => row.site);
console.log(
  `${counts.size} sites; largest memory ${largest} bytes; ${(ms / Math.max(1, scored.length)).toFixed(2)} ms/page with memory, ${(plainMs / Math.max(1, scored.length)).toFixed(2)} without (wall)`,
);
