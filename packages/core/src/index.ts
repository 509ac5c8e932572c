export * from './page.ts';
export * from './url/index.ts';
