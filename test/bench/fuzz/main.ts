/**
 * Feeds mutated fixtures to everything that reads what the Web sends, and looks whether what must hold holds:
 * pnpm fuzz [--minutes N] [--seed N] [--target NAME[,NAME]] [--at EXECUTION]. No input may crash, take more than two seconds
 * of processor time or 512 MB, or come out as something that is no article and no reason. Failing inputs are saved with
 * their seed; --at runs one of them again. Prints executions by target.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { createRandom, seedOf } from '../../fuzz/random.ts';
import { targets } from '../../fuzz/targets.ts';
import type { WorkerFailure, WorkerTask } from './worker.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    target: { type: 'string' },
    at: { type: 'string' },
  },
});
const seed = Number(values.seed);
const names = values.target?.split(',') ?? targets.map(({ name }) => name);
const hangMs = 2_000;
const memoryMb = 512;
/** Executions after which the next target has its turn, at first; then what takes about so long. */
const batch = 100;
const turnMs = 15_000;
const failuresMax = 20;
const folder = join(tmpdir(), 'newsmill-fuzz');

const inputOf = (name: string, execution: number): unknown =>
  targets.find((each) => each.name === name)?.make(createRandom(seedOf(seed, name, execution)));

function report(name: string, execution: number, message: string): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${seed}-${execution}.json`);
  const input = inputOf(name, execution);
  const text = JSON.stringify(input, (_, value: unknown) =>
    value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
  );
  writeFileSync(file, text ?? '');
  console.log(`FAIL ${name} --seed ${seed} --at ${execution}: ${message.slice(0, 600)}\n     ${file}`);
}

/** Runs executions of one target in a thread of its own; returns how many were done and how many failed. */
async function run(
  name: string,
  from: number,
  until: number,
): Promise<{ done: number; failed: number; slowest: number }> {
  const progress = new SharedArrayBuffer(4);
  const place = new Int32Array(progress);
  Atomics.store(place, 0, from - 1);
  const workerData: WorkerTask = { target: name, seed, from, until, progress };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  let failed = 0;
  let slowest = 0;
  let hung = false;
  let seen = { execution: -2, cpuMs: 0 };
  const timer = setInterval(async () => {
    const execution = Atomics.load(place, 0);
    const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
    const cpuMs = (user + system) / 1000;
    if (execution !== seen.execution) {
      seen = { execution, cpuMs };
      return;
    }
    slowest = Math.max(slowest, cpuMs - seen.cpuMs);
    if (hung || execution < from || cpuMs - seen.cpuMs < hangMs) return;
    hung = true;
    report(name, execution, `takes more than ${hangMs} ms of processor time`);
    await worker.terminate();
  }, 250);
  worker.on('message', ({ execution, message }: WorkerFailure) => {
    failed += 1;
    report(name, execution, message);
  });
  await new Promise<void>((resolve) => {
    worker.once('error', (error: NodeJS.ErrnoException) => {
      failed += 1;
      report(name, Atomics.load(place, 0), `${error.code ?? ''} ${error.message}`);
    });
    worker.once('exit', () => resolve());
  });
  clearInterval(timer);
  const reached = Atomics.load(place, 0);
  if (reached >= until) return { done: until - from, failed, slowest };
  // It ended on this one: the rest goes on behind it.
  const rest = reached + 1 < until ? await run(name, reached + 1, until) : { done: 0, failed: 0, slowest: 0 };
  return {
    done: reached + 1 - from + rest.done,
    failed: failed + (hung ? 1 : 0) + rest.failed,
    slowest: Math.max(slowest, rest.slowest),
  };
}

if (values.at !== undefined) {
  for (const name of names) {
    const at = Number(values.at);
    const { failed } = await run(name, at, at + 1);
    console.log(`${name} --seed ${seed} --at ${at}: ${failed === 0 ? 'holds' : 'fails'}`);
    if (failed > 0) process.exitCode = 1;
  }
} else {
  const endsAt = Date.now() + Number(values.minutes) * 60_000;
  const done = new Map<string, { executions: number; failed: number; ms: number }>(
    names.map((name) => [name, { executions: 0, failed: 0, ms: 0 }]),
  );
  console.log(`seed ${seed}, ${values.minutes} minutes, ${names.length} targets`);
  while (Date.now() < endsAt) {
    for (const [name, tally] of done) {
      if (Date.now() >= endsAt || tally.failed >= failuresMax) continue;
      const start = Date.now();
      // About as long for each: some read megabytes, some a line.
      const count = tally.ms === 0 ? batch : Math.ceil((tally.executions / tally.ms) * turnMs);
      const outcome = await run(name, tally.executions, tally.executions + Math.max(batch, Math.min(100_000, count)));
      tally.executions += outcome.done;
      tally.failed += outcome.failed;
      tally.ms += Date.now() - start;
    }
  }
  console.log('target        executions  a second  failures');
  for (const [name, { executions, failed, ms }] of done) {
    const rate = Math.round((executions / Math.max(1, ms)) * 1_000);
    console.log(
      `${name.padEnd(12)} ${String(executions).padStart(11)} ${String(rate).padStart(9)} ${String(failed).padStart(9)}`,
    );
    if (failed > 0) process.exitCode = 1;
  }
  console.log(`${[...done.values()].reduce((sum, { executions }) => sum + executions, 0)} executions`);
}
