export { createParsePool, type ParsePool, type ParsePoolOptions } from './pool.ts';
export type { PageAnswer, PageReader, PageRequest, ReadingSettings, RememberedSite } from './port.ts';
export { createInlineReader } from './read-page.ts';
export { type ArchivedPart, isComplete, readWhole } from './read-whole.ts';
