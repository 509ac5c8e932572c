/** Runs the URL guard over labelled cases: `node test/bench/urls/main.ts [hostile.jsonl]`. Prints passed/failed. */
import { existsSync, readFileSync } from 'node:fs';
import { guardUrl, targetPolicy } from '../../../packages/core/src/url/index.ts';

const path = process.argv[2] ?? process.env.NEWSMILL_HOSTILE_CASES ?? '../shared/data/hostile.jsonl';
if (!existsSync(path)) {
  console.log(`skipped: no cases at ${path}`);
} else {
  interface Case {
    id: string;
    layer: string;
    input: string;
    expected: { outcome: string; reason: string | null };
  }
  const policy = targetPolicy();
  const cases = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case)
    .filter((each) => each.layer === 'url-guard');
  let failed = 0;
  for (const each of cases) {
    const result = guardUrl(each.input, policy);
    const reason = 'refused' in result ? result.refused : null;
    if (reason === each.expected.reason) continue;
    failed += 1;
    console.log(`FAIL ${each.id} ${JSON.stringify(each.input)}: expected ${each.expected.reason}, got ${reason}`);
  }
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
