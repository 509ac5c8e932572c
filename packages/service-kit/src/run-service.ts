import { UsageError } from '@newsmill/contracts';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { startHealthServer } from './health-server.ts';
import { createLogger, type Logger } from './logger.ts';
import { createRegistry } from './metrics.ts';
import { createTracing, type Tracing } from './tracing.ts';

/** Settings that every service has. */
export const serviceSettings = {
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  HEALTH_HOST: z.string().default('127.0.0.1'),
  HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** After this long a stop is carried out, whatever is still running. */
  STOP_DEADLINE_MS: z.coerce.number().int().min(100).max(600_000).default(10_000),
  /** Where traces go, by OpenTelemetry's own names; without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
};

export interface ServiceSettings {
  readonly LOG_LEVEL: string;
  readonly HEALTH_HOST: string;
  readonly HEALTH_PORT: number;
  readonly STOP_DEADLINE_MS: number;
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_TRACES_SAMPLER_ARG?: number | undefined;
}

export interface ServiceKit {
  readonly logger: Logger;
  readonly registry: Registry;
  readonly tracing?: Tracing | undefined;
  /**
   * Puts something around a port before it is used. For fault tests, which kill the process at a certain call; nothing that
   * a service is given from outside can set it.
   */
  readonly decorate?: <Port extends object>(name: string, port: Port) => Port;
}

/** A port as the kit wants it to be used. */
export function decorated<Port extends object>({ decorate }: ServiceKit, name: string, port: Port): Port {
  return decorate === undefined ? port : decorate(name, port);
}

/** What a composition root hands over: something that works until it is stopped. */
export interface RunningService {
  /** Parts that cannot work now, with why: shown by /readyz. */
  problems(): Promise<Record<string, string>>;
  /** Takes no new work, hands back what it holds, lets go of everything by the deadline. */
  stop(deadlineMs: number): Promise<void>;
  /** Extra facts for the parent process, e.g. the API's own port. */
  readonly announce?: Readonly<Record<string, unknown>>;
}

/**
 * Runs one service until a signal: reads its settings, starts it, serves health and metrics, and on SIGTERM, SIGINT or
 * the parent's end stops it within STOP_DEADLINE_MS; a second signal ends it at once. The only place with signals and
 * `process.exit`. Exit codes: 0 stopped cleanly, 1 failed or deadline passed, 2 bad settings.
 */
export async function runService<Config extends ServiceSettings>(
  name: string,
  readSettings: () => Config,
  start: (config: Config, kit: ServiceKit) => Promise<RunningService>,
): Promise<void> {
  let config: Config;
  try {
    config = readSettings();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exit(2);
  }
  const logger = createLogger(name, config.LOG_LEVEL);
  const registry = createRegistry(name);
  process.on('unhandledRejection', (error) => {
    // Nothing may float here; if something did, the state is unknown: die, and let another process take the work.
    logger.fatal({ err: error }, 'unhandled rejection');
    process.exit(1);
  });
  let stopping = false;
  let service: RunningService | undefined;
  let tracing: Tracing | undefined;
  const health = await startHealthServer({
    host: config.HEALTH_HOST,
    port: config.HEALTH_PORT,
    registry,
    problems: async () => (stopping ? { service: 'stopping' } : service ? service.problems() : { service: 'starting' }),
  });

  const stop = async (why: string): Promise<void> => {
    if (stopping) {
      logger.warn({ why }, 'second signal: ending at once');
      process.exit(1);
    }
    stopping = true;
    logger.info({ why, deadlineMs: config.STOP_DEADLINE_MS }, 'stopping');
    setTimeout(() => {
      logger.error('stop deadline passed: ending; what was in flight comes back to another worker');
      process.exit(1);
    }, config.STOP_DEADLINE_MS).unref();
    await service?.stop(config.STOP_DEADLINE_MS * 0.8);
    await tracing?.[Symbol.asyncDispose]();
    await health[Symbol.asyncDispose]();
    logger.info('stopped');
    process.exit(0);
  };
  const onSignal = (why: string) => {
    stop(why).catch((error: unknown) => {
      logger.error({ err: error }, 'stop failed');
      process.exit(1);
    });
  };
  process.on('SIGTERM', () => onSignal('SIGTERM'));
  process.on('SIGINT', () => onSignal('SIGINT'));
  // Started by `newsmill`, a service has a channel to it, and must not outlive it.
  if (process.channel) process.on('disconnect', () => onSignal('the parent process ended'));

  try {
    const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio = 1 } = config;
    tracing = endpoint === undefined ? undefined : await createTracing({ service: name, endpoint, ratio });
    service = await start(config, { logger, registry, tracing });
  } catch (error) {
    logger.fatal({ err: error }, 'could not start');
    process.exit(1);
  }
  const facts = { healthPort: health.port, ...service.announce };
  logger.info(facts, 'ready');
  process.send?.({ type: 'ready', ...facts });
}
