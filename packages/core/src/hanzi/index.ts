export { type CodeUnits, codeUnits, unitReader, unitsMax, unitsOf } from './code-units.ts';
export { frequentHan } from './frequent.ts';
export { type GlossDecision, repairGlosses } from './glosses.ts';
export { normalizeLine, normalizeText } from './normalize.ts';
export { countScripts, detectScript } from './script.ts';
export { foldScript, toSimplified, traditionalToSimplified } from './simplification.ts';
