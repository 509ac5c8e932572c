export { labelledContributors, parseByline } from './byline.ts';
export { type FoundDateline, parseDateline } from './dateline.ts';
export { collectEvidence, type Evidence, type PageOrigin } from './evidence.ts';
export { extractFields, type FieldsInput, type FieldsResult } from './extract-fields.ts';
export { type LineKind, type LinePosition, recognizeLine } from './lines.ts';
export { type MetaLine, parseMetaLine } from './meta-line.ts';
export { type NameKind, nameKind } from './names.ts';
export { siteDomain } from './site-card.ts';
export { parseSourceChain } from './source-chain.ts';
