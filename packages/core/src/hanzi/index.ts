export { frequentHan } from './frequent.ts';
export { type GlossDecision, type GlossPattern, repairGlosses } from './glosses.ts';
export { normalizeLine, normalizeText } from './normalize.ts';
export { countScripts, detectScript, type HanScript } from './script.ts';
export { foldScript, toSimplified, traditionalToSimplified } from './simplification.ts';
