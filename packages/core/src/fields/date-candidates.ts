import type { FoundDate } from '../dates/index.ts';

export interface Published {
  readonly date: FoundDate;
  readonly from: string;
}
export interface DateCandidate extends Published {
  readonly weight: number;
}

/** A date without a year, or told from "now", says little about a page that may be old. */
export const trust = (date: FoundDate): number => (date.relative ? 0.15 : date.yearInferred ? 0.4 : 1);

/** A line about rights names years that are not the story's. */
export const NOTICE = /copyright|©|版权|版權/i;
