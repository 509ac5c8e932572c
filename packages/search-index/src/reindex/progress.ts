/** What a reindex does now: each step is told as it begins. */
export type ReindexStep =
  /** Another process began it: is it alive? */
  | 'watching'
  | 'started'
  /** The new index is there. */
  | 'created'
  | 'copying'
  /** Writers wait from here … */
  | 'frozen'
  /** … all that they wrote is copied and compared … */
  | 'compared'
  /** … to here: the alias points to the new index. */
  | 'switched'
  | 'verifying'
  | 'deleting'
  | 'done';

export interface ReindexProgress {
  readonly step: ReindexStep;
  readonly from: string;
  readonly to: string;
  /** Documents copied (or verified) by this process, those written again meanwhile counted again. */
  readonly documents: number;
  /** Of the step, 0 to 1. */
  readonly fraction: number;
  readonly documentsPerSecond: number;
  /** Until the step ends; absent while nothing tells. */
  readonly etaMs?: number;
}

export interface StepFigures {
  readonly documents: number;
  /** Documents of this step, for the rate. */
  readonly gained: number;
  readonly fraction: number;
  /** The fraction at which this process began. */
  readonly begunAt: number;
  readonly elapsedMs: number;
}

type Where = Pick<ReindexProgress, 'step' | 'from' | 'to'>;

export function progressOf(where: Where, figures: StepFigures): ReindexProgress {
  const { documents, gained, fraction, begunAt, elapsedMs } = figures;
  const done = fraction - begunAt;
  return {
    ...where,
    documents,
    fraction,
    documentsPerSecond: elapsedMs > 0 ? Math.round((gained * 1_000) / elapsedMs) : 0,
    ...(done > 0 ? { etaMs: Math.round((elapsedMs * (1 - fraction)) / done) } : {}),
  };
}

export const stepBegun = ({ from, to }: Omit<Where, 'step'>, step: ReindexStep): ReindexProgress => ({
  step,
  from,
  to,
  documents: 0,
  fraction: 0,
  documentsPerSecond: 0,
});
