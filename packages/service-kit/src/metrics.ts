import { pipeline, stageNames } from '@newsmill/contracts';
import { infoOf, type JobQueue, type Quarantine } from '@newsmill/queue';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { figureOf } from './open-redis.ts';

export interface StageMetrics {
  observe(stage: string, verdict: string, reason: string | undefined, durationMs: number): void;
}

/** A registry with the process's own figures and the service's name on every metric. */
export function createRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry, prefix: 'newsmill_' });
  return registry;
}

export function createStageMetrics(registry: Registry): StageMetrics {
  const jobs = new Counter({
    name: 'newsmill_jobs_total',
    help: 'Jobs by stage, verdict and reason.',
    labelNames: ['stage', 'verdict', 'reason'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'newsmill_job_duration_seconds',
    help: 'How long a job ran, by stage.',
    labelNames: ['stage'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180],
    registers: [registry],
  });
  return {
    observe(stage, verdict, reason, durationMs) {
      jobs.inc({ stage, verdict, reason: reason ?? '' });
      duration.observe({ stage }, durationMs / 1_000);
    },
  };
}

/** Depth of every queue and the age of its oldest job, asked for when somebody scrapes; every service tells the same. */
export function addQueueMetrics(registry: Registry, queue: JobQueue): void {
  new Gauge({
    name: 'newsmill_queue_oldest_job_seconds',
    help: 'How long ago the job that waits longest was added to its queue.',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      for (const stage of stageNames) {
        const name = pipeline[stage].queue;
        const addedAt = await queue.oldest(name);
        this.set({ queue: name }, addedAt === undefined ? 0 : Math.max(0, Date.now() - addedAt) / 1_000);
      }
    },
  });
  new Gauge({
    name: 'newsmill_queue_jobs',
    help: 'Jobs in a queue by state.',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      for (const stage of stageNames) {
        const name = pipeline[stage].queue;
        const depth = await queue.depth(name);
        for (const [state, count] of Object.entries(depth)) this.set({ queue: name, state }, count);
      }
    },
  });
}

/**
 * How much lies in quarantine, asked for when somebody scrapes; every service tells the same. Alert on
 * `max(newsmill_quarantine_entries) > 0` and on any growth of `newsmill_quarantine_evicted`.
 */
export function addQuarantineMetrics(registry: Registry, quarantine: Pick<Quarantine, 'figures'>): void {
  const gauge = (name: string, help: string, figure: 'entries' | 'bytes' | 'evicted') =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set((await quarantine.figures())[figure]);
      },
    });
  gauge('newsmill_quarantine_entries', 'Jobs in quarantine.', 'entries');
  gauge('newsmill_quarantine_bytes', 'Bytes that they take in Redis.', 'bytes');
  gauge('newsmill_quarantine_evicted', 'Entries that had to go because quarantine was full.', 'evicted');
}

/** Redis' memory, asked for when somebody scrapes. Of a cluster the sum. */
export function addRedisMetrics(registry: Registry, redis: Parameters<typeof infoOf>[0]): void {
  new Gauge({
    name: 'newsmill_redis_memory_bytes',
    help: 'Memory of Redis: used, and the most that it may use (0: not limited).',
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      const infos = await infoOf(redis, 'memory');
      const sum = (name: string): number => infos.reduce((total, info) => total + figureOf(info, name), 0);
      this.set({ kind: 'used' }, sum('used_memory'));
      this.set({ kind: 'max' }, sum('maxmemory'));
    },
  });
}

/** Sites of which a field is suddenly on more or fewer pages than before, by field; sites themselves are in the log. */
export function addDriftMetric(
  registry: Registry,
  fields: readonly string[],
  drifting: () => ReadonlyMap<string, number>,
): void {
  new Gauge({
    name: 'newsmill_site_drift',
    help: 'Sites parsed lately by this process whose pages suddenly have or lack a field, by field.',
    labelNames: ['field'],
    registers: [registry],
    collect() {
      const counts = drifting();
      for (const field of fields) this.set({ field }, counts.get(field) ?? 0);
    },
  });
}

/** Counts the processes that a page ended, by reason: each is a page that the parser should have coped with. */
export function addPageDeathMetric(registry: Registry): (reason: string) => void {
  const deaths = new Counter({
    name: 'newsmill_page_deaths_total',
    help: 'Reading processes that ended on a page, by reason.',
    labelNames: ['reason'],
    registers: [registry],
  });
  return (reason) => deaths.inc({ reason });
}

/** Processor time of the processes that read pages, which is not in the service's own. */
export function addReadingTimeMetric(registry: Registry): (cpuSeconds: number) => void {
  const time = new Counter({
    name: 'newsmill_reading_cpu_seconds_total',
    help: 'Processor time of the processes that read pages.',
    registers: [registry],
  });
  return (cpuSeconds) => time.inc(cpuSeconds);
}
