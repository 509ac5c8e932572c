/** Runs core/robots over labelled cases: `node test/bench/robots/main.ts [robots-cases.jsonl]`. Prints passed/failed. */
import { existsSync, readFileSync } from 'node:fs';
import { parseRobots } from '../../../packages/core/src/robots/index.ts';

interface Case {
  id: number | string;
  robots?: string;
  /** The file's bytes, where they are not UTF-8. */
  robots_b64?: string;
  agent: string;
  url: string;
  allowed: boolean;
}

const path = process.argv[2] ?? process.env.NEWSMILL_ROBOTS_CASES ?? '../shared/data/robots-cases.jsonl';
if (!existsSync(path)) {
  console.log(`skipped: no cases at ${path}`);
} else {
  const cases = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case);
  let failed = 0;
  const start = performance.now();
  for (const each of cases) {
    const bytes = each.robots_b64 === undefined ? (each.robots ?? '') : Buffer.from(each.robots_b64, 'base64');
    let got: boolean | string;
    try {
      got = parseRobots(bytes).check(each.agent, each.url).allowed;
    } catch (error) {
      got = String(error);
    }
    if (got === each.allowed) continue;
    failed += 1;
    console.log(`FAIL ${each.id} agent ${each.agent} url ${each.url}: expected ${each.allowed}, got ${got}`);
    console.log((each.robots ?? '').slice(0, 400));
  }
  const ms = Math.round(performance.now() - start);
  console.log(`${cases.length - failed} passed, ${failed} failed (${ms} ms)`);
  if (failed > 0) process.exitCode = 1;
}
