export { dueScore } from './due-score.ts';
export {
  balanceLabel,
  isKnownBody,
  mayAskConditionally,
  nextUrlState,
  type Schedule,
  type UrlEvent,
  type UrlRow,
} from './url-state.ts';
