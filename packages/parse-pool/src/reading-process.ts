import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PermanentError } from '@newsmill/contracts';
import { MemoryMirror } from './memory-mirror.ts';
import type { FromProcess, ToProcess } from './messages.ts';
import type { PageAnswer, PageRequest, ReadingSettings } from './port.ts';

/** What a page did to the process that read it. */
export type DeathReason = 'parse_timeout' | 'parse_out_of_memory' | 'parse_crashed';

/** The process died on the page it had, or could not be started; the page itself may be innocent. */
export class ProcessDied extends Error {
  readonly reason: DeathReason;
  constructor(reason: DeathReason, message: string) {
    super(message);
    this.name = 'ProcessDied';
    this.reason = reason;
  }
}

export interface ReadingProcessOptions {
  readonly program: string;
  readonly settings: ReadingSettings;
  /** V8 heap, in MiB. */
  readonly heapMb: number;
  /** Processor time that one page may take, in milliseconds. */
  readonly pageTimeoutMs: number;
  /** A page that takes more processor time than this is told of by `onSlow`, once. */
  readonly slowMs: number;
  readonly nodeOptions?: string | undefined;
  readonly onReady: (process: ReadingProcess) => void;
  readonly onSlow: (process: ReadingProcess) => void;
  /** Processor time that went into a page and what came before it. */
  readonly onRead?: ((cpuSeconds: number) => void) | undefined;
  /** `wasReady`: false when it never got as far as reading. Called once, after a page it had was rejected. */
  readonly onEnd: (process: ReadingProcess, end: { readonly wasReady: boolean; readonly message: string }) => void;
}

/** By the clock a page gets this many times its processor time: a process that is kept waiting is not to blame. */
const clockFactor = 20;
const ticksPerTimeout = 10;
const stderrLengthMax = 4_000;

interface Reading {
  readonly resolve: (answer: PageAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly url: string;
  /** Processor time of the process when the page began, where the system tells it. */
  readonly cpuMs: number | undefined;
  ticks: number;
  timer: NodeJS.Timeout;
  isSlow: boolean;
}

/** One child process, which reads one page at a time. */
export class ReadingProcess {
  readonly mirror = new MemoryMirror();
  readonly #child: ChildProcess;
  readonly #options: ReadingProcessOptions;
  readonly #ended: Promise<void>;
  #isReady = false;
  /** Processor time as it told it itself with its last answer. */
  #cpuMs: number | undefined;
  #reading: Reading | undefined;
  #stderr = '';
  /** Why it was killed by us. */
  #verdict: { readonly reason: DeathReason; readonly message: string } | undefined;

  constructor(options: ReadingProcessOptions) {
    this.#options = options;
    this.#child = fork(options.program, [], {
      serialization: 'advanced',
      // It gets no secrets, and no signal that was meant for the service (Ctrl-C goes to a whole group).
      env: options.nodeOptions === undefined ? {} : { NODE_OPTIONS: options.nodeOptions },
      detached: true,
      // One thread each: helpers of the collector cost more processor time than they save, and a container counts them.
      execArgv: [`--max-old-space-size=${options.heapMb}`, '--single-threaded-gc', '--v8-pool-size=1'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-stderrLengthMax);
    });
    this.#child.on('message', (message) => this.#hear(message as FromProcess));
    let end: () => void = () => undefined;
    this.#ended = new Promise((resolve) => {
      end = resolve;
    });
    const once = (code: number | null, signal: string | null) => {
      end();
      this.#end(code, signal);
    };
    // `close` comes after `exit`, when all of stderr has been read.
    this.#child.once('close', once);
    this.#child.once('error', (error) => {
      this.#verdict ??= { reason: 'parse_crashed', message: error.message };
      if (this.#child.pid === undefined) once(null, null);
      else this.#child.kill('SIGKILL');
    });
    this.#tell({ type: 'settings', settings: options.settings });
  }

  get isIdle(): boolean {
    return this.#isReady && this.#reading === undefined;
  }

  get isSlow(): boolean {
    return this.#reading?.isSlow === true;
  }

  /**
   * Reads one page; only when idle.
   * Rejects with ProcessDied when the process did not survive it, with a PermanentError when the parser threw.
   */
  read({ memory, ...request }: PageRequest): Promise<PageAnswer> {
    return new Promise((resolve, reject) => {
      this.#reading = {
        resolve,
        reject,
        url: request.url,
        cpuMs: this.#cpuMs ?? processorMs(this.#child.pid),
        ticks: 0,
        timer: this.#tick(),
        isSlow: false,
      };
      const { headers, body, truncated } = request.capture;
      const capture = { headers, body, ...(truncated === undefined ? {} : { truncated }) };
      this.#tell({ type: 'page', request: { ...request, capture }, ...this.mirror.update(memory) });
    });
  }

  /** Ends it at once; a page that it has is rejected. */
  async kill(message: string): Promise<void> {
    this.#verdict ??= { reason: 'parse_crashed', message };
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #tell(message: ToProcess): void {
    // Errors come as the event too, or as the end of the process.
    this.#child.send(message, () => undefined);
  }

  #hear(message: FromProcess): void {
    if (message.type === 'ready') {
      this.#isReady = true;
      this.#options.onReady(this);
      return;
    }
    const reading = this.#reading;
    if (reading === undefined) {
      // Before the first page only the settings can be at fault, and they are the same for every process.
      if (message.type === 'threw') void this.kill(message.message);
      return;
    }
    this.#reading = undefined;
    clearTimeout(reading.timer);
    if (message.type === 'answer') {
      this.#cpuMs = message.cpuSecondsInAll * 1_000;
      this.#options.onRead?.(message.cpuSeconds);
      reading.resolve(message.answer);
      return;
    }
    // How long it took to throw is not told.
    this.#cpuMs = undefined;
    reading.reject(new PermanentError('parser_failed', message.message));
  }

  #tick(): NodeJS.Timeout {
    const { pageTimeoutMs } = this.#options;
    return setTimeout(() => this.#look(), pageTimeoutMs / ticksPerTimeout);
  }

  /** Time counts in ticks of this process, so that a machine that slept does not make every page late. */
  #look(): void {
    const reading = this.#reading;
    if (reading === undefined) return;
    const { pageTimeoutMs, slowMs, onSlow } = this.#options;
    reading.ticks += 1;
    const now = processorMs(this.#child.pid);
    const clockMs = (reading.ticks * pageTimeoutMs) / ticksPerTimeout;
    const usedMs = now === undefined || reading.cpuMs === undefined ? clockMs : now - reading.cpuMs;
    if (usedMs >= pageTimeoutMs || clockMs >= pageTimeoutMs * clockFactor) {
      this.#verdict ??= {
        reason: 'parse_timeout',
        message: `reading ${reading.url} took more than ${Math.round(usedMs)} ms of processor time`,
      };
      this.#child.kill('SIGKILL');
      return;
    }
    reading.timer = this.#tick();
    if (!reading.isSlow && usedMs >= slowMs) {
      reading.isSlow = true;
      onSlow(this);
    }
  }

  #end(code: number | null, signal: string | null): void {
    const wasReady = this.#isReady;
    this.#isReady = false;
    const { reason, message } = this.#verdict ?? causeOfDeath(code, signal, this.#stderr);
    const reading = this.#reading;
    this.#reading = undefined;
    if (reading !== undefined) {
      clearTimeout(reading.timer);
      reading.reject(new ProcessDied(reason, message));
    }
    this.#options.onEnd(this, { wasReady, message });
  }
}

function causeOfDeath(
  code: number | null,
  signal: string | null,
  stderr: string,
): { readonly reason: DeathReason; readonly message: string } {
  const how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`;
  // V8 prints why, and then aborts.
  const fatal = /FATAL ERROR: [^\n]{1,200}/.exec(stderr)?.[0];
  if (fatal !== undefined && /memory|allocation|heap/i.test(fatal))
    return { reason: 'parse_out_of_memory', message: `${how}: ${fatal}` };
  // Nobody else kills it, except an operator by hand.
  if (signal === 'SIGKILL')
    return { reason: 'parse_out_of_memory', message: `${how}, most likely by the kernel, for memory` };
  const last = stderr.trimEnd().split('\n').slice(-8).join(' | ').slice(0, 1_000);
  return { reason: 'parse_crashed', message: last === '' ? how : `${how}: ${last}` };
}

/** Processor time of a process since it began, where the system has it in /proc, in hundredths of a second. */
function processorMs(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in brackets, may hold anything; user and system time are the 12th and 13th field behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? ticks * 10 : undefined;
  } catch {
    return undefined;
  }
}
