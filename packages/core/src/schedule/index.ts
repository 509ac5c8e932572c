export { dueScore, isFarSection, lookHeadStartMs } from './due-score.ts';
export type { Schedule } from './intervals.ts';
export { type NewsHistory, newsHistoryDays, silentSince } from './silence.ts';
export {
  balanceLabel,
  isKnownBody,
  mayAskConditionally,
  nextUrlState,
  type UrlEvent,
  type UrlRow,
} from './url-state.ts';
