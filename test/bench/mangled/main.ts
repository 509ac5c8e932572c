/**
 * How well mangled copies are repaired, and that clean pages are left alone.
 *
 *     node test/bench/mangled/main.ts [data folder]
 *
 * The machine is rebuilt (packages/core/scripts/mangle-text.ts), so that the clean original is known to the character.
 * Data folder: `zh/truth.jsonl` and `pages/zh-web/truth.jsonl` for originals, the pages beside them as clean pages.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { mangle } from '../../../packages/core/scripts/mangle-text.ts';
import { decodeBytes } from '../../../packages/core/src/charset/index.ts';
import { detectScript, repairGlosses } from '../../../packages/core/src/hanzi/index.ts';

const data = process.argv[2] ?? '../shared/data';
if (!existsSync(`${data}/zh/truth.jsonl`)) {
  console.log(`skipped: no labelled Chinese articles in ${data}`);
  process.exit(0);
}

/** Edit distance of two lines, in characters. */
function distance(a: string, b: string): number {
  let previous = Uint32Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = new Uint32Array(b.length + 1);
    current[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      current[j] = Math.min(change, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

const originals = ['zh', 'pages/zh-web'].flatMap((set) => {
  const lines = readFileSync(`${data}/${set}/truth.jsonl`, 'utf8').trim().split('\n');
  return lines
    .map((line) => (JSON.parse(line) as { body?: string }).body ?? '')
    .filter((body) => detectScript(body) === 'Hans')
    .map((body) => body.slice(0, 3_000));
});

console.log('machine                         pages   recognised   character error   still damaged');
for (const options of [
  { isAligned: true },
  { isAligned: true, isHeavy: true },
  { isAligned: false },
  { isAligned: false, isHeavy: true },
]) {
  let recognised = 0;
  let errors = 0;
  let characters = 0;
  let damaged = 0;
  for (const original of originals) {
    const copy = mangle(original, options);
    const { pattern, apply } = repairGlosses(copy);
    if (pattern === undefined) continue;
    recognised++;
    const repaired = apply(copy);
    if (/\?[a-zà-ǜ]{1,6}\)/.test(repaired)) damaged++;
    const lines = repaired.split('\n');
    original.split('\n').forEach((line, i) => {
      characters += line.length;
      if (line !== lines[i]) errors += distance(line, lines[i] ?? '');
    });
  }
  const name = `${options.isHeavy === true ? 'heavy' : 'light'}, ${options.isAligned ? 'careful' : 'damaging'}`;
  console.log(
    `${name.padEnd(28)} ${String(originals.length).padStart(8)} ${String(recognised).padStart(12)} ${`${((100 * errors) / characters).toFixed(3)} %`.padStart(17)} ${String(damaged).padStart(15)}`,
  );
}

let pages = 0;
let microseconds = 0;
const falseRepairs: string[] = [];
for (const set of ['zh', ...readdirSync(`${data}/pages`).map((name) => `pages/${name}`)]) {
  for (const file of readdirSync(`${data}/${set}/pages`)) {
    const bytes = readFileSync(`${data}/${set}/pages/${file}`);
    const { text } = decodeBytes(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    const started = performance.now();
    const { pattern } = repairGlosses(text);
    microseconds += (performance.now() - started) * 1_000;
    pages++;
    if (pattern !== undefined) falseRepairs.push(`${set}/${file}`);
  }
}
console.log(
  `\n${pages} clean pages: ${falseRepairs.length} false repairs, ${(microseconds / pages).toFixed(0)} µs each`,
);
for (const page of falseRepairs) console.log(`  ${page}`);

if (existsSync(`${data}/zh-glossed`)) {
  const samples = readdirSync(`${data}/zh-glossed`).map((file) => {
    const lines = readFileSync(`${data}/zh-glossed/${file}`, 'utf8').split('\n');
    return repairGlosses(lines.filter((line) => !line.startsWith('# ')).join('\n')).pattern !== undefined;
  });
  console.log(`${samples.filter(Boolean).length} of ${samples.length} real samples recognised`);
}
