/**
 * Precision and recall of fingerprints on pairs generated from labelled articles, and what one costs.
 *
 *     node test/bench/fingerprint/main.ts [folder with <set>/truth.jsonl or truth.jsonl] …
 *
 * Positive pairs are edits as copies show them; negative pairs are all other pairs of articles.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  fingerprint,
  fingerprintBands,
  sameStoryMin,
  similarity,
} from '../../../packages/core/src/fingerprint/index.ts';
import { traditionalToSimplified } from '../../../packages/core/src/hanzi/index.ts';

const folders =
  process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['../shared/data/zh', '../shared/data/pages'];

function readBodies(folder: string): string[] {
  const file = `${folder}/truth.jsonl`;
  if (!existsSync(file)) return readdirSync(folder).flatMap((set) => readBodies(`${folder}/${set}`));
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.flatMap((line) => (JSON.parse(line) as { body?: string }).body ?? []);
}

const present = folders.filter((folder) => existsSync(folder));
if (present.length === 0) {
  console.log(`skipped: no labelled articles in ${folders.join(', ')}`);
  process.exit(0);
}
const bodies = [...new Set(present.flatMap(readBodies))].filter((body) => body.split('\n').filter(Boolean).length >= 4);

const paragraphsOf = (body: string): string[] => body.split('\n').filter((line) => line.trim() !== '');

const traditionalOf = new Map(
  [...traditionalToSimplified].reverse().map(([traditional, simplified]) => [simplified, traditional]),
);
const toTraditional = (body: string): string =>
  Array.from(body, (character) => traditionalOf.get(character) ?? character).join('');

/** Taiwan prints other words, too. */
const words: Readonly<Record<string, string>> = {
  计划: '計畫',
  信息: '資訊',
  网络: '網路',
  数据: '資料',
  软件: '軟體',
  质量: '品質',
  项目: '專案',
  视频: '影片',
  通过: '透過',
  水平: '水準',
  新冠: '武肺',
  互联网: '網際網路',
  服务器: '伺服器',
  博客: '部落格',
  领导: '領袖',
  台湾: '臺灣',
  公里: '公里',
};
const toTaiwan = (body: string): string =>
  toTraditional(Object.entries(words).reduce((text, [from, to]) => text.replaceAll(from, to), body));
const isHan = (body: string): boolean => (body.match(/[\u4e00-\u9fff]/g)?.length ?? 0) > 0.3 * body.length;

const edits: Record<string, (body: string, i: number) => string | undefined> = {
  'dateline changed': (body) => `【本报讯】记者1月26日从有关部门获悉：${body.slice(12)}`,
  'first paragraph cut': (body) => paragraphsOf(body).slice(1).join('\n'),
  'last paragraph cut': (body) => paragraphsOf(body).slice(0, -1).join('\n'),
  'middle paragraph cut': (body, i) =>
    paragraphsOf(body)
      .filter((_, k, all) => k !== 1 + (i % Math.max(1, all.length - 2)))
      .join('\n'),
  'paragraph added': (body, i) => {
    const other = paragraphsOf(bodies[(i + 7) % bodies.length] ?? '');
    return `${body}\n${other[1] ?? other[0] ?? ''}`;
  },
  'traditional (Hong Kong)': (body) => (isHan(body) ? toTraditional(body) : undefined),
  'traditional (Taiwan words)': (body) => (isHan(body) ? toTaiwan(body) : undefined),
  'all at once': (body, i) => {
    const kept = paragraphsOf(body).slice(0, -1).join('\n');
    const other = paragraphsOf(bodies[(i + 3) % bodies.length] ?? '')[0] ?? '';
    const text = `本报综合消息 ${kept.slice(8)}\n${other.slice(0, 80)}`;
    return isHan(body) ? toTraditional(text) : text;
  },
};

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
