import { Counter, Gauge, type Registry } from 'prom-client';
import { type PauseReason, pausedBecause } from './intake.ts';
import type { IntakeProbe } from './intake-probes.ts';
import type { Logger } from './logger.ts';

/** How often is looked: what is done between two looks may go beyond a limit. */
const lookEveryMs = 500;

/** Whether new work may be taken. */
export interface Intake extends AsyncDisposable {
  readonly paused: boolean;
  /** Empty: work is taken. */
  readonly because: readonly PauseReason[];
  /** Called with each change; at once if it is paused already. */
  onChange(listener: (paused: boolean) => void): void;
  /** Looks now instead of at its time. */
  look(): Promise<void>;
}

export interface IntakeOptions {
  readonly probes: readonly IntakeProbe[];
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly registry?: Registry;
  readonly everyMs?: number;
}

/** Looks at the probes now and then, and says each change once: in the log, as a metric, and to who takes work. */
export async function startIntake(options: IntakeOptions): Promise<Intake> {
  const { probes, logger, everyMs = lookEveryMs } = options;
  const listeners: ((paused: boolean) => void)[] = [];
  const metrics = options.registry && pauseMetrics(options.registry, probes);
  let because: readonly PauseReason[] = [];
  let pausedAt = 0;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  async function lookOnce(): Promise<void> {
    const readings = await Promise.all(
      probes.map(async ({ reason, resumeBelow, read }) => {
        // What cannot be asked has a voice of its own (readiness, the log); pausing for it would only add to the noise.
        return { reason, resumeBelow, used: await read().catch(() => undefined) };
      }),
    );
    const now = pausedBecause(readings, because);
    const begun = now.filter((reason) => !because.includes(reason));
    const changed = begun.length > 0 || now.length < because.length;
    const wasPaused = because.length > 0;
    because = now;
    metrics?.show(now, begun);
    if (!changed || ended) return;
    const full = Object.fromEntries(readings.map(({ reason, used }) => [reason, used && Number(used.toFixed(3))]));
    if (now.length > 0) {
      if (!wasPaused) pausedAt = performance.now();
      logger.warn({ because: now, full }, 'takes no new work');
    } else logger.info({ pausedMs: Math.round(performance.now() - pausedAt), full }, 'takes work again');
    if (wasPaused !== now.length > 0) for (const listener of listeners) listener(now.length > 0);
  }

  const look = (): Promise<void> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const again = (): void => {
    if (ended) return;
    timer = setTimeout(() => void look().finally(again), everyMs);
    timer.unref();
  };
  await look();
  again();
  return {
    get paused() {
      return because.length > 0;
    },
    get because() {
      return because;
    },
    onChange(listener) {
      listeners.push(listener);
      if (because.length > 0) listener(true);
    },
    look,
    async [Symbol.asyncDispose]() {
      ended = true;
      clearTimeout(timer);
    },
  };
}

function pauseMetrics(registry: Registry, probes: readonly IntakeProbe[]) {
  const paused = new Gauge({
    name: 'newsmill_intake_paused',
    help: '1 while this process takes no new work because of the reason.',
    labelNames: ['reason'],
    registers: [registry],
  });
  const pauses = new Counter({
    name: 'newsmill_intake_pauses_total',
    help: 'How often this process began to take no new work, by reason.',
    labelNames: ['reason'],
    registers: [registry],
  });
  for (const { reason } of probes) pauses.inc({ reason }, 0);
  return {
    show(now: readonly PauseReason[], begun: readonly PauseReason[]) {
      for (const { reason } of probes) paused.set({ reason }, now.includes(reason) ? 1 : 0);
      for (const reason of begun) pauses.inc({ reason });
    },
  };
}
