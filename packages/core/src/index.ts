export { parsePage, parserVersion } from './extract/extract-page.ts';
export * from './feed/index.ts';
export * from './memory/index.ts';
export * from './page.ts';
export * from './robots/index.ts';
export { compileSiteRules, type SiteRules } from './rules/site-rules.ts';
export * from './sitemap/index.ts';
export * from './url/index.ts';
export { joinPages } from './views/join-pages.ts';
