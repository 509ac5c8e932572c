import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * The fault matrix again and again, with other moments each time: `pnpm chaos --seeds 20`. A seed that failed is given
 * again with `--seed`. Names of test files or parts of them, e.g. `redis`, limit it.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1' },
    seed: { type: 'string', multiple: true },
    /** Each kind of worker is killed so often in kill-workers. */
    rounds: { type: 'string', default: '4' },
    /** URLs that wait in overload. */
    backlog: { type: 'string' },
    /** A file for what overload measured. */
    report: { type: 'string' },
  },
});
const seeds = values.seed ?? Array.from({ length: Number(values.seeds) }, () => String(randomInt(1, 2 ** 31)));
const files = positionals.length > 0 ? positionals.map((name) => `test/chaos/${name}`) : ['test/chaos'];
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const failed: string[] = [];
for (const [at, seed] of seeds.entries()) {
  process.stdout.write(`\n--- ${at + 1} of ${seeds.length}: --seed ${seed}\n`);
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'e2e', ...files], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      CHAOS_SEED: seed,
      CHAOS_ROUNDS: values.rounds,
      ...(values.backlog === undefined ? {} : { CHAOS_BACKLOG: values.backlog }),
      ...(values.report === undefined ? {} : { CHAOS_REPORT: resolve(values.report) }),
    },
  });
  if (status !== 0) failed.push(seed);
}
process.stdout.write(
  `\n${seeds.length - failed.length} of ${seeds.length} seeds green${failed.length ? `; failed: ${failed}` : ''}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
