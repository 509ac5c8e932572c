export { collectEvidence } from './evidence.ts';
export { extractFields, type FieldsResult } from './extract-fields.ts';
export { recognizeLine } from './lines.ts';
export { siteLinks } from './site-links.ts';
