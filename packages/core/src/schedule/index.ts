export { dueScore } from './due-score.ts';
export { balanceLabel, nextUrlState, type UrlEvent, type UrlRow } from './url-state.ts';
