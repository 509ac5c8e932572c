/**
 * Precision and recall of fingerprints on pairs generated from labelled articles, and what one costs.
 *
 *     node test/bench/fingerprint/main.ts [folder with <set>/truth.jsonl or truth.jsonl] …
 *
 * Positive pairs are edits as copies show them; negative pairs are all other pairs of articles.
 */
import {
  fingerprint,
  fingerprintBands,
  sameStoryMin,
  similarity,
} from '../../../packages/core/src/fingerprint/index.ts';
import { createEdits, loadBodies } from './edits.ts';

const folders =
  process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['../shared/data/zh', '../shared/data/pages'];

const bodies = loadBodies(folders);
if (bodies.length === 0) {
  console.log(`skipped: no labelled articles in ${folders.join(', ')}`);
  process.exit(0);
}
const edits = createEdits(bodies);

/** No copies: the same report with other figures (weather, prices, results), as a portal prints it every day. */
const otherFigures = (body: string): string =>
  body.replace(/\d+/g, (number, at: number) => String((Number(number) * 7 + at * 13 + 1) % 10 ** number.length));

const prints = bodies.map((body) => fingerprint(body));
const characters = bodies.reduce((sum, body) => sum + body.length, 0);
const started = performance.now();
const rounds = 5;
for (let round = 0; round < rounds; round++) for (const body of bodies) fingerprint(body);
const microseconds = ((performance.now() - started) * 1000) / (rounds * bodies.length);
console.log(
  `${bodies.length} articles, ${Math.round(characters / bodies.length)} characters on average: ${microseconds.toFixed(0)} µs each`,
);

console.log('\nedit                        pairs   recall at threshold   found by bands   lowest   mean');
for (const [name, edit] of Object.entries(edits)) {
  const found: number[] = [];
  let banded = 0;
  bodies.forEach((body, i) => {
    const text = edit(body, i);
    const a = prints[i];
    const b = text === undefined ? undefined : fingerprint(text);
    if (a === undefined || b === undefined) return;
    found.push(similarity(a, b));
    const bands = new Set(fingerprintBands(a));
    if (fingerprintBands(b).some((band) => bands.has(band))) banded++;
  });
  const recall = found.filter((value) => value >= sameStoryMin).length / found.length;
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  console.log(
    `${name.padEnd(26)} ${String(found.length).padStart(6)} ${recall.toFixed(4).padStart(14)} ${(banded / found.length).toFixed(4).padStart(20)} ${Math.min(
      ...found,
    )
      .toFixed(2)
      .padStart(10)} ${mean.toFixed(2).padStart(6)}`,
  );
}

const dense = bodies.filter((body) => (body.match(/\d+/g)?.length ?? 0) >= 0.01 * body.length);
const templates = dense.map((body) => similarity(fingerprint(body) ?? '', fingerprint(otherFigures(body)) ?? '-'));
const mistaken = templates.filter((value) => value >= sameStoryMin).length;
console.log(
  `\nsame report with other figures (${templates.length} with a number per 100 characters): ${mistaken} taken for copies`,
);

const bandSets = prints.map((print) => new Set(print === undefined ? [] : fingerprintBands(print)));
let strangers = 0;
let candidates = 0;
const histogram = new Map<number, number>();
const suspicious: [number, number, number][] = [];
for (let i = 0; i < prints.length; i++) {
  for (let j = 0; j < i; j++) {
    const [a, b] = [prints[i], prints[j]];
    if (a === undefined || b === undefined) continue;
    strangers++;
    const value = similarity(a, b);
    if (value >= 0.2) {
      histogram.set(Math.floor(value * 10) / 10, (histogram.get(Math.floor(value * 10) / 10) ?? 0) + 1);
      suspicious.push([value, i, j]);
    }
    const bands = bandSets[i];
    if (bands !== undefined && fingerprintBands(b).some((band) => bands.has(band))) candidates++;
  }
}
console.log(
  `\n${strangers} other pairs; sharing a band: ${candidates}; by similarity:`,
  Object.fromEntries([...histogram].sort()),
);
if (process.env.SHOW !== undefined) {
  for (const [value, i, j] of suspicious.sort((x, y) => x[0] - y[0])) {
    console.log(value.toFixed(2), JSON.stringify(bodies[i]?.slice(0, 70)), JSON.stringify(bodies[j]?.slice(0, 70)));
  }
}
