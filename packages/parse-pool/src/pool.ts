import { fileURLToPath } from 'node:url';
import { PermanentError } from '@newsmill/contracts';
import type { PageAnswer, PageReader, PageRequest, ReadingSettings } from './port.ts';
import { type DeathReason, ProcessDied, ReadingProcess } from './reading-process.ts';

export interface ParsePoolOptions extends ReadingSettings {
  /** Pages read at once. */
  readonly processes: number;
  /** V8 heap of each process, in MiB. */
  readonly heapMb: number;
  /** Processor time that one page may take, in milliseconds. */
  readonly pageTimeoutMs: number;
  /** A page that this many processes died on is given up. */
  readonly attempts?: number;
  /** Hears of every process that died, with the page that it had. */
  readonly onDeath?: (death: { readonly reason: DeathReason; readonly url: string; readonly message: string }) => void;
  /** Hears of the processor time of the processes, page by page. */
  readonly onRead?: (cpuSeconds: number) => void;
  /** What else the processes get on their command line, as in NODE_OPTIONS. */
  readonly nodeOptions?: string | undefined;
  /** A program in place of ours, for tests. */
  readonly program?: string;
}

/** Processes that read pages: a page that never ends, or eats all memory, costs only itself. */
export interface ParsePool extends PageReader, AsyncDisposable {
  /** Why nothing can be read now, as a service's readiness tells it. */
  problems(): Record<string, string>;
}

/** A page by then has its process to itself: another one is started for the others. */
const slowMs = 1_000;
/** A stop waits so long for pages that are being read. */
const stopGraceMs = 1_000;
const startsMax = 3;
const restartMs = 1_000;

interface Task {
  readonly request: PageRequest;
  readonly resolve: (answer: PageAnswer) => void;
  readonly reject: (error: unknown) => void;
  deaths: number;
  isOver: boolean;
  /** Stops listening to the caller's signal. */
  unlisten: () => void;
}

export function createParsePool(options: ParsePoolOptions): ParsePool {
  const { attempts = 2, heapMb, pageTimeoutMs, nodeOptions, rules, pageBytesMax } = options;
  const program = options.program ?? fileURLToPath(new URL('./process-main.ts', import.meta.url));
  const waiting: Task[] = [];
  const processes = new Set<ReadingProcess>();
  let failedStarts = 0;
  let startFailure: string | undefined;
  let restart: NodeJS.Timeout | undefined;
  let isClosed = false;

  function start(): void {
    processes.add(
      new ReadingProcess({
        program,
        settings: { rules, pageBytesMax },
        heapMb,
        pageTimeoutMs,
        slowMs,
        nodeOptions,
        onReady: () => {
          failedStarts = 0;
          startFailure = undefined;
          pump();
        },
        onSlow: pump,
        onRead: options.onRead,
        onEnd(process, { wasReady, message }) {
          processes.delete(process);
          if (!wasReady && !isClosed) {
            failedStarts += 1;
            startFailure = message;
          }
          pump();
        },
      }),
    );
  }

  /** As many as were asked for, and one more for each page that holds one up, but never more than twice as many. */
  function keepEnough(): void {
    if (isClosed || restart !== undefined) return;
    if (failedStarts >= startsMax) {
      // Something is wrong with the machine or the settings, not with pages: their jobs go back and come again.
      for (const task of waiting.splice(0))
        finish(task, () => task.reject(new Error(`no page can be read: ${startFailure}`)));
      restart = setTimeout(() => {
        restart = undefined;
        pump();
      }, restartMs);
      failedStarts = startsMax - 1;
      return;
    }
    const slow = [...processes].filter((process) => process.isSlow).length;
    while (processes.size - slow < options.processes && processes.size < 2 * options.processes) start();
  }

  function pump(): void {
    keepEnough();
    while (waiting.length > 0) {
      const idle = [...processes].filter((process) => process.isIdle);
      const [next] = waiting;
      const process = idle.find(({ mirror }) => mirror.has(next?.request.memory)) ?? idle[0];
      const task = process && waiting.shift();
      if (process === undefined || task === undefined) return;
      void run(task, process);
    }
    // What was started beside a slow page is not needed for ever.
    for (const process of processes) {
      if (processes.size > options.processes && process.isIdle) {
        processes.delete(process);
        void process.kill('no longer needed');
      }
    }
  }

  async function run(task: Task, process: ReadingProcess): Promise<void> {
    try {
      const answer = await process.read(task.request);
      finish(task, () => task.resolve(answer));
    } catch (error) {
      failed(task, error);
    }
    pump();
  }

  function failed(task: Task, error: unknown): void {
    if (!(error instanceof ProcessDied) || task.isOver) {
      finish(task, () => task.reject(error));
      return;
    }
    const { reason, message } = error;
    task.deaths += 1;
    options.onDeath?.({ reason, url: task.request.url, message });
    if (task.deaths < attempts) {
      // Behind the others, who have done nothing.
      waiting.push(task);
      return;
    }
    const text = `${task.deaths} processes died on ${task.request.url}, the last one because ${message}`;
    finish(task, () => task.reject(new PermanentError(reason, text, { cause: error })));
  }

  function finish(task: Task, settle: () => void): void {
    if (task.isOver) return;
    task.isOver = true;
    task.unlisten();
    settle();
  }

  /** The caller does not want it any more; a page that is about to be done may still make it. */
  function abandon(task: Task, reason: unknown): void {
    const at = waiting.indexOf(task);
    const give = () => finish(task, () => task.reject(reason));
    if (at < 0) {
      setTimeout(give, stopGraceMs).unref();
      return;
    }
    waiting.splice(at, 1);
    give();
  }

  pump();
  return {
    read(request, signal) {
      return new Promise<PageAnswer>((resolve, reject) => {
        if (isClosed || signal?.aborted) {
          reject(signal?.reason ?? closed());
          return;
        }
        const onAbort = () => abandon(task, signal?.reason);
        const unlisten = () => signal?.removeEventListener('abort', onAbort);
        const task: Task = { request, resolve, reject, deaths: 0, isOver: false, unlisten };
        signal?.addEventListener('abort', onAbort);
        waiting.push(task);
        pump();
      });
    },
    problems: () => (startFailure === undefined ? {} : { parsing: `reading processes do not start: ${startFailure}` }),
    async [Symbol.asyncDispose]() {
      isClosed = true;
      clearTimeout(restart);
      for (const task of waiting.splice(0)) finish(task, () => task.reject(closed()));
      await Promise.all([...processes].map((process) => process.kill('the parse pool is closed')));
    },
  };
}

const closed = () => new Error('the parse pool is closed');
