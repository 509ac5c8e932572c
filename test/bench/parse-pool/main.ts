/**
 * What it costs to read pages in processes of their own: node test/bench/parse-pool/main.ts [--pages N] [--data DIR]
 * [--sets a,b]. The same pages are read in this process and through pools; CPU is that of all processes together.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { emptyMemory, learn, type Observation, type SiteMemory, siteDomain } from '../../../packages/core/src/index.ts';
import {
  createInlineReader,
  createParsePool,
  type PageReader,
  type RememberedSite,
} from '../../../packages/parse-pool/src/index.ts';
import { hasSet, readSet } from '../extract/data.ts';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '1500' },
    sets: { type: 'string', default: 'scrapinghub,zh,cleaneval' },
    data: { type: 'string', default: process.env.NEWSMILL_BENCH_DATA ?? '../shared/data' },
  },
});
const data = resolve(values.data);
if (!existsSync(join(data, 'pages'))) {
  console.log(`skipped: no labelled pages at ${data} (--data or NEWSMILL_BENCH_DATA)`);
  process.exit(0);
}
const found = values.sets
  .split(',')
  .filter((set) => hasSet(data, set))
  .flatMap((set) => [...readSet(data, set)]);
const fetchedAt = new Date().toISOString();
const requests = Array.from({ length: Number(values.pages) }, (_, n) => {
  const { url, bytes } = found[n % found.length] ?? found[0] ?? { url: '', bytes: new Uint8Array() };
  const headers = [
    ['Content-Type', 'text/html'],
    ['Content-Encoding', 'gzip'],
  ] as const;
  return { url, capture: { headers, body: gzipSync(bytes) }, fetchedAt };
});

/** Processor time of this process and its children, in milliseconds. */
function cpuMs(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
  const used = process.cpuUsage();
  const theirs = children.map((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  });
  return (used.user + used.system) / 1000 + theirs.reduce((sum, ms) => sum + ms, 0);
}

/** Each site's memory as a parser keeps it: the pages of this run teach it. */
const sites = new Map<string, { edition: number; base: SiteMemory; lessons: Observation[] }>();
let editions = 0;
function remembered(url: string): RememberedSite {
  const site = siteDomain(url);
  let known = sites.get(site);
  if (known === undefined || known.lessons.length >= 256) {
    editions += 1;
    known = { edition: editions, base: known ? learn(known.base, ...known.lessons) : emptyMemory, lessons: [] };
    sites.set(site, known);
  }
  return { site, ...known };
}

async function run(reader: PageReader, concurrency: number, withMemory: boolean): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const answer = await reader.read({ ...request, ...(withMemory ? { memory: remembered(request.url) } : {}) });
      if ('observation' in answer && answer.observation) {
        sites.get(siteDomain(request.url))?.lessons.push(answer.observation);
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

const settings = { pageBytesMax: 10_485_760 };
const mean = requests.reduce((sum, { capture }) => sum + capture.body.length, 0) / requests.length / 1024;
console.log(`${requests.length} pages, ${mean.toFixed(0)} KB packed on average`);
console.log('reader                    ms CPU/page  pages/s');
for (const [name, processes, withMemory] of [
  ['in this process', 0, false],
  ['1 process', 1, false],
  ['2 processes', 2, false],
  ['in this process, memory', 0, true],
  ['1 process, memory', 1, true],
  ['2 processes, memory', 2, true],
] as const) {
  sites.clear();
  const pool =
    processes === 0
      ? undefined
      : createParsePool({ ...settings, processes, heapMb: 512, pageTimeoutMs: 5_000, onDeath: console.log });
  const reader = pool ?? createInlineReader(settings);
  // A worker pays for the just-in-time compiler once in its life.
  await run(reader, 2 * Math.max(1, processes), withMemory);
  const [cpu, clock] = [cpuMs(), performance.now()];
  await run(reader, 2 * Math.max(1, processes), withMemory);
  const [ms, seconds] = [cpuMs() - cpu, (performance.now() - clock) / 1000];
  console.log(
    `${name.padEnd(25)} ${(ms / requests.length).toFixed(3).padStart(11)} ${(requests.length / seconds).toFixed(0).padStart(8)}`,
  );
  await pool?.[Symbol.asyncDispose]();
}
