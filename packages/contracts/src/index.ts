export * from './article.ts';
export * from './errors.ts';
export * from './ids.ts';
export * from './jobs.ts';
export * from './outcomes.ts';
export * from './pipeline.ts';
export * from './site-rules.ts';
export * from './source.ts';
