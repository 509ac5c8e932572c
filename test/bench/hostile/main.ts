/**
 * Counts the bad inputs of test/hostile by layer, and looks whether a list of them is covered:
 * node test/bench/hostile/main.ts [--list hostile.jsonl]. Starts a Redis and an Elasticsearch for the cases that need them,
 * unless NEWSMILL_TEST_REDIS_URL and NEWSMILL_TEST_ELASTICSEARCH_URL name running ones.
 *
 * A line of the list is `{id, layer, input?, expected: {outcome, reason}}`. Its addresses are run as they stand; of the other
 * lines, which describe their input, the case with the same id is run.
 */

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { startStack } from '../../../infra/local/src/index.ts';
import { guardUrl, targetPolicy } from '../../../packages/core/src/url/index.ts';
import { hostileCases } from '../../hostile/all.ts';
import type { HostileCase } from '../../hostile/case.ts';
import { writingCases } from '../../hostile/writing.ts';

const { values } = parseArgs({
  options: { list: { type: 'string', default: process.env.NEWSMILL_HOSTILE_CASES ?? '../shared/data/hostile.jsonl' } },
});

interface Line {
  readonly id: string;
  readonly layer: string;
  readonly input?: string;
  readonly expected: { readonly outcome: string; readonly reason: string | null };
}

interface Tally {
  passed: number;
  failed: string[];
}

async function servers() {
  const dataDir = mkdtempSync(join(tmpdir(), 'newsmill-hostile-'));
  // As root the servers run as another user, who must be able to enter.
  chmodSync(dataDir, 0o755);
  const { NEWSMILL_TEST_REDIS_URL: redisUrl, NEWSMILL_TEST_ELASTICSEARCH_URL: elasticsearchUrl } = process.env;
  const named = { ...(redisUrl && { redisUrl }), ...(elasticsearchUrl && { elasticsearchUrl }) };
  const stack = await startStack({ dataDir, ...named });
  return {
    redisUrl: stack.redisUrl,
    elasticsearchUrl: stack.elasticsearchUrl,
    async end() {
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function passes({ id, run, expected }: HostileCase): Promise<boolean> {
  try {
    const got = await run();
    if (isDeepStrictEqual(got, expected)) return true;
    console.log(`FAIL ${id}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
  } catch (error) {
    console.log(`FAIL ${id}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return false;
}

const running = await servers();
const writing = writingCases(running.elasticsearchUrl, running.redisUrl);
const all = [...hostileCases, ...writing.cases];
const layers = new Map<string, Tally>();
for (const each of all) {
  const tally = layers.get(each.layer) ?? { passed: 0, failed: [] };
  layers.set(each.layer, tally);
  if (await passes(each)) tally.passed += 1;
  else tally.failed.push(each.id);
}
await writing[Symbol.asyncDispose]();
await running.end();

console.log('layer            cases  passing');
for (const [layer, { passed, failed }] of layers) {
  console.log(
    `${layer.padEnd(16)} ${String(passed + failed.length).padStart(5)}  ${String(passed).padStart(7)}  ${failed.join(' ')}`,
  );
}
const failures = [...layers.values()].flatMap(({ failed }) => failed);

if (!existsSync(values.list)) {
  console.log(`no list at ${values.list}: coverage not looked at`);
} else {
  const known = new Set(all.map(({ id }) => id));
  const policy = targetPolicy();
  const lines = readFileSync(values.list, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  const uncovered = lines.filter(({ id, layer, input, expected }) => {
    if (layer !== 'url-guard' || input === undefined) return !known.has(id);
    const judged = guardUrl(input, policy);
    return ('refused' in judged ? judged.refused : null) !== expected.reason;
  });
  console.log(`of the list's ${lines.length} lines ${lines.length - uncovered.length} are covered`);
  for (const { id, layer } of uncovered) console.log(`NOT COVERED ${layer} ${id}`);
  failures.push(...uncovered.map(({ id }) => id));
}
process.exitCode = failures.length === 0 ? 0 : 1;
