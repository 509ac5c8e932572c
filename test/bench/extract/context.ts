/**
 * Features of the second model from the first one's cross-validated opinions: node test/bench/extract/context.ts DUMP_DIR [--data DIR]
 * Reads DUMP_DIR/probs.f32 in the order of DUMP_DIR/pages.jsonl, writes DUMP_DIR/context.f32 and context-names.json.
 */
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { computeContext, contextNames } from '../../../packages/core/src/extract/context.ts';
import { openHtml } from '../../../packages/core/src/extract/open-html.ts';
import { allSets, readSet } from './data.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string', default: '../shared/data' } },
});
const folder = resolve(positionals[0] ?? 'dump');
const data = resolve(values.data);
const bytes = readFileSync(join(folder, 'probs.f32'));
const probs = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const out = openSync(join(folder, 'context.f32'), 'w');
let first = 0;
for (const set of allSets(data)) {
  for (const page of readSet(data, set)) {
    if (!page.truth.body) continue;
    const { model } = openHtml(page.bytes, undefined, page.url);
    const count = model.segments.blocks.length;
    const rows = computeContext(model, probs.slice(first, first + count));
    writeSync(out, new Uint8Array(rows.buffer, 0, rows.byteLength));
    first += count;
  }
}
closeSync(out);
writeFileSync(join(folder, 'context-names.json'), JSON.stringify(contextNames));
if (first !== probs.length)
  throw new Error(`${probs.length} opinions for ${first} blocks: dump and probs do not match`);
