import { type Archive, pruneArchive, type RefInUse, type RetentionPolicy } from '@newsmill/archive';
import type { Frontier } from '@newsmill/frontier';
import { type Quarantine, quarantinedRefs } from '@newsmill/queue';
import type { ArchiveSizeMetrics, Logger } from '@newsmill/service-kit';
import type { Redis } from 'ioredis';

export interface RetentionDeps {
  readonly archive: Pick<Archive, 'segments' | 'removeSegment'>;
  readonly frontier: Pick<Frontier, 'openCaptures'>;
  readonly quarantine: Pick<Quarantine, 'scan'>;
  readonly policy: RetentionPolicy;
  readonly redis: Redis;
  /** One crawler at a time does this, the one that holds this key. */
  readonly lockKey: string;
  readonly everyMs: number;
  readonly metrics: ArchiveSizeMetrics;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly clock: () => number;
}

/** Now and then measures the archive, and removes what the policy lets go. */
export function startRetention(deps: RetentionDeps): AsyncDisposable {
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const begin = (): void => {
    running = running
      .then(() => prune(deps, stop.signal))
      .catch((error: unknown) => deps.logger.warn({ err: error }, 'retention'));
  };
  // Soon after the start too: a crawler that never lives for long must not keep everything.
  const timers = [setTimeout(begin, deps.everyMs / 60), setInterval(begin, deps.everyMs)];
  for (const timer of timers) timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearTimeout(timer);
      stop.abort();
      await running;
    },
  };
}

async function prune(deps: RetentionDeps, signal: AbortSignal): Promise<void> {
  const { archive, frontier, quarantine, policy, metrics, logger } = deps;
  // The lock ends a little before the next round, so that each round has one holder, whoever that is.
  const won = await deps.redis.set(deps.lockKey, '1', 'PX', Math.ceil(deps.everyMs * 0.9), 'NX');
  if (won === null) return;
  const inUse = async function* (): AsyncGenerator<RefInUse> {
    for await (const { captureRef: ref, since } of frontier.openCaptures()) yield { ref, since };
    for await (const ref of quarantinedRefs(quarantine)) yield { ref };
  };
  const report = await pruneArchive(archive, {
    ...{ policy, inUse, signal, now: deps.clock },
    onRemoved(segment, because) {
      metrics.removed(because, segment.bytes);
      logger.info({ segment: segment.name, bytes: segment.bytes, because }, 'removed from the archive');
    },
  });
  const { segments, bytes, removed, held } = report;
  metrics.measured(segments - removed.segments, bytes - removed.bytes, held);
  if (held === 0) return;
  const first = report.examples.find(({ fate }) => fate === 'held')?.segment.name;
  logger.warn({ segments: held, first }, 'kept in the archive: still needed');
}
