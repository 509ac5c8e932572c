import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { IntakeProbe } from './intake-probes.ts';

/** Codes of ArchiveError by which the storage itself is in trouble, not what was asked of it. */
const troubles: ReadonlySet<string> = new Set(['disk_full', 'storage_failed', 'storage_refused']);
/** After a failed write nothing is tried for so long; twice as long after each that follows. */
const holdFirstMs = 2_000;
const holdMaxMs = 60_000;

export interface ArchiveWatch {
  /** To be given to `openArchive`. */
  readonly observer: {
    wrote(type: string, bytes: number, durationMs: number): void;
    failed(code: string, message: string): void;
    began(): void;
  };
  /**
   * Looks at the archive when a service starts. One that is only away may come back; one that refuses us will not by itself.
   * @throws what `check` throws, if the archive refuses us
   */
  begin(archive: { check(): Promise<void> }): Promise<void>;
  /** Full while the archive is away: what is fetched then could not be kept. */
  probe(archive: { check(): Promise<void> }): IntakeProbe;
  /** What is wrong, for /readyz. */
  problems(): Record<string, string>;
}

/** Counts what an archive takes, and remembers whether it can take anything. */
export function watchArchive(registry: Registry, clock: () => number = Date.now): ArchiveWatch {
  const registers = [registry];
  const bytes = new Counter({
    name: 'newsmill_archive_bytes_total',
    help: 'Bytes that this process wrote to the archive, as stored, by type of record.',
    labelNames: ['type'],
    registers,
  });
  const records = new Counter({
    name: 'newsmill_archive_records_total',
    help: 'Records that this process wrote to the archive, by type.',
    labelNames: ['type'],
    registers,
  });
  const segments = new Counter({
    name: 'newsmill_archive_segments_total',
    help: 'Files (or objects) that this process began in the archive.',
    registers,
  });
  const duration = new Histogram({
    name: 'newsmill_archive_write_seconds',
    help: 'How long a record took until it was safe in the archive.',
    buckets: [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const failures = new Counter({
    name: 'newsmill_archive_failures_total',
    help: 'Writes that the archive did not take, by reason.',
    labelNames: ['code'],
    registers,
  });
  let trouble: string | undefined;
  let holdMs = holdFirstMs;
  let heldUntil = 0;
  const observer: ArchiveWatch['observer'] = {
    wrote(type, size, durationMs) {
      bytes.inc({ type }, size);
      records.inc({ type });
      duration.observe(durationMs / 1_000);
      trouble = undefined;
      holdMs = holdFirstMs;
    },
    failed(code, message) {
      failures.inc({ code });
      if (!troubles.has(code)) return;
      // Those that were on their way together fail together.
      if (clock() >= heldUntil) {
        holdMs = trouble === undefined ? holdFirstMs : Math.min(2 * holdMs, holdMaxMs);
        heldUntil = clock() + holdMs;
      }
      trouble = message;
    },
    began: () => segments.inc(),
  };
  return {
    observer,
    async begin(archive) {
      try {
        await archive.check();
      } catch (error) {
        const { code = '', message } = error as Error & { code?: string };
        if (!troubles.has(code) || code === 'storage_refused') throw error;
        observer.failed(code, message);
      }
    },
    probe: (archive) => ({
      reason: 'archive_away',
      resumeBelow: 1,
      async read() {
        if (trouble === undefined) return 0;
        if (clock() < heldUntil) return 1;
        try {
          await archive.check();
          // One write will show whether it can be written to as well.
          return 0;
        } catch (error) {
          trouble = error instanceof Error ? error.message : String(error);
          holdMs = Math.min(2 * holdMs, holdMaxMs);
          heldUntil = clock() + holdMs;
          return 1;
        }
      },
    }),
    problems: () => (trouble === undefined ? {} : { archive: trouble }),
  };
}

export interface ArchiveSizeMetrics {
  /** @param held segments that were due to go and are still needed */
  measured(segments: number, bytes: number, held: number): void;
  removed(because: string, bytes: number): void;
}

/** What the archive has come to. Only the process that looks after it tells: take `max` over all. */
export function addArchiveSizeMetrics(registry: Registry): ArchiveSizeMetrics {
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const stored = gauge('newsmill_archive_stored_bytes', 'Bytes in the archive when it was looked through last.');
  const files = gauge('newsmill_archive_stored_segments', 'Files or objects in the archive.');
  const kept = gauge(
    'newsmill_archive_held_segments',
    'Files or objects that retention would remove, and that are still needed.',
  );
  const removed = new Counter({
    name: 'newsmill_archive_removed_bytes_total',
    help: 'Bytes that retention removed, by what for.',
    labelNames: ['because'],
    registers,
  });
  return {
    measured(segments, bytes, held) {
      files.set(segments);
      stored.set(bytes);
      kept.set(held);
    },
    removed: (because, bytes) => removed.inc({ because }, bytes),
  };
}
