import { type ByteSource, type WalkedRecord, type WarcDamage, walkWarc } from '@newsmill/archive';
import { urlIdOf } from '@newsmill/core/url';
import { visitsOf } from '@newsmill/frontier';
import type { JobQueue } from '@newsmill/queue';
import { emit } from '@newsmill/service-kit';
import { waitForRoom, waitingMax } from '../wait-for-room.ts';
import { type LeftReason, type PlaceDeps, type Placed, placeCapture } from './place-capture.ts';

export interface ImportRun extends PlaceDeps {
  readonly queue: Pick<JobQueue, 'add' | 'depth'>;
  /** An offset that an earlier report told as `resumeAt`. */
  readonly from?: number | undefined;
  /** At most so many captures are taken. */
  readonly limit?: number | undefined;
  readonly recordBytesMax: number;
  readonly signal: AbortSignal;
  readonly onProgress: (report: ImportReport) => void;
}

/** What an import of one file found and did. */
export interface ImportReport {
  /** Records of all kinds. */
  records: number;
  /** HTTP responses among them. */
  captures: number;
  /** Captures that are in the archive now, and known to the ledger. */
  taken: number;
  /** Captures of which the ledger knew already: this file again, or a later fetch. */
  known: number;
  /** Captures that were left where they are, by reason. */
  left: Partial<Record<LeftReason, number>>;
  /** Places that could not be read. The first 20. */
  damaged: number;
  damage: WarcDamage[];
  /** Where to go on: all that lies before is done, once the import has ended. */
  resumeAt: number;
  /** Jobs that wait for the parser. */
  waiting: number;
  interrupted: boolean;
}

/** Captures at once: writes to the archive share a flush, questions to Redis overlap. */
const concurrency = 16;
/** Nothing more is read while captures of so many bytes are being placed: a file of giants does not fill the memory. */
const heldBytesMax = 32_000_000;
const depthEvery = 100;
const examplesMax = 20;

/** Takes the captures of a WARC file into the archive, the ledger and the parser's queue, in the order of the file. */
export async function importWarc(source: ByteSource, run: ImportRun): Promise<ImportReport> {
  const report: ImportReport = {
    ...{ records: 0, captures: 0, taken: 0, known: 0, left: {}, damaged: 0, damage: [] },
    ...{ resumeAt: run.from ?? 0, waiting: 0, interrupted: false },
  };
  const records = walkWarc(source, {
    from: run.from,
    recordBytesMax: run.recordBytesMax,
    onDamage(damage) {
      report.damaged += 1;
      if (report.damage.length < examplesMax) report.damage.push(damage);
    },
  });
  const taking = new Map<string, Promise<unknown>>();
  let failed = false;
  let heldBytes = 0;
  const placing = new Set<Promise<void>>();

  const place = async (walked: Extract<WalkedRecord, { type: 'capture' }>): Promise<void> => {
    // Two captures of one URL in their order.
    const { capture } = walked;
    const key = URL.canParse(capture.url) ? urlIdOf(capture.url) : capture.url;
    const mine = Promise.resolve(taking.get(key)).then(() => placeCapture(capture, run));
    const settled = mine.catch(() => undefined);
    taking.set(key, settled);
    try {
      const placed = await mine;
      count(report, placed);
      if (placed.type === 'taken') await handOn(placed, run, report);
    } finally {
      if (taking.get(key) === settled) taking.delete(key);
    }
  };

  const work = async (): Promise<void> => {
    for (;;) {
      if (failed || run.signal.aborted || report.taken >= (run.limit ?? Number.POSITIVE_INFINITY)) return;
      if (heldBytes > heldBytesMax) {
        await Promise.race(placing).catch(() => undefined);
        continue;
      }
      const step = await records.next();
      if (step.done) return;
      report.records += 1;
      report.resumeAt = step.value.offset;
      if (step.value.type === 'other') continue;
      report.captures += 1;
      const bytes = step.value.capture.body.byteLength;
      heldBytes += bytes;
      const placed = place(step.value).finally(() => {
        heldBytes -= bytes;
        placing.delete(placed);
      });
      placing.add(placed);
      await placed;
      run.onProgress(report);
    }
  };
  const working = Array.from({ length: run.limit === undefined ? concurrency : 1 }, () =>
    work().catch((error: unknown) => {
      // The others finish what they have.
      failed = true;
      throw error;
    }),
  );
  const [broken] = (await Promise.allSettled(working)).filter((result) => result.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  report.interrupted = run.signal.aborted;
  return report;
}

function count(report: ImportReport, placed: Placed): void {
  if (placed.type !== 'left') report[placed.type] += 1;
  else report.left[placed.why] = (report.left[placed.why] ?? 0) + 1;
}

/** The ledger knows already: a job that is lost here comes back by the reconciler. */
async function handOn(placed: Extract<Placed, { type: 'taken' }>, run: ImportRun, report: ImportReport): Promise<void> {
  const { parse, turn } = placed;
  if (parse !== undefined) await emit(run.queue as JobQueue, [{ to: 'parse', job: parse }]);
  if (turn !== undefined) await emit(run.queue as JobQueue, visitsOf([turn], run.clock()));
  if (run.dryRun || (report.taken % depthEvery !== 0 && report.waiting < waitingMax)) return;
  await waitForRoom('parse', run, report);
}
