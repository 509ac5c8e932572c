import { parentPort, workerData } from 'node:worker_threads';
import { createRandom, seedOf } from '../../fuzz/random.ts';
import { targets } from '../../fuzz/targets.ts';

/** What the main thread tells a fuzzing thread, and the place where it leaves its progress. */
export interface WorkerTask {
  readonly target: string;
  readonly seed: number;
  /** Executions before this one are not run. */
  readonly from: number;
  readonly until: number;
  /** The number of the execution that is running. */
  readonly progress: SharedArrayBuffer;
}

export interface WorkerFailure {
  readonly execution: number;
  readonly message: string;
}

const { target: name, seed, from, until, progress } = workerData as WorkerTask;
const target = targets.find((each) => each.name === name);
if (target === undefined) throw new Error(`no such target: ${name}`);
const place = new Int32Array(progress);
for (let execution = from; execution < until; execution += 1) {
  Atomics.store(place, 0, execution);
  try {
    target.run(target.make(createRandom(seedOf(seed, name, execution))));
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage({ execution, message } satisfies WorkerFailure);
  }
}
Atomics.store(place, 0, until);
