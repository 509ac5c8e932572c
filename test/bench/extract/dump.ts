/**
 * Writes what the block model is trained on: node test/bench/extract/dump.ts OUT_DIR [--data DIR]
 * OUT_DIR/features.f32 (rows of float32, of the blocks that the model is asked about), names.json, and pages.jsonl: set, id, group,
 * first row, judged (index of the block of each row), and of all blocks labels, counts and texts; gold.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { computeFeatures, featureNames } from '../../../packages/core/src/extract/features.ts';
import { hopelessBlocks } from '../../../packages/core/src/extract/hopeless-blocks.ts';
import { openHtml } from '../../../packages/core/src/extract/open-html.ts';
import { siteDomain } from '../../../packages/core/src/url/index.ts';
import { allSets, readSet } from './data.ts';
import { labelBlocks, labelBySegments } from './labels.ts';
import { aggregate, isDenseText, scoreBody, tokens } from './score.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string', default: '../shared/data' }, sets: { type: 'string' } },
});
const out = resolve(positionals[0] ?? 'dump');
mkdirSync(out, { recursive: true });
const data = resolve(values.data);
const rows = openSync(join(out, 'features.f32'), 'w');
const pages: string[] = [];
let first = 0;
for (const set of values.sets?.split(',') ?? allSets(data)) {
  const ceiling = [];
  for (const page of readSet(data, set)) {
    const { body } = page.truth;
    const inside = listOf(page.truth.with);
    const outside = listOf(page.truth.without);
    const isWeak = !body;
    const { segments, head, model, hints } = openHtml(page.bytes, undefined, page.url);
    const skip = hopelessBlocks(model, hints);
    const features = computeFeatures(model, hints, skip);
    const judged = [...skip.keys()].filter((index) => skip[index] === 0);
    const texts = segments.blocks.map((block) => block.text);
    const { labels, counts, goldCount } = isWeak
      ? {
          labels: labelBySegments(texts, inside, outside),
          counts: texts.map((text) => tokens(text, isDenseText(text)).length),
          goldCount: 0,
        }
      : labelBlocks(texts, body);
    writeSync(rows, new Uint8Array(features.buffer, 0, features.byteLength));
    const url = page.url.includes('unknown.example') ? (head.canonical ?? head.metas.get('og:url') ?? '') : page.url;
    let group = `${set}:${page.id}`;
    try {
      if (url !== '') group = siteDomain(url);
    } catch {
      // Not an address: the page is a group of its own.
    }
    pages.push(
      JSON.stringify({
        set,
        id: page.id,
        group,
        first,
        judged,
        labels: [...labels],
        counts: [...counts],
        goldCount,
        texts,
        gold: body ?? '',
      }),
    );
    first += judged.length;
    if (body) ceiling.push(scoreBody(body, texts.filter((_, index) => labels[index] === 1).join('\n\n')));
  }
  if (ceiling.length > 0) console.log(set.padEnd(22), ceiling.length, 'ceiling', aggregate(ceiling));
}
closeSync(rows);

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

writeFileSync(join(out, 'pages.jsonl'), `${pages.join('\n')}\n`);
writeFileSync(join(out, 'names.json'), JSON.stringify(featureNames));
console.log(`${first} blocks of ${pages.length} pages, ${featureNames.length} features`);
